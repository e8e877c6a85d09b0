"""What came of an alert: what was done, the result, the numbers then, now and looked at again.

Refuses to claim that one case shows an effect.
"""

from bot.core.alert_page import AlertPage
from bot.core.outcome import Check, OutcomeRow
from bot.core.say import Say
from bot.views.limits import shorten
from bot.views.words import named

_TEXT = 300


def render_outcomes(say: Say, page: AlertPage) -> str:
    """Everything recorded of its tasks, oldest first, each with its checks."""
    return "\n".join(line for each in page.outcomes for line in _outcome(say, page, each))


def _outcome(say: Say, page: AlertPage, made: OutcomeRow) -> list[str]:
    told = say(
        "alert",
        "outcome",
        done=shorten(made.done, _TEXT),
        by=made.by.name if made.by else "",
        recorded_on=made.recorded_on,
        result=_result(say, page, made),
        impression=shorten(made.impression, _TEXT),
        score_then=made.score_then,
        score_now=made.score_now,
        today=page.today,
    )
    checks = [render_check(say, made, each) for each in made.checks if each.checked_on is not None]
    return [told, *checks]


def _result(say: Say, page: AlertPage, made: OutcomeRow) -> str:
    """The playbook's own word for it, else everybody's."""
    return page.results.get(made.result) or named(say, "result", made.result)


def render_check(say: Say, made: OutcomeRow, check: Check) -> str:
    """How it stood so many days later, beside like accounts; no claim that one shows an effect."""
    if check.score is None or made.score_then is None:
        return say("alert", "check_gap", after_days=check.after_days)
    return say(
        "alert",
        "check",
        after_days=check.after_days,
        score_then=made.score_then,
        score=check.score,
        can_tell=check.can_tell,
        like_count=check.like_count,
        like_change=check.like_change,
    )
