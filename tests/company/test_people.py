"""The Slack side of the company and the members file are the same people."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.company.people import (
    OPS_CHANNEL,
    TEAM_CHANNEL,
    build_workspace,
    list_members,
    mail_of,
    name_of,
    team_of,
)
from sandbox.spec import read_workspace
from tests.company.reading import read_cells


@pytest.fixture
def workspace() -> dict[str, Any]:
    return build_workspace()


def channel(workspace: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in workspace["channels"] if each["name"] == name)
    return found


@pytest.mark.row("X39")
def test_the_sandbox_takes_the_workspace_as_its_seed(workspace: dict[str, Any]) -> None:
    held = read_workspace(workspace)
    assert held.team.id == "T0SAMPLE01"
    assert sum(user.is_guest for user in held.users) == 1
    assert {each.name for each in held.channels} >= {TEAM_CHANNEL, OPS_CHANNEL}


def test_every_member_of_the_file_is_a_user_with_that_address(
    company: Path, workspace: dict[str, Any]
) -> None:
    rows = read_cells(company / "members.csv", "utf-8-sig")
    members = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    users = {user["email"]: user for user in workspace["users"]}
    assert len(members) == 13
    for member in members:
        user = users[member["メールアドレス"]]
        assert (user["id"], user["real_name"]) == (member["Slack ID"], member["氏名"])
        assert (user["tz"], user["locale"]) == (member["タイムゾーン"], member["言語"])
        assert not user["is_restricted"]


def test_eight_csms_stand_in_two_teams_with_a_lead_each() -> None:
    members = list_members()
    csms = [each for each in members if each["roles"] == ["csm"]]
    leads = {each["email"] for each in members if each["roles"] == ["lead"]}
    assert len(csms) == 8
    assert len(leads) == 2
    assert {each["lead_email"] for each in csms} == leads
    for lead in leads:
        assert sum(each["lead_email"] == lead for each in csms) == 4


def test_there_are_a_manager_and_two_ops_people() -> None:
    roles = [role for member in list_members() for role in member["roles"]]
    assert (roles.count("manager"), roles.count("ops")) == (1, 2)


def test_the_guest_is_restricted_and_in_no_file(workspace: dict[str, Any]) -> None:
    guests = [user for user in workspace["users"] if user["is_restricted"]]
    assert len(guests) == 1
    assert guests[0]["email"] not in {member["email"] for member in list_members()}


def test_the_shared_channel_holds_the_guest_and_the_ops_channel_does_not(
    workspace: dict[str, Any],
) -> None:
    guest = next(user["id"] for user in workspace["users"] if user["is_restricted"])
    shared = [each for each in workspace["channels"] if each["is_ext_shared"]]
    assert [guest in each["members"] for each in shared] == [True]
    assert guest not in channel(workspace, OPS_CHANNEL)["members"]
    assert guest not in channel(workspace, TEAM_CHANNEL)["members"]


def test_everybody_of_ours_is_in_the_team_channel(workspace: dict[str, Any]) -> None:
    assert len(channel(workspace, TEAM_CHANNEL)["members"]) == len(list_members())


def test_zones_exist_and_span_three_parts_of_the_world() -> None:
    zones = {member["zone"] for member in list_members()}
    assert {ZoneInfo(zone).key for zone in zones} == zones
    assert {"Asia/Tokyo", "America/New_York", "America/Los_Angeles"} == zones


def test_both_languages_are_spoken_by_csms_and_ops() -> None:
    for role in ("csm", "ops"):
        spoken = {each["locale"] for each in list_members() if role in each["roles"]}
        assert spoken == {"ja-JP", "en-US"}, role


def test_groups_hold_users_that_exist(workspace: dict[str, Any]) -> None:
    ids = {user["id"] for user in workspace["users"]}
    assert len(ids) == len(workspace["users"])
    for group in workspace["usergroups"]:
        assert len(group["users"]) == 5
        assert set(group["users"]) <= ids


def test_names_addresses_and_teams_by_key() -> None:
    assert name_of("sato") == "佐藤 美咲"
    assert mail_of("sato") == "sato@mirai-soft.example"
    assert team_of("sato") == team_of("watanabe") == "CSチームA"
    assert team_of("kobayashi") == ""
