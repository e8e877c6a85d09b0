"""A red alert nobody acts on by the end of its owner's day goes on, once, and nobody loses it."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.commands.alert import alert_claim
from bot.core.vocabulary import Band, EpisodeState, Locale, Role
from bot.jobs.second_owner import second_owner, second_owner_morning
from bot.registry import whole
from bot.schedule import list_due
from bot.services.second_owner import pass_key
from bot.store import outbox
from bot.store.tables import Account, AuditEntry, Episode, Member, OutboxItem
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode

pytestmark = pytest.mark.row("B41", "E10")

TUESDAY = date(2026, 11, 24)
TOKYO_EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
NEW_YORK_MORNING = datetime(2026, 11, 20, 8, 30, tzinfo=ZoneInfo("America/New_York"))


class Evening:
    """佐藤's day ends; 代理 is the second, 森 the lead."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lead = desk.hire("森", Role.LEAD)
        self.second = desk.hire("代理", Role.CSM)
        with desk.store.writing(desk.workspace.id) as unit:
            unit.session.merge(desk.sato).lead_id = self.lead.id

    def account(self, band: Band = Band.RED, **more: Any) -> Account:
        account = self.desk.add_account("アクメ商事", arr=4_800_000, **more)
        self.desk.score(account, TODAY, 30.0 if band is Band.RED else 60.0, band)
        return account

    def alert(self, account: Account, *, is_told: bool = True, **more: Any) -> Episode:
        told_at = FRIDAY if is_told else None
        episode = add_episode(self.desk, account, told_at=told_at, **more)
        if is_told:
            with self.desk.store.writing(self.desk.workspace.id) as unit:
                audience = self.desk.sato.slack_user or ""
                outbox.put(unit, key=f"episode:{episode.id}", audience=audience, text="-")
        return episode

    def ends(self, on: date = TODAY, member: Member | None = None) -> None:
        assert second_owner(self.desk.turn(member or self.desk.sato, on)) == []

    def hire_abroad(self) -> Member:
        return self.desk.hire("Smith", Role.CSM, zone="America/New_York", country="US")

    def ends_at(self, at: datetime) -> None:
        self.desk.clock.move_to(at)
        self.ends(at.date())

    def begins_at(self, at: datetime, member: Member) -> None:
        self.desk.clock.move_to(at)
        assert second_owner_morning(self.desk.turn(member, at.date())) == []

    def said(self) -> dict[str, tuple[str, str]]:
        """Audience and text of everything that is to be said, by key."""
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            items = unit.session.query(OutboxItem).all()
            return {each.key: (each.audience, each.payload["text"]) for each in items}

    def audited(self) -> list[str]:
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            return [each.action for each in unit.session.query(AuditEntry)]


@pytest.fixture
def evening(desk: Desk) -> Evening:
    return Evening(desk)


@pytest.mark.parametrize("locale", list(Locale))
def test_it_goes_to_the_second_owner_in_their_language_and_the_thread_says_so(
    evening: Evening, locale: Locale
) -> None:
    with evening.desk.store.writing(evening.desk.workspace.id) as unit:
        unit.session.merge(evening.second).locale = locale.value
    alert = evening.alert(evening.account(second_id=evening.second.id))
    evening.ends()
    said = evening.said()
    audience, text = said[pass_key(alert.id)]
    assert audience == evening.second.slack_user
    told = "未対応のアラート:アクメ商事" if locale is Locale.JA else "Unclaimed alert: アクメ商事"
    assert text.startswith(told)
    where, line = said[f"episode:{alert.id}:log:passed"]
    assert (where, "副担当の代理さん" in line) == (evening.desk.sato.slack_user, True)
    assert evening.audited() == ["alert_passed_on"]


def test_whoever_sleeps_is_told_in_their_own_morning_and_the_thread_says_when(
    evening: Evening,
) -> None:
    """18:00 in Tokyo is 04:00 in New York, where her day begins at nine."""
    smith = evening.hire_abroad()
    alert = evening.alert(evening.account(second_id=smith.id))
    evening.ends_at(TOKYO_EVENING)
    evening.ends_at(TOKYO_EVENING)
    said = evening.said()
    assert pass_key(alert.id) not in said
    assert "11/20(金) 23:00ごろ" in said[f"episode:{alert.id}:log:passed"][1]
    assert evening.audited() == ["alert_passed_later"]
    for _ in range(2):
        evening.begins_at(NEW_YORK_MORNING, smith)
    said = evening.said()
    assert said[pass_key(alert.id)][0] == smith.slack_user
    assert evening.audited() == ["alert_passed_later", "alert_passed_on"]
    assert len(said) == 3


