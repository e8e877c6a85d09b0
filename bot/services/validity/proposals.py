"""What the figures propose for the model, and the draft that bears it. Free of numpy.

Refuses to propose anything of a measure that is not valid, or that a playbook moves while leaving
does not follow; and never changes a version in use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.refusal import Refusal
from bot.core.validity import VALID, Finding, Validity
from bot.health.edits import with_measure
from bot.health.model import Grade, HealthDocument, Weighed
from bot.services.models.drafts import document_in_use, start_draft
from bot.store.unit import Unit
from bot.store.validity import find_by_id

MOST = 3
_LADDER = (Grade.NORMAL, Grade.IMPORTANT, Grade.MOST_IMPORTANT)
# Below an AUC of 0.60 a measure is normal at most, below 0.70 important.
_WORTH = ((0.2, Grade.MOST_IMPORTANT), (0.1, Grade.IMPORTANT))
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Proposal:
    """One step of weight for a measure; `variants` are those it is proposed for, with the grade
    each has now."""

    finding: Finding
    way: str
    variants: Sequence[tuple[str, Grade]]

    @property
    def measure(self) -> str:
        """The measure."""
        return self.finding.measure


def list_proposals(validity: Validity, document: HealthDocument) -> list[Proposal]:
    """Three at most, the strongest first.

    Up, by one step and not beyond what its strength is worth. Down where it points the other way
    than its curve. Nothing is proposed for what is merely not shown: that is no proof of nothing.
    """
    made = [_propose(each, validity, document) for each in validity.list_with(VALID)]
    return [each for each in made if each is not None and each.variants][:MOST]


def draft_proposal(unit: Unit, run_id: int, measure: str, actor: str, note: str) -> int:
    """A draft of the version in use with the proposed step; its number.

    `validity_outdated` where the run is gone, or the model in use does not bear it any more.
    """
    made = find_by_id(unit, run_id)
    document = document_in_use(unit)
    proposals = list_proposals(made.validity, document) if made else []
    found = next((each for each in proposals if each.measure == measure), None)
    if found is None:
        raise Refusal("validity_outdated")
    return start_draft(unit, apply_proposal(document, found), actor, note).version


def apply_proposal(document: HealthDocument, proposal: Proposal) -> HealthDocument:
    """The document with one step more, or less, in each of the variants."""
    for variant, grade in proposal.variants:
        weighed = _find(document, variant, proposal.measure)
        step = 1 if proposal.way == UP else -1
        raw: dict[str, Any] = weighed.model_dump(mode="json")
        raw["grade"] = _LADDER[_LADDER.index(grade) + step].value
        document = with_measure(document, variant, raw)
    return document


def _propose(finding: Finding, validity: Validity, document: HealthDocument) -> Proposal | None:
    if not finding.is_of_model or finding.auc is None:
        return None
    weighed = [
        (variant.name, each)
        for variant in document.variants
        for each in variant.measures
        if each.measure == finding.measure
    ]
    if not weighed:
        return None
    rises = weighed[0][1].curve[0][1] < weighed[0][1].curve[-1][1]
    # A healthy side that goes with leaving: the curve says the opposite of what happened.
    if rises == (finding.auc > 0.5):
        down = [(name, each.grade) for name, each in weighed if each.grade is not _LADDER[0]]
        return Proposal(finding, DOWN, down)
    if finding.measure in validity.flagged:
        return None
    worth = next((grade for least, grade in _WORTH if finding.strength >= least), _LADDER[0])
    place = _LADDER.index(worth)
    up = [(name, each.grade) for name, each in weighed if _LADDER.index(each.grade) < place]
    return Proposal(finding, UP, up)


def _find(document: HealthDocument, variant: str, measure: str) -> Weighed:
    part = next(each for each in document.variants if each.name == variant)
    return next(each for each in part.measures if each.measure == measure)
