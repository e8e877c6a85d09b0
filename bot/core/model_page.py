"""A health model and its draft as people read them: plain values, the reader's own labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.model_change import ModelChange
from bot.core.model_simulation import Simulation
from bot.core.validity_page import Warned

Curve = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Weight:
    """A measure of a variant: how much it counts, and points by value in the measure's unit."""

    measure: str
    label: str
    unit: str
    grade: str
    curve: Curve


@dataclass(frozen=True)
class Ceiling:
    """With the measure at or past a value the score stays at or below `score_at_most`."""

    measure: str
    label: str
    meaning: str
    unit: str
    at_least: float | None
    at_most: float | None
    score_at_most: float


@dataclass(frozen=True)
class Variant:
    """`when` holds the conditions by their name; empty for everybody left.

    `name` is the document's own, `label` what the reader is shown.
    """

    name: str
    label: str
    when: Mapping[str, object]
    weights: Sequence[Weight]
    ceilings: Sequence[Ceiling]


@dataclass(frozen=True)
class Model:
    """A document."""

    name: str
    red_below: float
    green_from: float
    least_coverage: float
    variants: Sequence[Variant]


@dataclass(frozen=True)
class VersionLine:
    """A version in the history; `by` made it, `approved_by` is "" where nobody had to."""

    number: int
    status: str
    by: str
    at: datetime
    approved_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Step:
    """What was done with a draft, from the audit log; `reason` where somebody gave one."""

    action: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Draft:
    """The version that is worked on. `changes` are against the version in use.

    `may_approve` says whether the reader may; `needs_second` whether anybody else has to. `warned`
    are measures given more weight that a playbook moves while leaving does not follow.
    """

    line: VersionLine
    revision: int
    model: Model
    changes: Sequence[ModelChange]
    steps: Sequence[Step]
    simulation: Simulation | None
    is_own: bool
    may_approve: bool
    names: Mapping[int, str]
    warned: Sequence[Warned] = ()

    @property
    def value(self) -> str:
        """What a button carries: which draft, and in which state it was seen."""
        return f"{self.line.number}:{self.revision}"

    @property
    def labels(self) -> Mapping[str, str]:
        """Each measure of the model by the reader's own label."""
        parts = self.model.variants
        weighed = {each.measure: each.label for one in parts for each in one.weights}
        return weighed | {each.measure: each.label for one in parts for each in one.ceilings}


@dataclass(frozen=True)
class ModelPage:
    """What is in use, the versions before, and whether somebody works on the next."""

    line: VersionLine
    model: Model
    history: Sequence[VersionLine]
    draft: VersionLine | None
    zone: str
    may_edit: bool
