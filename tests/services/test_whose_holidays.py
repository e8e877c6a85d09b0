"""Whose holidays a person keeps: the country on file, else that of their zone, else ours."""

import pytest

from bot.people import build_person, find_country_of_zone
from bot.store.tables import Member, Workspace


def _country(
    zone: str | None, country: str | None = None, *, ours: tuple[str, str] = ("Asia/Tokyo", "JP")
) -> str:
    """Of a member with this zone and country; `ours` are the workspace's."""
    zone_of_ours, country_of_ours = ours
    workspace = Workspace(
        team_id="T1",
        name="当社",
        locale="ja",
        zone=zone_of_ours,
        country=country_of_ours,
        settings={},
    )
    member = Member(id=1, name="Smith", roles=["csm"], zone=zone, country=country, workdays=[])
    return build_person(member, workspace).calendar.country


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("America/New_York", "US"),
        ("US/Eastern", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Amsterdam", "NL"),
        ("Europe/Kiev", "UA"),
        ("America/Indianapolis", "US"),
    ],
)
def test_a_city_says_its_country_by_its_old_names_too(zone: str, country: str) -> None:
    assert find_country_of_zone(zone) == country


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Etc/GMT+5", "EST", "CET", "", "Mars/Base"])
def test_a_clock_without_a_place_says_nothing(zone: str) -> None:
    assert find_country_of_zone(zone) is None
    assert _country(zone) == "JP"


def test_nothing_known_means_the_workspaces_country() -> None:
    assert _country(None) == "JP"
    assert _country("Asia/Tokyo") == "JP"


def test_what_the_file_says_wins_over_the_zone() -> None:
    assert _country("America/New_York", "JP") == "JP"
    assert _country("Asia/Tokyo", "US") == "US"


def test_whoever_lives_by_the_workspaces_clock_keeps_its_country() -> None:
    assert _country("Europe/Berlin", ours=("Europe/Berlin", "AT")) == "AT"
    assert _country("Europe/Paris", ours=("Europe/Berlin", "AT")) == "FR"
