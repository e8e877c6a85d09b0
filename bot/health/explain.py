"""Why a score is what it is, from its row alone. Free of numpy, and of sentences."""

from dataclasses import dataclass
from enum import StrEnum

from bot.health.details import Detail, unpack_details
from bot.health.model import Cap, HealthDocument

TOP = 3


class Absence(StrEnum):
    """Why a measure of the variant did not count."""

    MISSING = "missing"
    TOO_OLD = "too_old"


@dataclass(frozen=True)
class Reason:
    """A measure that counted: value in the measure's unit, points against the neutral score."""

    measure: str
    value: float
    points: float


@dataclass(frozen=True)
class LeftOut:
    """A measure that did not count; `value` is what it was when it was too old."""

    measure: str
    why: Absence
    value: float | None


@dataclass(frozen=True)
class Explanation:
    """`up` and `down` hold the three strongest each way, strongest first.

    All points, with those of `capped_points`, add up to the score minus `neutral` (to the
    precision of float32). `cap` is the cap that lowered the score.
    """

    neutral: float
    up: tuple[Reason, ...]
    down: tuple[Reason, ...]
    left_out: tuple[LeftOut, ...]
    counted: int
    cap: Cap | None
    capped_points: float

    @property
    def asked(self) -> int:
        """How many measures the account's variant has."""
        return self.counted + len(self.left_out)


def explain(document: HealthDocument, packed: bytes) -> Explanation:
    """Read a score row's `details`, made with this version of the model."""
    details = unpack_details(packed, document.measures())
    variant = document.variants[details.variant]
    asked = {each.measure for each in variant.measures}
    mine = [each for each in details.measures if each.measure in asked]
    reasons = list_reasons(mine)
    cap = None if details.cap is None else variant.caps[details.cap]
    return Explanation(
        neutral=document.neutral,
        up=tuple(sorted((r for r in reasons if r.points > 0), key=lambda r: -r.points)[:TOP]),
        down=tuple(sorted((r for r in reasons if r.points < 0), key=lambda r: r.points)[:TOP]),
        left_out=tuple(_left_out(each) for each in mine if each.points is None),
        counted=len(reasons),
        cap=cap,
        capped_points=_capped(document, cap, reasons),
    )


def list_reasons(measures: list[Detail]) -> list[Reason]:
    """The measures that counted, in the model's order."""
    return [
        Reason(each.measure, each.value, each.points)
        for each in measures
        if each.value is not None and each.points is not None
    ]


def _left_out(measure: Detail) -> LeftOut:
    why = Absence.MISSING if measure.value is None else Absence.TOO_OLD
    return LeftOut(measure.measure, why, measure.value)


def _capped(document: HealthDocument, cap: Cap | None, reasons: list[Reason]) -> float:
    if cap is None:
        return 0.0
    uncapped = document.neutral + sum(reason.points for reason in reasons)
    return min(0.0, cap.score_at_most - uncapped)