def test_what_was_claimed_in_the_night_of_the_second_disturbs_nobody(evening: Evening) -> None:
    smith = evening.hire_abroad()
    alert = evening.alert(evening.account(second_id=smith.id))
    evening.ends_at(TOKYO_EVENING)
    alert_claim(evening.desk.ask(value=str(alert.id)))
    evening.begins_at(NEW_YORK_MORNING, smith)
    assert pass_key(alert.id) not in evening.said()


def test_a_morning_takes_nothing_that_no_evening_has_left(evening: Evening) -> None:
    evening.alert(evening.account(second_id=evening.second.id))
    evening.begins_at(FRIDAY, evening.second)
    assert evening.audited() == []


def test_on_a_holiday_of_the_second_the_lead_is_told(evening: Evening) -> None:
    """Thanksgiving Day is Thursday, 26 November 2026."""
    smith = evening.hire_abroad()
    alert = evening.alert(evening.account(second_id=smith.id))
    evening.ends_at(TOKYO_EVENING.replace(day=26))
    assert evening.said()[pass_key(alert.id)][0] == evening.lead.slack_user


def test_it_goes_once_for_each_alert(evening: Evening) -> None:
    evening.alert(evening.account(second_id=evening.second.id))
    for on in (TODAY, TODAY, TUESDAY):
        evening.ends(on)
    assert len(evening.said()) == 3
    assert evening.audited() == ["alert_passed_on"]


def test_without_a_second_at_work_it_goes_to_the_lead(evening: Evening) -> None:
    away = evening.desk.hire("休暇中", Role.CSM, absent_until_on=TODAY)
    alert = evening.alert(evening.account(second_id=away.id))
    evening.ends()
    said = evening.said()
    assert said[pass_key(alert.id)][0] == evening.lead.slack_user
    assert "リードの森さん" in said[f"episode:{alert.id}:log:passed"][1]


def test_with_nobody_to_go_to_it_stays(evening: Evening) -> None:
    with evening.desk.store.writing(evening.desk.workspace.id) as unit:
        unit.session.merge(evening.desk.sato).lead_id = None
    evening.alert(evening.account())
    evening.ends()
    assert len(evening.said()) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"state": EpisodeState.CLAIMED.value, "claimed_by_id": 1},
        {"state": EpisodeState.WAITING.value, "waiting_until_on": TUESDAY},
        {"state": EpisodeState.SNOOZED.value, "snoozed_until_on": TUESDAY},
        {"is_watch": True},
        {"clear_since_on": TODAY},
        {"is_told": False},
    ],
)
def test_what_somebody_acts_on_what_waits_and_what_has_no_message_stays(
    evening: Evening, more: dict[str, Any]
) -> None:
    evening.alert(evening.account(second_id=evening.second.id), **more)
    evening.ends()
    assert evening.audited() == []


def test_a_yellow_account_can_wait_until_tomorrow(evening: Evening) -> None:
    evening.alert(evening.account(Band.YELLOW, second_id=evening.second.id))
    evening.ends()
    assert evening.audited() == []


def test_whoever_presses_first_has_it(evening: Evening) -> None:
    alert = evening.alert(evening.account(second_id=evening.second.id))
    evening.ends()
    desk = evening.desk
    alert_claim(desk.ask(by=evening.second, value=str(alert.id)))
    with desk.store.reading(desk.workspace.id) as unit:
        found = unit.session.get_one(Episode, (desk.workspace.id, alert.id))
        assert (found.claimed_by_id, found.owner_id) == (evening.second.id, desk.sato.id)


def test_the_day_ends_when_the_owners_hours_do_also_when_clocks_change(desk: Desk) -> None:
    """London, out of summer time on Sunday 25 October 2026; her hours end at half past four."""
    desk.hire("Smith", Role.CSM, zone="Europe/London", country="GB", closes=time(16, 30))
    jobs = {"second_owner": whole().jobs["second_owner"]}
    for on in (date(2026, 10, 23), date(2026, 10, 26)):
        at = datetime(on.year, on.month, on.day, 16, 31, tzinfo=ZoneInfo("Europe/London"))
        with desk.store.reading(desk.workspace.id) as unit:
            due = {
                turn.person.name: turn.slot.at for turn in list_due(unit, jobs, at) if turn.person
            }
        assert due["Smith"] == at.replace(minute=30)
        assert "佐藤" not in due or due["佐藤"] < at
