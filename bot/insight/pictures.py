"""Pictures of what was found, as PNG.  Words come from the caller; nothing is drawn but figures.

The font for Japanese comes with matplotlib-fontja, so that it is there on every machine.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib_fontja
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from bot.insight.calibration import Bin
from bot.insight.judging import Judged
from bot.insight.survival import Curve
from bot.insight.verdict import Verdict

# Told apart without colour too: valid ones are filled, the others hollow.
_VALID, _OTHER, _LINE = "#1f6f54", "#8a8f98", "#444444"
_GROUPS = ("#1f6f54", "#b4543a", "#3d5a98", "#8a6d1f", "#6b4a8b", "#2f7f8f")
_DPI = 140


def draw_separation(
    judged: Sequence[Judged], words: Mapping[str, str], names: Mapping[str, str], path: Path
) -> None:
    """A line per measure: its area with the interval, strongest on top, the verdict beside it.

    `words` has `title` and `area`; `names` has the verdicts'.
    """
    told = [each for each in judged if each.figures.area.low == each.figures.area.low]
    told.sort(key=lambda each: each.figures.strength)
    figure, axes = _sheet(8.0, 1.4 + 0.32 * len(told))
    for at, each in enumerate(told):
        area = each.figures.area
        colour = _VALID if each.verdict is Verdict.VALID else _OTHER
        axes.plot([area.low, area.high], [at, at], color=colour, linewidth=2)
        filled = colour if each.verdict is Verdict.VALID else "white"
        axes.plot([area.auc], [at], "o", color=colour, markerfacecolor=filled)
    axes.axvline(0.5, color=_LINE, linewidth=0.8, linestyle="--")
    labels = [f"{each.figures.name}  [{names[each.verdict]}]" for each in told]
    axes.set_yticks(range(len(told)), labels)
    axes.set_ylim(-0.7, len(told) - 0.3)
    axes.set(xlabel=words["area"], title=words["title"])
    _save(figure, path)


def draw_calibration(curve: Sequence[Bin], words: Mapping[str, str], path: Path) -> None:
    """Forecast against what happened, a point per tenth of the rows, with intervals.

    `words` has `title`, `forecast`, `happened` and `ideal`.
    """
    figure, axes = _sheet(5.6, 5.2)
    top = max([one.share.high for one in curve] + [one.forecast for one in curve])
    axes.plot([0, top], [0, top], "--", color=_LINE, linewidth=0.8, label=words["ideal"])
    for one in curve:
        ends = [one.share.low, one.share.high]
        axes.plot([one.forecast] * 2, ends, color=_VALID, linewidth=1.5)
        axes.plot([one.forecast], [one.share.share], "o", color=_VALID)
    axes.set(xlabel=words["forecast"], ylabel=words["happened"], title=words["title"])
    axes.legend(frameon=False)
    _save(figure, path)


def draw_survival(curves: Sequence[Curve], words: Mapping[str, str], path: Path) -> None:
    """A step line per curve with its interval.  `words` has `title`, `time` and `share`."""
    figure, axes = _sheet(8.0, 4.8)
    for at, curve in enumerate(curves):
        colour = _GROUPS[at % len(_GROUPS)]
        style = "-" if at < len(_GROUPS) else "--"
        times = [0.0, *curve.times]
        axes.step(times, [1.0, *curve.shares], style, where="post", color=colour, label=curve.name)
        bounds = [1.0, *curve.lows], [1.0, *curve.highs]
        axes.fill_between(times, *bounds, step="post", color=colour, alpha=0.15, linewidth=0)
    axes.set(xlabel=words["time"], ylabel=words["share"], title=words["title"], ylim=(0, 1.02))
    if len(curves) > 1:
        axes.legend(frameon=False)
    _save(figure, path)


def _sheet(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Figure, path: Path) -> None:
    font = FontProperties(fname=matplotlib_fontja.get_font_ttf_path())
    for text in figure.findobj(Text):
        if isinstance(text, Text):
            size = text.get_fontsize()
            text.set_fontproperties(font)
            text.set_fontsize(size)
            text.set_parse_math(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=_DPI)
