"""What managers are asked to decide, by plain rules. Refuses to ask about more than three things.

In this order, of each playbook the first that applies:

1. The day of looking again has come, which an earlier decision set.
2. Of at least ten alerts closed in the last eight weeks three in ten or more were false alarms.
3. The accounts it was used on did worse than like ones, with all of the 90 % interval below 0.
4. Nobody answers for some of its open alerts.

Whoever has decided on a playbook is not asked about it again by the second and third rule before
the day of looking again, or for four weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.core.interval import FEWEST
from bot.core.playbook_week import ACTIVE, PlaybookWeek
from bot.core.week import Week

MOST = 3
FALSE_ALARMS_FROM = 0.3
_REST = timedelta(weeks=4)
_SUNDAY = timedelta(days=6)


class Question(StrEnum):
    """Why a decision is asked for, in the order of asking."""

    CHECK = "check"
    FALSE_ALARMS = "false_alarms"
    BEHIND = "behind"
    UNOWNED = "unowned"


@dataclass(frozen=True)
class Decision:
    """One question about one playbook; its figures are the playbook's own."""

    question: Question
    about: PlaybookWeek


def list_decisions(playbooks: Sequence[PlaybookWeek], days: Week) -> list[Decision]:
    """Every question of the week, most pressing first; a reader is shown `MOST` of them."""
    asked = [
        Decision(question, each) for each in playbooks if (question := _find_question(each, days))
    ]
    order = list(Question)
    return sorted(asked, key=lambda each: (order.index(each.question), *_rank(each)))


def false_alarm_share(playbook: PlaybookWeek) -> float | None:
    """False alarms among closed alerts; None while there are too few of them for a share."""
    return playbook.false_alarms / playbook.closed if playbook.closed >= FEWEST else None


def has_many_false_alarms(playbook: PlaybookWeek) -> bool:
    """Whether the second rule's share is reached."""
    return (false_alarm_share(playbook) or 0) >= FALSE_ALARMS_FROM


def _find_question(playbook: PlaybookWeek, days: Week) -> Question | None:
    if _is_to_check(playbook, days):
        return Question.CHECK
    if not _is_at_rest(playbook, days):
        if has_many_false_alarms(playbook):
            return Question.FALSE_ALARMS
        if playbook.difference is not None and playbook.difference.high < 0:
            return Question.BEHIND
    return Question.UNOWNED if playbook.unowned else None


def _is_to_check(playbook: PlaybookWeek, days: Week) -> bool:
    """Whether the day of looking again lies in the week in which the summary is read, or before."""
    last = playbook.last_review
    if last is None or last.check_on is None or playbook.known.status != ACTIVE:
        return False
    return last.check_on <= days.next_on + _SUNDAY


def _is_at_rest(playbook: PlaybookWeek, days: Week) -> bool:
    last = playbook.last_review
    return playbook.known.status != ACTIVE or (
        last is not None and last.week_on > days.week_on - _REST
    )


def _rank(decision: Decision) -> tuple[int, str]:
    about = decision.about
    unowned = about.unowned.count if about.unowned else 0
    count = unowned if decision.question is Question.UNOWNED else about.closed
    return -count, about.key
