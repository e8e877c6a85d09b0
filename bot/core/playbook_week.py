"""What a playbook did in a week and what was measured of it so far. Refuses to call it an effect.

A run is one alert that a playbook answered, or one task of it outside any alert. An alert of four
steps has four outcomes and is still one customer; measured is the last of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.core.interval import Interval, build_interval
from bot.core.money import Money
from bot.core.outcome import FEWEST_LIKE
from bot.core.thresholds import Proposal
from bot.core.vocabulary import Locale, Verdict
from bot.core.week import Week

ACTIVE, DRAFT, RETIRED = "active", "draft", "retired"


@dataclass(frozen=True)
class Ran:
    """An outcome of a playbook's task; `score` and the rest are of the check two weeks on."""

    playbook: str
    version: int
    task_id: int
    episode_id: int | None
    result: str
    recorded_on: date
    recorded_at: datetime
    score_then: float | None = None
    score: float | None = None
    like_count: int = 0
    like_change: float | None = None

    @property
    def is_measured(self) -> bool:
        """Whether both scores are known."""
        return self.score is not None and self.score_then is not None

    @property
    def difference(self) -> float | None:
        """Change of its score less the mean change of like accounts nobody worked on, in points.

        None without both scores, or beside fewer than `FEWEST_LIKE` accounts.
        """
        if self.score is None or self.score_then is None or self.like_change is None:
            return None
        is_enough = self.like_count >= FEWEST_LIKE
        return self.score - self.score_then - self.like_change if is_enough else None


@dataclass(frozen=True)
class Review:
    """A decision on record, and who made it."""

    week_on: date
    playbook: str
    version: int
    verdict: Verdict
    member_id: int
    name: str
    decided_at: datetime
    check_on: date | None = None


@dataclass(frozen=True)
class Unowned:
    """Open alerts that nobody answers for; `episode_id` is of the most valuable account."""

    count: int
    arr: Money | None
    episode_id: int


@dataclass(frozen=True)
class Known:
    """A version of a playbook on file; `title` by language."""

    key: str
    version: int
    status: str
    title: Mapping[str, str]
    results: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names of its own results by key and language."""
    draft: int | None = None
    """Number of the version that somebody is working on."""


@dataclass(frozen=True)
class PlaybookWeek:
    """A playbook in the summary of a week. Figures so far are of the version that is in use.

    `closed` alerts of the last eight weeks, whatever their version, `false_alarms` of them.
    """

    known: Known
    runs: int = 0
    results: Mapping[str, int] = field(default_factory=dict)
    measured: int = 0
    compared: int = 0
    unmeasured: int = 0
    difference: Interval | None = None
    closed: int = 0
    false_alarms: int = 0
    unowned: Unowned | None = None
    proposal: Proposal | None = None
    """How it could be set stricter, where many of its alerts were false."""
    review: Review | None = None
    """This week's decision."""
    last_review: Review | None = None
    """The last decision before this week's."""

    @property
    def key(self) -> str:
        """The playbook's key."""
        return self.known.key

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell of it but its name."""
        return not (self.runs or self.measured or self.unmeasured or self.review)

    def named(self, locale: Locale) -> str:
        """Its name for a reader of `locale`."""
        return self.known.title[locale]


def list_last_runs(ran: Iterable[Ran]) -> list[Ran]:
    """One of each alert, the last that was recorded; every task outside any alert."""
    ordered = sorted(ran, key=lambda each: (each.recorded_at, each.task_id))
    return list(
        {
            (each.episode_id is None, each.episode_id or each.task_id): each for each in ordered
        }.values()
    )


def measure(week: PlaybookWeek, ran: Iterable[Ran], days: Week) -> PlaybookWeek:
    """The playbook's week with what was done on those days, and measured until then."""
    runs = [each for each in list_last_runs(ran) if each.recorded_on <= days.until_on]
    of_week = [each for each in runs if days.holds(each.recorded_on)]
    in_use = [each for each in runs if each.version == week.known.version]
    measured = [each for each in in_use if each.is_measured]
    differences = [each.difference for each in measured if each.difference is not None]
    return replace(
        week,
        runs=len(of_week),
        results=dict(Counter(each.result for each in of_week).most_common()),
        measured=len(measured),
        compared=len(differences),
        unmeasured=len(in_use) - len(measured),
        difference=build_interval(differences),
    )
