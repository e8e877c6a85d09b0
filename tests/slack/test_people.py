"""Who is who: members are recognised by Slack id, then by address, and remembered."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import FixedClock
from bot.core.refusal import NotAllowed
from bot.core.vocabulary import Locale, Role
from bot.services.install import Joining, install_workspace, remove_workspace
from bot.services.members import NewMember, add_member
from bot.services.people import recognise
from bot.services.ports import PersonFacts
from bot.store.engine import build_engine
from bot.store.tables import Member, Workspace
from bot.store.unit import Store
from tests.house import FRIDAY


def facts(user: str = "U1", email: str | None = "sato@example.com", **more: Any) -> PersonFacts:
    """What Slack says of a person."""
    flags = {"is_guest": False, "is_bot": False, "is_deleted": False, **more}
    return PersonFacts(user, "佐藤", email, "Europe/Berlin", "en-GB", **flags)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(build_engine(database_url), FixedClock(FRIDAY))
    yield made
    made.engine.dispose()


@pytest.fixture
def workspace(store: Store) -> Workspace:
    return install_workspace(store, Joining("", "T1", "ours", "U0BOT"))


def members(store: Store, workspace: Workspace) -> list[Member]:
    with store.reading(workspace.id) as unit:
        return list(unit.session.scalars(select(Member)))


def add(store: Store, workspace: Workspace, **more: object) -> None:
    with store.writing(workspace.id) as unit:
        add_member(unit, NewMember("佐藤", (Role.CSM,), **more))  # type: ignore[arg-type]


def test_a_member_known_by_address_is_linked_on_the_first_word(
    store: Store, workspace: Workspace
) -> None:
    add(store, workspace, email="Sato@Example.com")
    person = recognise(store, workspace, facts(), None)
    assert person.has(Role.CSM)
    assert [one.slack_user for one in members(store, workspace)] == ["U1"]


def test_zone_and_language_come_from_slack_where_nobody_set_them(
    store: Store, workspace: Workspace
) -> None:
    person = recognise(store, workspace, facts(), None)
    assert (person.zone, person.locale) == ("Europe/Berlin", Locale.EN)
    add(store, workspace, email="other@example.com", locale=Locale.JA, zone="Asia/Tokyo")
    other = recognise(store, workspace, facts("U2", "other@example.com"), None)
    assert (other.zone, other.locale) == ("Asia/Tokyo", Locale.JA)


def test_a_stranger_becomes_a_member_without_a_role_once(
    store: Store, workspace: Workspace
) -> None:
    for _ in range(2):
        assert recognise(store, workspace, facts(), None).roles == frozenset()
    assert len(members(store, workspace)) == 1


@pytest.mark.parametrize("ops", ["U1", "sato@example.com"])
def test_the_first_ops_person_is_named_in_the_settings(
    store: Store, workspace: Workspace, ops: str
) -> None:
    assert recognise(store, workspace, facts(), ops).roles == {Role.OPS}
    assert not recognise(store, workspace, facts("U2", "x@example.com"), ops).roles


def test_naming_a_member_ops_later_adds_the_role(store: Store, workspace: Workspace) -> None:
    add(store, workspace, slack_user="U1")
    assert recognise(store, workspace, facts(), "U1").roles == {Role.CSM, Role.OPS}


def _flagged(flag: str) -> PersonFacts:
    flags: dict[str, Any] = {flag: True}
    return replace(facts(), **flags)


@pytest.mark.parametrize(
    ("flag", "code"),
    [("is_guest", "guest"), ("is_bot", "robot"), ("is_deleted", "gone_person")],
)
def test_outsiders_are_refused_and_not_remembered(
    store: Store, workspace: Workspace, flag: str, code: str
) -> None:
    with pytest.raises(NotAllowed) as caught:
        recognise(store, workspace, _flagged(flag), "U1")
    assert caught.value.code == code
    assert members(store, workspace) == []


def test_a_robot_with_a_role_delivers(store: Store, workspace: Workspace) -> None:
    with store.writing(workspace.id) as unit:
        add_member(unit, NewMember("robot", (Role.OPS,), slack_user="U9"))
    assert recognise(store, workspace, facts("U9", None, is_bot=True), None).has(Role.OPS)


def test_a_guest_with_a_role_stays_out(store: Store, workspace: Workspace) -> None:
    add(store, workspace, slack_user="U1")
    with pytest.raises(NotAllowed):
        recognise(store, workspace, facts(is_guest=True), None)


def test_a_workspace_joins_once_and_forgets_its_key_when_it_leaves(store: Store) -> None:
    first = install_workspace(store, Joining("", "T1", "ours", "U0BOT"))
    again = install_workspace(store, Joining("", "T1", "ours", "U0NEW"))
    assert first.id == again.id
    with store.writing(first.id) as unit:
        unit.workspace.settings = {"sealed_token": "x", "closures": ["2026-12-28"]}
    remove_workspace(store, first)
    with store.reading(first.id) as unit:
        assert unit.workspace.settings == {"closures": ["2026-12-28"], "left": True}
    install_workspace(store, Joining("", "T1", "ours", "U0NEW"))
    with store.reading(first.id) as unit:
        assert unit.workspace.settings == {"closures": ["2026-12-28"]}
