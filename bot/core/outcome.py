"""What came of a task, as lists and summaries read it. Refuses to claim that the task caused it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.account_card import BookRow, Colleague
from bot.core.vocabulary import Hypothesis, Locale, Mover

# Calendar days after which an outcome is looked at again.
CHECKED_AFTER = (14, 30)
# With fewer like accounts than this no comparison is shown: their number is.
FEWEST_LIKE = 10


# What comes of a task that no playbook knows: it was done.
DONE = "done"


@dataclass(frozen=True)
class Told:
    """What a person says of a task: what was done, what came of it, and what follows.

    `result` is a key; `said` are the customer's words with their tone, `next_title` what is to be
    done next, by `next_on`.
    """

    done: str
    result: str
    impression: str = ""
    mover: Mover = Mover.US
    hypothesis: Hypothesis | None = None
    said: str = ""
    sentiment: str = "neutral"
    next_title: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class Figures:
    """Score, and value of the measure that was to be moved, then and on the newest run."""

    then_on: date
    score_then: float | None = None
    score_now: float | None = None
    measure: str | None = None
    value_then: float | None = None
    value_now: float | None = None


@dataclass(frozen=True)
class ResultChoice:
    """A result a task may end in; `names` by language, None for those the words know."""

    key: str
    names: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Check:
    """An outcome looked at again `after_days` later; `checked_on` None: not measured yet.

    `like_count` accounts that nobody treated changed by `like_change` points on average, with
    standard deviation `like_spread`, over the same days.
    """

    after_days: int
    due_on: date
    checked_on: date | None = None
    score: float | None = None
    value: float | None = None
    like_count: int = 0
    like_change: float | None = None
    like_spread: float | None = None

    @property
    def can_tell(self) -> bool:
        """Whether there are like accounts enough to set beside it."""
        return self.like_count >= FEWEST_LIKE and self.like_change is not None


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome with its account and its task.

    `result` is a key of the playbook's own results or of `CommonResult`; `title` is the task's, by
    language. The figures then are of `then_on`, those now of `recorded_on`.
    """

    id: int
    task_id: int
    row: BookRow
    title: Mapping[str, str]
    done: str
    result: str
    impression: str
    mover: Mover
    then_on: date
    recorded_on: date
    by: Colleague | None = None
    episode_id: int | None = None
    playbook: str | None = None
    playbook_version: int | None = None
    hypothesis: Hypothesis | None = None
    score_then: float | None = None
    score_now: float | None = None
    measure: str | None = None
    value_then: float | None = None
    value_now: float | None = None
    next_task_id: int | None = None
    has_next: bool = False
    checks: Sequence[Check] = ()

    def named(self, locale: Locale) -> str:
        """What was to be done, for a reader of `locale`."""
        return self.title[locale]
