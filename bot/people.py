"""Turns a member's row into the person a handler knows. Pure: reads rows, asks nobody."""

from datetime import date

from babel.core import get_global

from bot.ask import Person
from bot.core.calendar import WorkCalendar, build_usual, is_known_country
from bot.core.vocabulary import Locale, Role
from bot.store.tables import Member, Workspace


def build_person(member: Member, workspace: Workspace) -> Person:
    """The person; what the member has not set comes from the workspace."""
    return Person(
        member_id=member.id,
        slack_user=member.slack_user or "",
        name=member.name,
        roles=frozenset(Role(role) for role in member.roles),
        locale=read_locale(member.locale or workspace.locale),
        zone=member.zone or workspace.zone,
        calendar=build_calendar(workspace, find_country(member, workspace), tuple(member.workdays)),
    )


def find_country(member: Member, workspace: Workspace) -> str:
    """Whose holidays a member keeps: the country on file, else that of their zone, else ours.

    Whoever lives by the workspace's own clock keeps the workspace's country.
    """
    if member.country:
        return member.country
    if member.zone in (None, workspace.zone):
        return workspace.country
    found = find_country_of_zone(member.zone or "")
    return found or workspace.country


def find_country_of_zone(zone: str) -> str | None:
    """The country of the zone's city, by the Unicode CLDR; None where it names none.

    Names without a slash (UTC, CET, EST5EDT) are clocks, not places: CLDR would read EST as Panama.
    """
    if "/" not in zone:
        return None
    known = get_global("zone_aliases").get(zone, zone)
    country = get_global("zone_territories").get(known)
    return country if country and is_known_country(country) else None


def build_calendar(
    workspace: Workspace, country: str | None = None, workdays: tuple[int, ...] = ()
) -> WorkCalendar:
    """The working days in a country, at home where none is named, less the company's closures.

    A country nobody knows the holidays of is taken for home, and home for Japan; without
    `workdays` they are Monday to Friday.
    """
    known = next(filter(is_known_country, (country or "", workspace.country)), "JP")
    return build_usual(known, read_closures(workspace), workdays or range(5))


def read_closures(workspace: Workspace) -> frozenset[date]:
    """The days on which the company itself is closed, beside what is usual in its country."""
    return frozenset(date.fromisoformat(on) for on in workspace.settings.get("closures", ()))


def read_locale(locale: str) -> Locale:
    """Our language for Slack's `ja-JP`, `en-US` …; what we do not speak is English."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return Locale(language) if language in set(Locale) else Locale.EN
