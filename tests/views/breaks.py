"""Breaks of everybody's use and the two stages, as ops is told of them in each state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.core.breaks import BreakState, MetricBreak
from bot.core.checklist import Course, build_checklist
from bot.core.gaps import Acting, Collecting, Gaps, Lacking
from bot.core.say import Say
from bot.core.sources import Source
from bot.core.vocabulary import Role
from bot.views.breaks import build_break_decided, build_breaks, build_breaks_over
from bot.views.gaps import build_gaps, build_late, build_returned
from bot.views.reply import Message
from tests.views.samples_of_waves import list_waves

_ON = date(2026, 11, 19)
RUN_ON = date(2026, 11, 20)
DROP = MetricBreak(
    id=2**62,
    metric="logins",
    began_on=_ON,
    found_on=RUN_ON,
    noted_on=RUN_ON,
    ended_on=None,
    factors={_ON: 0.7},
    compared=118,
    moved=111,
    state=BreakState.OPEN,
)


def list_data_views(say: Say, text: str, size: int) -> Iterator[tuple[str, Message]]:
    """All that ops is told about the data itself."""
    yield from list_breaks(say, text)
    yield from list_gaps(say, text, size)
    yield from list_waves(say, text, size)


def list_breaks(say: Say, text: str) -> Iterator[tuple[str, Message]]:
    """As found, decided and over; a metric of the source is called as it likes."""
    rise = replace(DROP, metric=text, factors={_ON: 1.6})
    decided = [
        replace(DROP, state=state, decided_by=text)
        for state in (BreakState.CHANGED, BreakState.REAL)
    ]
    over = replace(DROP, ended_on=RUN_ON)
    yield "breaks", build_breaks(say, RUN_ON, [DROP, rise, *decided, over])
    yield "breaks over", build_breaks_over(say, RUN_ON, [over, rise])
    for each in decided:
        yield f"break {each.state}", build_break_decided(say, each)


def list_gaps(say: Say, text: str, size: int) -> Iterator[tuple[str, Message]]:
    """Each stage as the bottleneck, with late sources, many of them, and none."""
    metric = Source(text, _ON, 3, 1.0, is_learned=False, is_metric=True)
    file = Source("tickets", _ON, 9, 2.0, is_learned=True)
    sources = [metric, file, *[replace(file, waited_days=0)] * size]
    course = Course(
        is_started=size > 1, model_version=3, playbooks=7, reviews=min(size, 2), features=size
    )
    lacking = [Lacking(text, 128, 80, ["nps", "usage_daily"])] * size
    poor = Collecting(
        200, 40, 9, 3, ["renewal", "detractor"], sources, [DROP] * min(size, 9), lacking=lacking
    )
    sound = Collecting(200, 0, 0, 0, [], [], [])
    idle, stuck = Acting(0, 0, 0, 0, 0, 0, 0, None), Acting(9, 4, 20, 5, 2, 12, 3, 5.25)
    for name, gaps in {
        "collect": Gaps(poor, stuck),
        "act": Gaps(sound, stuck),
        "neither": Gaps(sound, idle),
        "nothing": Gaps(Collecting(0, 0, 0, 0, [], [metric], []), idle),
    }.items():
        yield (
            f"gaps {name}",
            build_gaps(say, gaps, build_checklist(gaps, course), frozenset({Role.OPS})),
        )
    for each in (metric, file):
        yield "source late", build_late(say, each)
        yield "source returned", build_returned(say, each)
