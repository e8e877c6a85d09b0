"""How thresholds would have fared against how contracts ended. Plain values, kept as JSON.

Refuses a share of too few: below ten cases of either kind there are counts and no verdict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.core.interval import FEWEST

# A case is watched from the one to the other, in days before its period ended: whoever is flagged
# later than that is flagged too late to do anything.
WATCHED_DAYS, LEAST_LEAD_DAYS = 180, 30

RED, GREEN, FALL = "red_below", "green_from", "fall"


@dataclass(frozen=True)
class Cases:
    """Contract periods that ended, an account once: `lost` were churned or contracted."""

    lost: int
    kept: int

    @property
    def are_few(self) -> bool:
        """Too few of either kind to tell anything."""
        return min(self.lost, self.kept) < FEWEST


@dataclass(frozen=True)
class Counted:
    """`hits` of `count`, and where the share lies at 95 % confidence."""

    hits: int
    count: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Of those counted."""
        return self.hits / self.count

    @property
    def is_few(self) -> bool:
        """Too few for a share."""
        return self.count < FEWEST


@dataclass(frozen=True)
class Lead:
    """Median days from the first flag to the end; no interval (None) of very few."""

    days: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Judged:
    """A threshold on the later cases.

    `precision`: of those flagged, how many were lost; None where none was flagged. `recall`: of
    those lost, how many were flagged. `lead` is of these, None for none.
    """

    level: float
    precision: Counted | None
    recall: Counted
    lead: Lead | None


@dataclass(frozen=True)
class Suggested:
    """The threshold that separated best before the cut, judged after it.

    `gain` is how much larger the share flagged of the lost less that of the kept is than with the
    threshold of the model, with its 95 % interval.
    """

    judged: Judged
    gain: float
    low: float
    high: float

    @property
    def is_better(self) -> bool:
        """Beyond what chance makes of it."""
        return self.low > 0


@dataclass(frozen=True)
class Trial:
    """A threshold of the model or of a playbook; `kind` one of RED, GREEN, FALL.

    `suggested` is None where none could be chosen, or where the same one is the best.
    """

    kind: str
    judged: Judged
    suggested: Suggested | None = None


@dataclass(frozen=True)
class BackTest:
    """Periods that ended from `first_on` to `last_on`; up to `cut_on` they choose, then they judge.

    `drawn` of `accounts` with a result were looked at; `unscored` periods had no score while they
    were watched and count nowhere. `left_out` are measures known only afterwards. `trials` is empty
    where the later cases are too few.
    """

    first_on: date
    cut_on: date
    last_on: date
    before: Cases
    after: Cases
    unscored: int
    accounts: int
    drawn: int
    left_out: Sequence[str]
    trials: Sequence[Trial]

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        days = {name: getattr(self, name).isoformat() for name in ("first_on", "cut_on", "last_on")}
        return {**asdict(self), **days}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "BackTest":
        """As it was kept."""
        days = {name: date.fromisoformat(kept[name]) for name in ("first_on", "cut_on", "last_on")}
        parts = {name: Cases(**kept[name]) for name in ("before", "after")}
        trials = tuple(_read_trial(each) for each in kept["trials"])
        return cls(
            **{**kept, **days, **parts, "left_out": tuple(kept["left_out"])} | {"trials": trials}
        )


def _read_trial(kept: Mapping[str, Any]) -> Trial:
    said = kept["suggested"]
    suggested = (
        None if said is None else Suggested(**{**said, "judged": _read_judged(said["judged"])})
    )
    return Trial(kept["kind"], _read_judged(kept["judged"]), suggested)


def _read_judged(kept: Mapping[str, Any]) -> Judged:
    precision, lead = kept["precision"], kept["lead"]
    return Judged(
        level=kept["level"],
        precision=None if precision is None else Counted(**precision),
        recall=Counted(**kept["recall"]),
        lead=None if lead is None else Lead(**lead),
    )
