"""Each further playbook, from facts to an episode with its tasks, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.calendar import WorkCalendar
from bot.store.tables import (
    Contact,
    ContactActivity,
    Contract,
    Incident,
    Invoice,
    NpsAnswer,
    Ticket,
    VocRemark,
)
from tests.recompute.customers import Shape
from tests.watch.company import Company, titles

JAPAN = WorkCalendar("JP")
FIRST = date(2026, 6, 1)
# A Monday.
START = date(2026, 11, 2)
LAST = date(2026, 12, 25)


def steady(_: date) -> float:
    return 1.0


def begin(company: Company, shape: Shape = steady, **facts: Any) -> None:
    """One account used by `shape`, and four by which the feed is known to be whole."""
    owner = company.hire("Sato")
    for ref in "ABCDE":
        company.add_account(ref, owner_id=owner, **(facts if ref == "A" else {}))
        company.use(ref, FIRST, LAST, shape if ref == "A" else steady)
    company.night(START - timedelta(days=1))
    company.night(START)
    company.start(START)


def fact(company: Company, kind: Any, **values: Any) -> None:
    """A row about A."""
    of: dict[str, Any] = {"account_id": company.accounts["A"]}
    if kind is not ContactActivity:
        of["known_at"] = company.clock.at
    company.add(kind(**of, **values))


@pytest.mark.row("B24", "B38", "C16")
def test_key_features_used_too_rarely_lead_to_an_offer_to_meet(any_company: Company) -> None:
    company = any_company
    begin(company)
    # As many uses as ever, all of them on every third business day.
    days = [START + timedelta(days=n) for n in range(50)]
    worked = [JAPAN.business_days(START, on) * JAPAN.is_business_day(on) for on in days]
    company.write_metric("A", "key_actions", START, [120.0 * (n % 3 == 1) for n in worked])
    opened = company.nights(date(2026, 11, 27), date(2026, 12, 4))
    episode = company.episode("key_feature")
    assert opened == {episode.opened_on: 1}
    [seen] = company.opening(episode)
    assert seen["share"] == 0.3
    assert company.signals(episode) == ["key_feature"]
    assert (episode.measure, episode.value_then) == ("key_feature_rate_20bd", seen["share"])
    assert [step for step, _ in titles(company.tasks(episode))] == ["reach_out", "show"]


@pytest.mark.row("B25")
def test_a_slow_decline_is_watched_and_told_in_the_digest_alone(any_company: Company) -> None:
    company = any_company
    begin(company, lambda on: 1.0 - 0.007 * max(0, (on - date(2026, 10, 12)).days))
    opened = company.nights(START + timedelta(days=1), date(2026, 12, 4))
    episode = company.episode("slow_decline")
    assert opened == {episode.opened_on: 1}
    assert episode.is_watch
    assert episode.band_then in ("green", "yellow")
    values = episode.evidence[0]["values"]
    assert values["slope"] <= -0.2
    assert values["change"] <= -0.1


@pytest.mark.row("B25")
def test_less_than_eight_weeks_of_data_are_no_trend(company: Company) -> None:
    owner = company.hire("Sato")
    for ref in "ABCDE":
        company.add_account(ref, owner_id=owner)
        falling = (lambda on: 1.0 - 0.012 * (on - START).days) if ref == "A" else steady
        company.use(ref, START - timedelta(days=7), LAST, falling)
    company.night(START)
    company.start(START)
    company.nights(START + timedelta(days=1), date(2026, 12, 18))
    assert company.episodes("slow_decline") == []


@pytest.mark.row("C14")
def test_a_late_payment_is_told_at_once_and_cleared_when_it_is_paid(any_company: Company) -> None:
    company = any_company
    begin(company)
    due_on, paid_on = date(2026, 10, 26), date(2026, 11, 18)
    bill = {"ref": "I", "issued_on": date(2026, 9, 30)}
    fact(company, Invoice, due_on=due_on, paid_on=paid_on, **bill)
    opened = company.nights(START + timedelta(days=1), date(2026, 11, 20))
    assert opened == {date(2026, 11, 9): 1}
    episode = company.episode("late_payment")
    # Told anew after a working week, and as it stood when it was paid.
    assert episode.evidence == [
        {
            "signal": "late_payment",
            "values": {"late_days": 19, "due_on": "2026-10-26"},
            "since_on": "2026-11-09",
            "first": {"late_days": 14, "due_on": "2026-10-26"},
            "over_on": "2026-11-18",
        }
    ]
    assert episode.clear_since_on == paid_on
    assert titles(company.tasks(episode)) == [("check", "2026-11-11"), ("confirm", "2026-11-24")]


@pytest.mark.row("D32", "D33")
def test_a_renewal_is_one_alert_with_three_dated_tasks(any_company: Company) -> None:
    company = any_company
    begin(company)
    # The customer must have said so by 4 February, a Thursday; 90 days before is 6 November.
    deadline_on = date(2027, 2, 4)
    renews_on = deadline_on + timedelta(days=60)
    dates = {"starts_on": renews_on - timedelta(days=365), "renews_on": renews_on}
    fact(company, Contract, ref="K", notice_on=deadline_on, **dates)
    company.nights(START + timedelta(days=1), date(2026, 11, 9))
    episode = company.episode("renewal")
    assert (episode.opened_on, episode.step) == (date(2026, 11, 6), 90)
    assert episode.evidence[0]["values"] == {
        "days_left": 90,
        "deadline_on": "2027-02-04",
        "is_notice": 1,
    }
    assert titles(company.tasks(episode)) == [
        ("review_90", "2026-11-13"),
        ("risk_60", "2026-12-11"),
        ("value_30", "2027-01-12"),
    ]
    company.nights(date(2026, 12, 5), date(2026, 12, 7))
    later = company.episode("renewal")
    assert (later.id, later.step, later.clear_since_on) == (episode.id, 60, None)
    assert later.evidence[0]["values"]["days_left"] == 60
    assert len(company.tasks(later)) == 3


@pytest.mark.row("D32")
def test_a_passed_notice_deadline_leaves_neither_a_new_alert_nor_a_recovery(
    company: Company,
) -> None:
    begin(company)
    deadline_on = date(2026, 11, 10)
    fact(
        company,
        Contract,
        ref="K",
        starts_on=date(2026, 1, 10),
        notice_on=deadline_on,
        renews_on=date(2027, 1, 9),
    )
    opened = company.nights(START + timedelta(days=1), date(2026, 11, 16))
    assert opened == {date(2026, 11, 4): 1}
    assert company.episode("renewal").clear_since_on is None
    assert company.hits() == set()


def test_a_renewal_that_is_done_is_not_prepared_again(company: Company) -> None:
    begin(company)
    renews_on = date(2027, 2, 1)
    fact(company, Contract, ref="K", starts_on=date(2026, 2, 1), renews_on=renews_on)
    company.nights(START + timedelta(days=1), date(2026, 11, 6))
    company.close(company.episode("renewal"), date(2026, 11, 6))
    assert company.nights(date(2026, 11, 30), date(2026, 12, 7)) == {}
    company.nights(date(2026, 12, 31), date(2027, 1, 8), 4)
    assert len(company.episodes("renewal")) == 1


@pytest.mark.row("E28")
def test_an_onboarding_that_stalls_is_begun_anew(any_company: Company) -> None:
    company = any_company
    # Six weeks after the start is Tuesday the 10th; seen on two nights.
    begin(company, lambda _: 0.1, stage="onboarding", started_on=date(2026, 9, 29))
    opened = company.nights(START + timedelta(days=1), date(2026, 11, 13))
    assert opened == {date(2026, 11, 11): 1}
    episode = company.episode("re_onboarding")
    assert company.signals(episode) == ["onboarding_stalled"]
    assert episode.evidence[0]["values"]["weeks"] == 6
    assert [task.step for task in company.tasks(episode)] == [
        "find_champion",
        "plan",
        "see_effect",
    ]


@pytest.mark.row("E28")
def test_a_champion_who_stays_away_three_weeks_is_looked_for(any_company: Company) -> None:
    company = any_company
    begin(company)
    stays = {"active_on": LAST, "logins": 1}
    for ref, role in (("gone", "champion"), ("other", "user")):
        fact(company, Contact, ref=ref, role=role)
    fact(company, ContactActivity, contact_ref="gone", active_on=date(2026, 10, 20), logins=2)
    fact(company, ContactActivity, contact_ref="other", **stays)
    other = company.accounts["B"]
    at = company.clock.at
    company.add(Contact(account_id=other, known_at=at, ref="here", role="champion"))
    for n in range(40):
        seen_on = date(2026, 10, 20) + timedelta(days=n)
        company.add(
            ContactActivity(account_id=other, contact_ref="here", active_on=seen_on, logins=1)
        )
    opened = company.nights(START + timedelta(days=1), date(2026, 11, 20))
    # Culture Day and the slow Monday before it are no days on which anybody must be seen.
    assert opened == {date(2026, 11, 16): 1}
    assert company.episode("re_onboarding").evidence[0]["values"]["business_days"] == 16


@pytest.mark.row("C11", "E28")
def test_after_an_outage_for_everybody_only_whom_it_drove_away_is_asked(
    any_company: Company,
) -> None:
    company = any_company
    outage_on = date(2026, 11, 5)
    begin(company, lambda on: 1.0 if on < outage_on else 0.62)
    with_all = {"severity": "major", "hits_everyone": True}
    company.add(
        Incident(ref="I", title="Outage", started_on=outage_on, ended_on=outage_on, **with_all)
    )
    company.nights(outage_on, date(2026, 12, 4))
    episode = company.episode("voc_hearing")
    assert episode.account_id == company.accounts["A"]
    assert company.signals(episode) == ["incident"]
    assert {task.mover for task in company.tasks(episode)} == {"them"}


@pytest.mark.row("C12", "E28")
@pytest.mark.parametrize("kind", ["voc", "nps", "tickets"])
def test_a_bad_word_a_bad_mark_and_many_inquiries_are_listened_to(
    any_company: Company, kind: str
) -> None:
    company = any_company
    begin(company)
    on = date(2026, 11, 4)
    if kind == "voc":
        fact(company, VocRemark, ref="V", said_on=on, text="…", sentiment="negative")
    elif kind == "nps":
        fact(company, NpsAnswer, ref="N", responded_on=on, score=3)
    else:
        for n in range(6):
            fact(company, Ticket, ref=f"T{n}", opened_on=on)
    opened = company.nights(START + timedelta(days=1), date(2026, 11, 9))
    # Inquiries are believed on the second night.
    assert opened == {on + timedelta(days=kind == "tickets"): 1}
    episode = company.episode("voc_hearing")
    assert company.signals(episode) == [
        {"voc": "negative_voc", "nps": "detractor", "tickets": "inquiries"}[kind]
    ]
    # A bad word does not heal by growing old.
    company.nights(date(2026, 11, 24), date(2026, 11, 26))
    assert company.episode("voc_hearing").clear_since_on is None


def test_while_a_usage_drop_is_open_its_lesser_signs_open_nothing(company: Company) -> None:
    begin(company, lambda on: float(on < date(2026, 11, 9)))
    company.nights(START + timedelta(days=1), date(2026, 12, 11))
    assert [each.playbook for each in company.episodes()] == ["usage_drop"]
    assert {playbook for playbook, _, _ in company.hits()} >= {"usage_drop", "key_feature"}


@pytest.mark.row("A24")
def test_a_silence_alone_is_told(company: Company) -> None:
    """Logins stop where the score rests on other things and stays up."""
    begin(company)
    company.write_metric("A", "logins", date(2026, 11, 5), [0.0] * 51)
    company.nights(date(2026, 11, 6), date(2026, 11, 25))
    signals = {signal for _, signal, _ in company.hits()}
    assert "silence" in signals
    # Somebody is to ask before the customer complains: one alert, with its owner and a task.
    episode = company.episode("usage_drop")
    assert episode.owner_id == company.people["Sato"]
    assert next(step for step, _ in titles(company.tasks(episode))) == "reach_out"


@pytest.mark.row("A24")
def test_who_still_writes_is_not_silent(company: Company) -> None:
    begin(company)
    company.write_metric("A", "logins", date(2026, 11, 5), [0.0] * 51)
    for on in (date(2026, 11, 11), date(2026, 11, 18), date(2026, 11, 25)):
        fact(company, Ticket, ref=f"{on}", opened_on=on, status="solved", priority="low")
    company.nights(date(2026, 11, 6), date(2026, 11, 27))
    assert "silence" not in {signal for _, signal, _ in company.hits()}
