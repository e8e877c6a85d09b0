"""Six steps in their order, each called done by its figures alone; the first open one is next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.checklist import Check, CheckStep, Course, build_checklist
from bot.core.gaps import Acting, Collecting, Gaps, Lacking
from bot.core.sources import Source

pytestmark = pytest.mark.row("B52")

FRESH = Source("tickets", date(2026, 11, 19), 0, 1.0, is_learned=True)
SOUND = Collecting(120, 0, 0, 0, [], [FRESH], [])
BUSY = Acting(4, 0, 9, 0, 0, 12, 1, 5.0)
IDLE = Acting(0, 0, 0, 0, 0, 0, 0, None)
COURSE = Course(is_started=True, model_version=2, playbooks=7, reviews=3, features=2)


def states(
    collecting: Collecting = SOUND, acting: Acting = BUSY, **course: Any
) -> tuple[str, CheckStep | None]:
    """Done or not as letters, and the next step."""
    made: Sequence[Check] = build_checklist(Gaps(collecting, acting), replace(COURSE, **course))
    following = [each.step for each in made if each.is_next]
    assert [each.step for each in made] == list(CheckStep)
    assert len(following) <= 1
    letters = "".join("x" if each.is_done else "-" for each in made)
    return letters, following[0] if following else None


def test_a_company_where_all_is_in_place_has_nothing_next() -> None:
    assert states() == ("xxxxxx", None)


def test_an_empty_company_begins_with_the_data() -> None:
    nothing = Collecting(0, 0, 0, 0, ["renewal"], [], [])
    found = states(nothing, IDLE, is_started=False, model_version=0, playbooks=0, reviews=0)
    assert found == ("------", CheckStep.DATA)


@pytest.mark.parametrize(
    ("changed", "letters", "following"),
    [
        ({"sources": []}, "--xxxx", CheckStep.DATA),
        ({"sources": [replace(FRESH, waited_days=9)]}, "x-xxxx", CheckStep.COLLECTION),
        ({"unlinked": 2}, "x-xxxx", CheckStep.COLLECTION),
        ({"lacking": [Lacking("NPS", 120, 60, ["nps"])]}, "xx-xxx", CheckStep.INDICATORS),
        ({"lacking": [Lacking("NPS", 120, 59, ["nps"])]}, "xxxxxx", None),
        ({"unused_signals": ["renewal"]}, "xxx-xx", CheckStep.PLAYBOOKS),
    ],
)
def test_what_is_missing_of_the_data_opens_its_step(
    changed: dict[str, Any], letters: str, following: CheckStep | None
) -> None:
    assert states(replace(SOUND, **changed)) == (letters, following)


@pytest.mark.parametrize(
    ("course", "letters", "following"),
    [
        ({"is_started": False}, "xx-xxx", CheckStep.INDICATORS),
        ({"playbooks": 0}, "xxx-xx", CheckStep.PLAYBOOKS),
        ({"reviews": 0}, "xxxxx-", CheckStep.REVIEW),
    ],
)
def test_what_people_have_not_done_opens_its_step(
    course: dict[str, Any], letters: str, following: CheckStep
) -> None:
    assert states(**course) == (letters, following)


def test_nothing_to_do_yet_is_nothing_done_and_a_tenth_that_lies_is_an_omission() -> None:
    assert states(acting=IDLE) == ("xxxx-x", CheckStep.EXECUTION)
    assert states(acting=replace(BUSY, overdue=1)) == ("xxxxxx", None)
    assert states(acting=replace(BUSY, overdue=2)) == ("xxxx-x", CheckStep.EXECUTION)


def test_a_later_step_may_be_done_before_an_earlier_one() -> None:
    late = replace(SOUND, sources=[replace(FRESH, waited_days=9)])
    assert states(late, IDLE) == ("x-xx-x", CheckStep.COLLECTION)
