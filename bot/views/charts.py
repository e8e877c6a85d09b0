"""Native charts with the blocks to show where a workspace's Slack refuses them.

A chart block carries its stand-in under "fallback"; the slack room takes that key off before
anything is sent, and sends the stand-in to a workspace that refused the block once.
"""

from collections.abc import Sequence

from bot.views import limits
from bot.views.blocks import section
from bot.views.reply import Block

_BARS = "▁▂▃▄▅▆▇█"

Point = tuple[str, float]


def line(
    title: str, series: Sequence[tuple[str, Sequence[Point]]], y_label: str, fallback: str
) -> Block:
    """A line chart. Every series has the same labels; of more than 20 points the latest stay."""
    return _chart("line", title, series, y_label, fallback)


def bars(
    title: str, series: Sequence[tuple[str, Sequence[Point]]], y_label: str, fallback: str
) -> Block:
    """Groups of bars, one group for each label; the series stand side by side in it."""
    return _chart("bar", title, series, y_label, fallback)


def _chart(
    kind: str,
    title: str,
    series: Sequence[tuple[str, Sequence[Point]]],
    y_label: str,
    fallback: str,
) -> Block:
    kept = [(name, points[-limits.CHART_POINTS :]) for name, points in series]
    return {
        "type": "data_visualization",
        "title": limits.unescape(limits.cut(title, limits.CHART_TITLE)),
        "chart": {
            "type": kind,
            "series": [_series(name, points) for name, points in kept],
            "axis_config": {
                "categories": [_label(text) for text, _ in kept[0][1]],
                "y_label": limits.unescape(limits.cut(y_label, limits.CHART_AXIS)),
            },
        },
        "fallback": [section(fallback)],
    }


def sparkline(values: Sequence[float], highest: float = 100.0) -> str:
    """The values from 0 to `highest` as a row of bars, for where no chart can be drawn."""
    steps = len(_BARS) - 1
    return "".join(_BARS[round(max(0.0, min(1.0, value / highest)) * steps)] for value in values)


def _series(name: str, points: Sequence[Point]) -> dict[str, object]:
    data = [{"label": _label(text), "value": value} for text, value in points]
    return {"name": limits.unescape(limits.cut(name, limits.CHART_LABEL)), "data": data}


def _label(text: str) -> str:
    return limits.unescape(limits.cut(text, limits.CHART_LABEL))
