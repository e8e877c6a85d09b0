"""What the signs of an open alert become night by night: the newest figures, told when noticed."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event

from bot.playbooks.conditions import Truth
from bot.playbooks.document import load_shipped
from bot.playbooks.matching import Match
from bot.playbooks.parts import Sign
from bot.services.watch.noticed import find_noticed
from bot.services.watch.standing import Standing
from bot.signals.seen import Hit
from tests.watch.company import Company
from tests.watch.test_usage_drop import OPENED, STOPS, fill

RUN_ON, BEGAN = date(2026, 11, 24), date(2026, 11, 18)
LATE = {"late_days": 14, "due_on": "2026-10-26"}


def stand(key: str, *, holds: bool = True, lasts: bool = True, **values: float) -> Standing:
    """One account's sign; days are counted from 1970."""
    yes, no = np.array([True]), np.array([False])
    columns = {name: np.array([float(value)]) for name, value in values.items()}
    hit = Hit(yes if holds else no, yes, columns)
    [document] = [each for each in load_shipped() if each.key == "usage_drop"]
    match = Match(document, Sign(key=key), hit, Truth(yes, yes))
    return Standing(match, yes if lasts else no, np.array([count(BEGAN)]))


def count(on: date) -> int:
    return (on - date(1970, 1, 1)).days


def kept(key: str, **values: Any) -> dict[str, Any]:
    return {"signal": key, "values": values, "since_on": BEGAN.isoformat()}


@pytest.mark.parametrize(
    ("was", "now", "is_noticed"),
    [(0.30, 0.28, False), (0.30, 0.26, True), (0.0, 0.05, True), (0.0, 0.0, False)],
)
def test_a_figure_is_told_anew_once_it_moved_by_a_tenth(
    was: float, now: float, is_noticed: bool
) -> None:
    evidence = [kept("key_feature", share=was, limit=0.4)]
    made = find_noticed(evidence, [stand("key_feature", share=now, limit=0.4)], 0, RUN_ON)
    assert (made is not None) is is_noticed
    if made is not None:
        assert made == [
            {**kept("key_feature", share=now, limit=0.4), "first": evidence[0]["values"]}
        ]


@pytest.mark.parametrize(("days", "is_noticed"), [(15, False), (18, False), (19, True)])
def test_days_that_pass_by_themselves_are_told_by_the_week(days: int, is_noticed: bool) -> None:
    due_on = float(count(date(2026, 10, 26)))
    standing = stand("late_payment", late_days=days, due_on=due_on)
    made = find_noticed([kept("late_payment", **LATE)], [standing], 0, RUN_ON)
    assert (made is not None) is is_noticed


def test_another_invoice_is_told_and_another_day_looked_back_to_is_not() -> None:
    moved = float(count(date(2026, 11, 2)))
    other = stand("late_payment", late_days=14, due_on=moved)
    assert find_noticed([kept("late_payment", **LATE)], [other], 0, RUN_ON)
    was = kept("sharp_drop", score=48.0, score_before=71.0, before_on="2026-10-26")
    same = stand("sharp_drop", score=48.0, score_before=71.0, before_on=moved)
    assert find_noticed([was], [same], 0, RUN_ON) is None


def test_what_the_alert_opened_with_stays_beside_the_newest_however_often_it_moves() -> None:
    evidence: list[dict[str, Any]] = [kept("key_feature", share=0.35, limit=0.4)]
    for share in (0.3, 0.2, 0.1):
        made = find_noticed(evidence, [stand("key_feature", share=share, limit=0.4)], 0, RUN_ON)
        assert made is not None
        evidence = made
    assert evidence[0]["values"]["share"] == 0.1
    assert evidence[0]["first"] == {"share": 0.35, "limit": 0.4}


def test_a_sign_that_comes_later_joins_and_one_that_is_over_says_since_when() -> None:
    was = [kept("login_drop", logins=4, logins_before=9, change=-0.5)]
    over = stand("login_drop", holds=False, lasts=False, logins=9, logins_before=9, change=0)
    late = stand("silence", silent_bd=10)
    made = find_noticed(was, [over, late], 0, RUN_ON)
    assert made == [
        {**was[0], "over_on": RUN_ON.isoformat()},
        {**kept("silence", silent_bd=10), "first": None},
    ]
    assert find_noticed(made, [over, late], 0, RUN_ON + timedelta(days=1)) is None


def test_what_cannot_be_told_or_is_not_made_good_yet_keeps_its_last_figures() -> None:
    was = [kept("login_drop", logins=4, logins_before=9, change=-0.5)]
    low = stand("login_drop", holds=False, logins=6, logins_before=9, change=-0.3)
    assert find_noticed(was, [low], 0, RUN_ON) is None


def test_nights_without_news_write_nothing_and_the_fall_that_goes_on_is_kept(
    company: Company,
) -> None:
    """Half of the logins are left when it opens, none two days later."""
    further = OPENED + timedelta(days=2)
    fill(company, lambda on: 1.0 if on < STOPS else 0.3 if on < further else 0.0)
    opened = company.nights(STOPS, OPENED + timedelta(days=1))
    episode = company.episode("usage_drop")
    first = company.opening(episode)
    said: list[str] = []
    event.listen(company.store.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    company.night(OPENED + timedelta(days=1))
    assert not [each for each in said if "SET evidence" in each]
    company.nights(further, further + timedelta(days=7))
    later = company.episode("usage_drop")
    assert len(opened) == 1
    assert company.opening(later) == first
    assert later.evidence != episode.evidence
    assert {each["since_on"] <= later.opened_on.isoformat() for each in later.evidence[:1]} == {
        True
    }
