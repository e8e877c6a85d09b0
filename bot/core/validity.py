"""What the bot's own data tell of leaving: verdicts on measures, the guard, the forecast.

Plain values, kept as JSON by ids and figures alone. Refuses names and sentences, which change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

# With fewer who left, or fewer who stayed, no measure can be told.
FEWEST = 20
VALID, TOO_FEW, NOT_SHOWN = "valid", "too_few", "not_shown"
UNSTABLE, REDUNDANT, GOES_ALONG, REFUSED = "unstable", "redundant", "goes_along", "refused"
# What every measure is held against; they are judged beside the measures and never weighed.
SEGMENT, SIZE = "@segment", "@size"


@dataclass(frozen=True)
class Finding:
    """One measure's verdict, and `why` where it was refused or is unstable.

    `auc` is how often the measure puts one who left and one who stayed in the right order, above
    0.5 where high values go with leaving; `low` and `high` are its 95 % interval. `against` is
    what it says the same as, or goes along with. `kept` of the values were kept by the night
    itself, the others are computed as of that day.
    """

    measure: str
    verdict: str
    why: str = ""
    auc: float | None = None
    low: float | None = None
    high: float | None = None
    left: int = 0
    stayed: int = 0
    against: tuple[str, ...] = ()
    kept: int = 0

    @property
    def strength(self) -> float:
        """Distance from a coin; 0 where it cannot be told."""
        return abs(self.auc - 0.5) if self.auc is not None else 0.0

    @property
    def is_refused(self) -> bool:
        """Whether it was not judged at all: known afterwards, constant, empty."""
        return self.verdict.startswith(REFUSED)

    @property
    def is_of_model(self) -> bool:
        """Whether it is a measure of the model, and not what measures are held against."""
        return self.measure not in (SEGMENT, SIZE)


@dataclass(frozen=True)
class Chased:
    """A playbook and the measure it is to move: what became of leaving where it was run.

    Counts are accounts, with the playbook and alike ones nobody worked on. `following` is a word
    of the guard; `is_flagged` where the measure moved and no fall of leaving is seen.
    """

    playbook: str
    measure: str
    following: str
    treated: int
    treated_left: int
    others: int
    others_left: int
    is_flagged: bool = False


@dataclass(frozen=True)
class Risk:
    """One renewal ahead: the account, the day, and the share of accounts like it that leave."""

    account_id: int
    renews_on: date
    risk: float


@dataclass(frozen=True)
class Foretold:
    """How many of the next renewals are lost. `reason` says why there is no forecast by account.

    `reason`: "" (there is one), `few` (too few customers), `unfit` (no measure to forecast by),
    `no_better` (than the base rate), `none` (nothing renews). `low` and `high` are a 95 % interval
    of the number. `area` is the AUC with its interval out of sample; `calibrated_on` counts the
    cases it is calibrated on: the newest quarter where `is_of_newest`, else all. `base_left` of
    `base` cases left. `risks` are the highest, in order.
    """

    renewals: int
    reason: str
    base_left: int
    base: int
    expected: float | None = None
    low: int = 0
    high: int = 0
    area: tuple[float, float, float] | None = None
    calibrated_on: int = 0
    is_of_newest: bool = False
    risks: Sequence[Risk] = ()


@dataclass(frozen=True)
class Validity:
    """As of `run_on`: cases ended from `from_on` on, of them `left` and `stayed`.

    `error_rate` is the chance that any worthless measure is called valid.
    """

    run_on: date
    from_on: date
    model_version: int
    left: int
    stayed: int
    error_rate: float = 0.0
    tested: int = 0
    findings: Sequence[Finding] = ()
    chased: Sequence[Chased] = ()
    foretold: Foretold = field(default_factory=lambda: Foretold(0, "few", 0, 0))

    @property
    def missing(self) -> tuple[int, int]:
        """How many more who left, and who stayed, are needed before anything can be told."""
        return max(FEWEST - self.left, 0), max(FEWEST - self.stayed, 0)

    @property
    def is_told(self) -> bool:
        """Whether there are cases enough on both sides."""
        return self.missing == (0, 0)

    @property
    def flagged(self) -> frozenset[str]:
        """Measures that a playbook moves while leaving is not seen to follow."""
        return frozenset(each.measure for each in self.chased if each.is_flagged)

    def list_with(self, *verdicts: str) -> list[Finding]:
        """Findings of these verdicts, the strongest first."""
        found = [each for each in self.findings if each.verdict in verdicts]
        return sorted(found, key=lambda each: -each.strength)

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        kept = asdict(self)
        kept |= {"run_on": self.run_on.isoformat(), "from_on": self.from_on.isoformat()}
        for each in kept["foretold"]["risks"]:
            each["renews_on"] = each["renews_on"].isoformat()
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Validity":
        """As it was kept."""
        return cls(
            **{
                **kept,
                "run_on": date.fromisoformat(kept["run_on"]),
                "from_on": date.fromisoformat(kept["from_on"]),
                "findings": [_finding(each) for each in kept["findings"]],
                "chased": [Chased(**each) for each in kept["chased"]],
                "foretold": _foretold(kept["foretold"]),
            }
        )


@dataclass(frozen=True)
class Changed:
    """A measure whose verdict is another than the time before."""

    measure: str
    before: str
    after: str


def list_changed(before: Validity, after: Validity) -> list[Changed]:
    """What is told otherwise than the time before: into valid, or out of it."""
    was = {each.measure: each.verdict for each in before.findings}
    return [
        Changed(each.measure, was[each.measure], each.verdict)
        for each in after.findings
        if each.is_of_model
        and each.measure in was
        and was[each.measure] != each.verdict
        and VALID in (was[each.measure], each.verdict)
    ]


def _finding(kept: Mapping[str, Any]) -> Finding:
    return Finding(**{**kept, "against": tuple(kept["against"])})


def _foretold(kept: Mapping[str, Any]) -> Foretold:
    risks = [
        Risk(each["account_id"], date.fromisoformat(each["renews_on"]), each["risk"])
        for each in kept["risks"]
    ]
    area = tuple(kept["area"]) if kept["area"] else None
    return Foretold(**{**kept, "area": area, "risks": risks})
