"""Turns a member's row into the person a handler knows. Pure: reads rows, asks nobody."""

from bot.ask import Person
from bot.core.calendar import WorkCalendar, is_known_country
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
        calendar=build_calendar(member.country or workspace.country, tuple(member.workdays)),
    )


def build_calendar(country: str, workdays: tuple[int, ...] = (0, 1, 2, 3, 4)) -> WorkCalendar:
    """The working days of a person; a country nobody knows the holidays of is taken as Japan."""
    known = country if is_known_country(country) else "JP"
    return WorkCalendar(known, workdays=frozenset(workdays) or frozenset(range(5)))


def read_locale(locale: str) -> Locale:
    """Our language for Slack's `ja-JP`, `en-US` …; what we do not speak is English."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return Locale(language) if language in set(Locale) else Locale.EN
