"""Which limit of a playbook to set stricter, counted from the alerts that it opened.

Refuses to guess: only alerts on record are counted, so a limit is never proposed to be looser, and
never one that counts days, for a few days more would only tell the same later.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Limit:
    """A limit that can be told apart afterwards: `read` gives what was compared with it.

    `step` is one step stricter. A negative one is of a limit to stay below, a positive one of a
    limit to reach.
    """

    signal: str
    name: str
    step: float
    read: Callable[[Values], float]

    def holds(self, values: Values, limit: float) -> bool:
        """Whether what was seen would be seen with this limit, too."""
        seen = self.read(values)
        return seen < limit if self.step < 0 else seen >= limit


LIMITS = (
    Limit("key_feature", "below", -0.05, lambda seen: seen["share"]),
    Limit("sharp_drop", "points", 5.0, lambda seen: seen["score_before"] - seen["score"]),
    Limit("login_drop", "share", 0.1, lambda seen: -seen["change"]),
    Limit("slow_decline", "share", 0.05, lambda seen: min(-seen["slope"], -2 * seen["change"])),
    Limit("incident", "share", 0.1, lambda seen: -seen["change"]),
)


@dataclass(frozen=True)
class Opened:
    """An alert as it was opened, and whether it turned out to be false."""

    evidence: Sequence[Mapping[str, Any]]
    is_false_alarm: bool


@dataclass(frozen=True)
class Proposal:
    """A limit one step stricter. In `weeks` it would have spared `spared` alerts at most.

    An alert that is spared may come later, when what is measured has gone further.
    """

    signal: str
    name: str
    before: float
    after: float
    weeks: int
    spared: int
    spared_false: int

    @property
    def a_week(self) -> float:
        """Alerts fewer a week, at most."""
        return self.spared / self.weeks

    @property
    def false_a_week(self) -> float:
        """False alarms among them."""
        return self.spared_false / self.weeks


def propose(
    in_use: Mapping[tuple[str, str], float], opened: Sequence[Opened], weeks: int
) -> Proposal | None:
    """The step that spares most false alarms, of those that spare no more true alerts than that.

    `in_use` are the playbook's limits by signal and name, `opened` its alerts of so many weeks.
    """
    found = [
        made
        for limit in LIMITS
        if (limit.signal, limit.name) in in_use
        and (made := _judge(limit, in_use[limit.signal, limit.name], opened, weeks))
    ]
    return min(found, key=lambda each: (-each.spared_false, each.spared), default=None)


def _judge(limit: Limit, before: float, opened: Sequence[Opened], weeks: int) -> Proposal | None:
    after = round(before + limit.step, 4)
    spared = [each for each in opened if not _would_open(limit, after, each.evidence)]
    false = sum(each.is_false_alarm for each in spared)
    if after <= 0 or not false or len(spared) > 2 * false:
        return None
    return Proposal(limit.signal, limit.name, before, after, weeks, len(spared), false)


def _would_open(limit: Limit, after: float, evidence: Iterable[Mapping[str, Any]]) -> bool:
    """Whether any of the signals seen still holds; those of other limits do."""
    return any(
        each["signal"] != limit.signal or limit.holds(each["values"], after) for each in evidence
    )
