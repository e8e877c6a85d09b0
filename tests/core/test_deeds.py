"""Each deed is counted once: in the week of its contact, else in that of its task."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deeds import Contacted, Finished, count_deeds
from bot.core.vocabulary import Mover
from bot.core.weekly import Moved

# The week of New Year.
MONDAY = date(2026, 12, 28)
US, THEM = Mover.US, Mover.THEM


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def task(made: int, ended: int, mover: Mover = US, member: int | None = 1) -> Finished:
    return Finished(7, member, day(made), day(ended), mover)


def touch(on: int, mover: Mover = US, member: int | None = 1, account: int = 7) -> Contacted:
    return Contacted(account, member, day(on), mover)


@pytest.mark.row("A32", "A2")
def test_a_touch_and_the_task_it_was_made_for_are_one_deed_as_the_task_tells_it() -> None:
    assert count_deeds([task(0, 3, THEM)], [touch(1, US)], MONDAY) == Moved(us=0, them=1)
    assert count_deeds([task(0, 3)], [touch(1, member=None)], MONDAY) == Moved(us=1)


@pytest.mark.parametrize(
    "apart", [touch(4), touch(-1), touch(1, member=2), touch(1, account=8)], ids=str
)
def test_before_it_was_made_after_its_end_by_others_or_elsewhere_is_another_deed(
    apart: Contacted,
) -> None:
    alone = count_deeds([], [apart], MONDAY).total
    assert count_deeds([task(0, 3)], [apart], MONDAY).total == alone + 1


def test_one_touch_is_that_of_one_task_and_the_first_to_end_takes_it() -> None:
    assert count_deeds([task(-9, 1), task(-9, 2, THEM)], [touch(0)], MONDAY) == Moved(1, 1)


def test_a_task_whose_touch_was_counted_the_week_before_is_not_counted_again() -> None:
    assert count_deeds([task(-9, 1)], [touch(-3)], MONDAY) == Moved()
    taken_then = [task(-9, -2), task(-9, 1)]
    assert count_deeds(taken_then, [touch(-3)], MONDAY) == Moved(us=1)


_TASKS = st.builds(task, st.integers(-20, 0), st.integers(0, 13), st.sampled_from(Mover))
_TOUCHES = st.builds(touch, st.integers(-20, 13), st.sampled_from(Mover))


@given(st.lists(_TASKS, max_size=6), st.lists(_TOUCHES, max_size=6))
def test_two_weeks_told_apart_tell_of_every_deed_once(
    tasks: list[Finished], touches: list[Contacted]
) -> None:
    ordered = sorted(tasks, key=lambda each: each.ended_on)
    first = [each for each in ordered if each.ended_on < day(7)]
    early = [each for each in touches if each.on < day(7)]
    apart = count_deeds(first, early, day(-20)).total + count_deeds(ordered, touches, day(7)).total
    assert apart <= len(tasks) + len(touches)
    assert apart >= max(len(tasks), len(touches))
