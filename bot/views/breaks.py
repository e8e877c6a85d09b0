"""A metric that moved for everybody at once: told to ops, who say what it was."""

from collections.abc import Sequence
from datetime import date

from bot.core.breaks import BreakState, MetricBreak
from bot.core.metrics import STANDARD
from bot.core.say import Say
from bot.views.blocks import section
from bot.views.limits import shorten
from bot.views.ops_decides import build_finding, build_notice
from bot.views.reply import Block, Message
from bot.views.surfaces import message

DECIDE_BREAK = "break_decided"
_NAME = 64


def build_breaks(say: Say, run_on: date, breaks: Sequence[MetricBreak]) -> Message:
    """What a run has found; a break that is decided or over has no buttons any more."""
    title = say("break", "title", run_on=run_on)
    rows = [build_break(say, each) for each in breaks]
    return build_notice(title, rows, [section(say("break", "held"))])


def build_break(say: Say, each: MetricBreak) -> list[Block]:
    """One of them, with what can be decided about it."""
    told = say(
        "break",
        "row",
        name=name_metric(say, each.metric),
        began_on=each.began_on,
        ended_on=each.ended_on,
        change=each.change,
        moved=each.moved,
        compared=each.compared,
        state=each.state.value,
        by=shorten(each.decided_by, _NAME),
    )
    answers = (BreakState.CHANGED, BreakState.REAL) if each.asks else ()
    return build_finding(say, "break", DECIDE_BREAK, each.id, told, answers)


def build_breaks_over(say: Say, run_on: date, breaks: Sequence[MetricBreak]) -> Message:
    """Metrics that are as they were before; nobody needs to decide on them any more."""
    names = [name_metric(say, each.metric) for each in breaks]
    told = say("break", "over", run_on=run_on, names=names)
    return message(told, [section(told)])


def build_break_decided(say: Say, each: MetricBreak) -> Message:
    """What follows from the answer."""
    name = name_metric(say, each.metric)
    told = say("break", f"decided_{each.state}", name=name, began_on=each.began_on)
    return message(told, [section(told)])


def name_metric(say: Say, metric: str) -> str:
    """A metric's word; one of the source is called what the source calls it."""
    known = metric in STANDARD
    return say("ingest_report", f"option_metric_{metric}") if known else shorten(metric, _NAME)
