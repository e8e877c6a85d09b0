"""What moved a score since last week and the last contact: short on the card, whole in why."""

from collections.abc import Sequence
from datetime import date

from bot.core.say import Say
from bot.core.score_change import Comparison, Part, tenths

_ON_THE_CARD = 3


def render_changes(say: Say, changes: Sequence[Comparison], today: date) -> list[str]:
    """A paragraph for each day compared with: every measure then, now and its difference."""
    return [_whole(say, each, today) for each in changes]


def render_brief(say: Say, changes: Sequence[Comparison], today: date) -> list[str]:
    """A line for each day compared with, and the three that moved the score most."""
    return [_brief(say, each, today) for each in changes]


def _whole(say: Say, told: Comparison, today: date) -> str:
    head = _head(say, told, today)
    if not told.is_alike:
        return head
    rows = [_row(say, each) for each in told.largest()]
    rest = told.rest()
    more = [say("score_changes", "rest", points=rest / 10)] if rest else []
    return "\n".join([head, *rows, *more])


def _brief(say: Say, told: Comparison, today: date) -> str:
    head, largest = _head(say, told, today), told.largest(_ON_THE_CARD)
    if not told.is_alike or not largest:
        return head
    named = [(each.label, each.is_ceiling, each.difference / 10) for each in largest]
    rest = told.rest(_ON_THE_CARD) / 10
    return f"{head}\n{say('score_changes', 'brief', named=named, rest=rest)}"


def _head(say: Say, told: Comparison, today: date) -> str:
    before, after = told.coverages
    return say(
        "score_changes",
        "head" if told.is_alike else "unlike",
        since="_".join(sorted(told.since)),
        then_on=told.then_on,
        today=today,
        before=None if told.before is None else tenths(told.before) / 10,
        now=tenths(told.now) / 10,
        points=told.difference / 10,
        versions=told.versions,
        coverages=() if round(before, 2) == round(after, 2) else (before, after),
    )


def _row(say: Say, part: Part) -> str:
    return say(
        "score_changes",
        "row",
        label=part.label,
        is_ceiling=part.is_ceiling,
        before=None if part.before is None else part.before / 10,
        now=None if part.now is None else part.now / 10,
        points=part.difference / 10,
    )
