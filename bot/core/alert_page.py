"""Everything one alert shows to one reader. Plain values, no sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from bot.core.alert import AlertRow
from bot.core.outcome import OutcomeRow

RENEWAL = "renewal"
# The deadline's last days are counted one by one, those before by the week.
_COUNTED_DAYS = 14


@dataclass(frozen=True)
class Coverage:
    """How many of the measures asked of the account made its score, and which did not, by name."""

    used: int = 0
    asked: int = 0
    too_old: Sequence[str] = ()
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class AlertPage:
    """An alert as of `today`; times are said in `zone`. `history` are scores of 90 days by day.

    `results` names what the playbook's own tasks may end in, `belief` why it should work; both in
    the reader's language. `outcomes` are what came of its tasks, newest last.
    """

    alert: AlertRow
    today: date
    zone: str
    history: Sequence[tuple[date, float]] = ()
    coverage: Coverage = field(default_factory=Coverage)
    run_at: datetime | None = None
    outcomes: Sequence[OutcomeRow] = ()
    results: Mapping[str, str] = field(default_factory=dict)
    belief: str = ""

    @property
    def is_renewal(self) -> bool:
        """Whether the deadline is what it is about, and leads."""
        return self.alert.playbook == RENEWAL

    @property
    def mark(self) -> str:
        """What a reader would notice, as a short word: a message with another one is out of date.

        What only a new day changes is left out.
        """
        alert, renewal = self.alert, self.alert.row.renewal
        ahead = (renewal.notice_on, renewal.renews_on) if alert.is_open else ()
        ends = [_left(on, self.today) for on in ahead]
        known = (alert.row.standing.band, alert.row.arr, alert.reasons, alert.next_step, ends)
        told = (alert.state, alert.owner, alert.claimed_by, alert.hypothesis, alert.ending)
        days = (alert.waiting_until_on, alert.snoozed_until_on, alert.clear_since_on)
        made = [(each.id, *each.checks) for each in self.outcomes]
        whole = repr((known, told, days, alert.is_recovered, made))
        return f"alert-{alert.id}-{sha256(whole.encode()).hexdigest()[:12]}"


def _left(on: date | None, today: date) -> int | None:
    if on is None:
        return None
    days = (on - today).days
    return days if days <= _COUNTED_DAYS else _COUNTED_DAYS + days // 7
