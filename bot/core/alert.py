"""An alert as people see it: whose, why, how far it has come. Plain values, no sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.core.account_card import BookRow, Colleague
from bot.core.vocabulary import Band, Ending, EpisodeState, Hypothesis, Locale


@dataclass(frozen=True)
class Reason:
    """What was seen: the signal's key, and the values of its sentence (`templates/signal_*`).

    It held from `since_on` on, up to the day before `over_on`; None while it lasts.
    """

    signal: str
    values: Mapping[str, Any]
    since_on: date | None = None
    over_on: date | None = None

    def as_of(self, today: date) -> "Reason":
        """The same, told on another day than it was seen: what is left to a deadline goes on."""
        ends_on = self.values.get("deadline_on")
        if ends_on is None or "days_left" not in self.values:
            return self
        return replace(self, values={**self.values, "days_left": (ends_on - today).days})


@dataclass(frozen=True)
class NextStep:
    """The task that is next for an alert; `title` by language."""

    task_id: int
    title: Mapping[str, str]
    due_on: date
    owner: Colleague | None


@dataclass(frozen=True)
class AlertRow:
    """One episode with its account. `title` is the playbook's name by language.

    `claimed_by` is who acts, `owner` who answers for it, `state_by` who brought it into its state
    (None: a night). `is_told` says whether it has a message.
    """

    id: int
    row: BookRow
    playbook: str
    playbook_version: int
    title: Mapping[str, str]
    is_watch: bool
    state: EpisodeState
    opened_on: date
    reasons: Sequence[Reason]
    band_then: Band
    score_then: float | None
    owner_id: int | None = None
    owner: Colleague | None = None
    hypothesis: Hypothesis | None = None
    claimed_by: Colleague | None = None
    claimed_at: datetime | None = None
    waiting_until_on: date | None = None
    snoozed_until_on: date | None = None
    snooze_reason: str | None = None
    state_by: Colleague | None = None
    state_at: datetime | None = None
    clear_since_on: date | None = None
    is_recovery_told: bool = False
    is_told: bool = False
    ending: Ending | None = None
    ending_reason: str | None = None
    closed_on: date | None = None
    next_step: NextStep | None = None

    def named(self, locale: Locale) -> str:
        """The playbook's name for a reader of `locale`."""
        return self.title[locale]

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done about it."""
        return self.state is not EpisodeState.CLOSED

    def is_unclaimed(self, today: date) -> bool:
        """Whether nobody acts on it: open, or put off until a day that has come."""
        until = self.snoozed_until_on
        is_back = self.state is EpisodeState.SNOOZED and until is not None and until <= today
        return self.claimed_by is None and (self.state is EpisodeState.OPEN or is_back)

    @property
    def is_recovered(self) -> bool:
        """Whether its condition has been gone for so long that closing is proposed."""
        return self.is_open and self.is_recovery_told and self.clear_since_on is not None


def read_reasons(evidence: Sequence[Any]) -> list[Reason]:
    """Evidence as it is kept, what is over behind what lasts; names in `_on` are ISO days."""
    reasons = [
        Reason(
            each["signal"],
            {
                name: _day(value) if name.endswith("_on") else value
                for name, value in each["values"].items()
            },
            _day(each.get("since_on")),
            _day(each.get("over_on")),
        )
        for each in evidence
    ]
    return sorted(reasons, key=lambda each: each.over_on is not None)


def list_opening(evidence: Sequence[Any]) -> list[dict[str, Any]]:
    """Signals and values as they were when the alert opened, without what came later."""
    firsts = [{**each, "values": each.get("first", each["values"])} for each in evidence]
    return [each for each in firsts if each["values"] is not None]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
