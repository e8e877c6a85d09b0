"""What is asked of managers: by rule, in order, and not of somebody who has just decided."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.decisions import MOST, Decision, Question, false_alarm_share, list_decisions
from bot.core.interval import Interval
from bot.core.playbook_week import Known, PlaybookWeek, Review, Unowned
from bot.core.vocabulary import Verdict
from bot.core.week import Week

MONDAY = date(2026, 11, 9)
DAYS = Week(MONDAY, MONDAY)
BEHIND = Interval(12, -5.0, -8.0, -2.0)
UNOWNED = Unowned(3, None, 1)


def _playbook(key: str = "x", **more: Any) -> PlaybookWeek:
    status = more.pop("status", "active")
    return PlaybookWeek(Known(key, 1, status, {"ja": key, "en": key}), **more)


def _review(weeks_ago: int, check_on: date | None = None) -> Review:
    week_on = MONDAY - timedelta(weeks=weeks_ago)
    at = datetime(2026, 11, 2, tzinfo=UTC)
    return Review(week_on, "x", 1, Verdict.WAIT, 1, "工藤", at, check_on)


def _questions(*playbooks: PlaybookWeek) -> list[Question]:
    return [each.question for each in list_decisions(playbooks, DAYS)]


def test_nothing_is_asked_where_nothing_is_wrong() -> None:
    assert _questions(_playbook(closed=20, false_alarms=5), _playbook("y")) == []


def test_three_false_alarms_in_ten_are_asked_about_and_nine_cases_are_too_few() -> None:
    assert _questions(_playbook(closed=10, false_alarms=3)) == [Question.FALSE_ALARMS]
    assert _questions(_playbook(closed=10, false_alarms=2)) == []
    assert _questions(_playbook(closed=9, false_alarms=9)) == []
    assert false_alarm_share(_playbook(closed=9, false_alarms=9)) is None


def test_only_what_lies_behind_with_all_of_its_interval_is_asked_about() -> None:
    assert _questions(_playbook(difference=BEHIND)) == [Question.BEHIND]
    assert _questions(_playbook(difference=replace(BEHIND, high=0.1))) == []


def test_alerts_nobody_answers_for_are_asked_about() -> None:
    assert _questions(_playbook(unowned=UNOWNED)) == [Question.UNOWNED]


@pytest.mark.parametrize(
    ("check_on", "asked"),
    [
        (date(2026, 11, 13), True),
        (date(2026, 11, 16), True),
        (date(2026, 11, 22), True),
        (date(2026, 11, 24), False),
    ],
)
def test_the_day_of_looking_again_is_asked_about_in_its_week(check_on: date, asked: bool) -> None:
    found = _questions(_playbook(last_review=_review(4, check_on)))
    assert found == ([Question.CHECK] if asked else [])


def test_who_has_decided_is_not_asked_the_same_for_four_weeks() -> None:
    bad: dict[str, Any] = {"closed": 10, "false_alarms": 9, "difference": BEHIND}
    assert _questions(_playbook(**bad, last_review=_review(1))) == []
    assert _questions(_playbook(**bad, last_review=_review(3))) == []
    assert _questions(_playbook(**bad, last_review=_review(4))) == [Question.FALSE_ALARMS]
    unowned = _playbook(**bad, last_review=_review(1), unowned=UNOWNED)
    assert _questions(unowned) == [Question.UNOWNED]


def test_this_weeks_answer_leaves_the_question_in_its_place() -> None:
    answered = _playbook(closed=10, false_alarms=3, review=_review(0))
    assert _questions(answered) == [Question.FALSE_ALARMS]


def test_a_retired_playbook_is_asked_about_only_where_its_alerts_have_nobody() -> None:
    bad: dict[str, Any] = {"closed": 10, "false_alarms": 9, "status": "retired"}
    assert _questions(_playbook(**bad, last_review=_review(4, MONDAY))) == []
    assert _questions(_playbook(**bad, unowned=UNOWNED)) == [Question.UNOWNED]


PLAYBOOKS = st.lists(
    st.builds(
        lambda key, closed, false, interval, unowned: _playbook(
            key,
            closed=closed,
            false_alarms=min(closed, false),
            difference=interval,
            unowned=unowned,
        ),
        st.sampled_from("abcdefgh"),
        st.integers(0, 30),
        st.integers(0, 30),
        st.sampled_from([None, BEHIND]),
        st.sampled_from([None, UNOWNED]),
    ),
    unique_by=lambda each: each.key,
)


@given(PLAYBOOKS, st.randoms())
def test_one_question_a_playbook_most_pressing_first_whatever_the_order(
    playbooks: list[PlaybookWeek], chance: Any
) -> None:
    found = list_decisions(playbooks, DAYS)
    assert len({each.about.key for each in found}) == len(found)
    places = [list(Question).index(each.question) for each in found]
    assert places == sorted(places)
    chance.shuffle(playbooks)
    assert list_decisions(playbooks, DAYS) == found
    assert MOST == 3
    assert all(isinstance(each, Decision) for each in found)
