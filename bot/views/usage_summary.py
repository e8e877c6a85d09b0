"""The section of an account's use: four weeks against the four before, and the gaps."""

from bot.core.say import Say
from bot.core.usage_summary import MetricUse, UsageSummary
from bot.views.limits import shorten

_MOST, _NAME = 8, 40


def render_usage(say: Say, summary: UsageSummary) -> str:
    """A line a metric, key features first, then the key features never tried."""
    uses = sorted(summary.uses, key=lambda each: (not each.is_key, each.name))
    lines = [_line(say, each) for each in uses[:_MOST]]
    if len(uses) > _MOST:
        lines.append(say("words", "and_more", count=len(uses) - _MOST))
    never = [shorten(name, _NAME) for name in summary.never[:_MOST]]
    count = len(summary.never)
    gap = say("usage", "never", names=never, count=count) if count else say("usage", "no_gap")
    has_key = any(each.is_key for each in uses) or bool(count)
    lead = say("usage", "lead", until_on=summary.until_on)
    return "\n".join([lead, *lines, *([gap] if has_key else [])])


def _line(say: Say, use: MetricUse) -> str:
    change = None
    if use.now is not None and use.before:
        change = use.now / use.before - 1
    return say(
        "usage",
        "line",
        name=shorten(use.name, _NAME),
        is_key=use.is_key,
        now=use.now,
        before=use.before,
        change=change,
    )
