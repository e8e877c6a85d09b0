"""The order in which customer success is set up on data, and how far it has come.

Choose the data, set up its collection, set indicators and thresholds, write playbooks, execute
without omission, and look at it again. Refuses to call done what the data does not show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.gaps import NOTABLE, Gaps

# Who is asked for a measure and has none: from this share on the measure is no indicator yet.
_HALF = 0.5


class CheckStep(StrEnum):
    """In their order."""

    DATA = "data"
    COLLECTION = "collection"
    INDICATORS = "indicators"
    PLAYBOOKS = "playbooks"
    EXECUTION = "execution"
    REVIEW = "review"


@dataclass(frozen=True)
class Course:
    """What the gaps do not say: whether watching has begun, by which version of the model, how many
    playbooks are in use, of eight weeks how many of them were decided on, and how many of the
    metrics are key features.
    """

    is_started: bool
    model_version: int
    playbooks: int
    reviews: int
    features: int


@dataclass(frozen=True)
class Check:
    """A step with the figures its state rests on; the first that is not done is `is_next`."""

    step: CheckStep
    is_done: bool
    figures: Mapping[str, int]
    is_next: bool = False


def build_checklist(gaps: Gaps, course: Course) -> list[Check]:
    """All six, in order."""
    steps = [
        _data(gaps),
        _collection(gaps),
        _indicators(gaps, course),
        _playbooks(gaps, course),
        _execution(gaps),
        Check(CheckStep.REVIEW, course.reviews > 0, {"reviews": course.reviews}),
    ]
    following = next((each.step for each in steps if not each.is_done), None)
    return [Check(e.step, e.is_done, e.figures, e.step is following) for e in steps]


def _data(gaps: Gaps) -> Check:
    found = gaps.collecting
    figures = {"accounts": found.accounts, "kinds": len(found.sources)}
    return Check(CheckStep.DATA, all(figures.values()), figures)


def _collection(gaps: Gaps) -> Check:
    found = gaps.collecting
    figures = {"late": len(found.late), "unlinked": found.unlinked}
    return Check(CheckStep.COLLECTION, bool(found.sources) and not any(figures.values()), figures)


def _indicators(gaps: Gaps, course: Course) -> Check:
    empty = sum(each.share >= _HALF for each in gaps.collecting.lacking)
    figures = {
        "version": course.model_version,
        "empty": empty,
        "started": int(course.is_started),
        "features": course.features,
    }
    return Check(CheckStep.INDICATORS, course.is_started and not empty, figures)


def _playbooks(gaps: Gaps, course: Course) -> Check:
    figures = {"playbooks": course.playbooks, "unused": len(gaps.collecting.unused_signals)}
    is_done = course.playbooks > 0 and not figures["unused"]
    return Check(CheckStep.PLAYBOOKS, is_done, figures)


def _execution(gaps: Gaps) -> Check:
    """Nothing to do yet is nothing done."""
    found = gaps.acting
    figures = {"open": found.alerts + found.tasks, "stuck": found.stuck, "closed": found.closed}
    has_work = figures["open"] + figures["closed"] > 0
    return Check(CheckStep.EXECUTION, has_work and found.share < NOTABLE, figures)
