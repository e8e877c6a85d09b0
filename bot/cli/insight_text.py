"""What `insight` found as text: a table at a terminal, plain lines where it is piped."""

import sys
from collections.abc import Iterator, Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.insight_words import chance, figure, speak, told_direction, why, why_refused
from bot.insight.auc import Auc
from bot.insight.examine import Examined
from bot.insight.forecast import Forecast
from bot.insight.judging import Judged
from bot.insight.shuffled import Shuffled
from bot.insight.stay import Stay
from bot.insight.survival import Curve, Point
from bot.texts import Voice

_PIPED_WIDTH = 200
_HEADS: tuple[str, ...] = (
    *("measure", "verdict", "area", "towards", "corrected", "counts", "blanks"),
)


def validity_lines(
    found: Examined, file: str, voice: Voice, shuffled: Shuffled | None = None
) -> list[str]:
    """Counts, the measures' table with a sentence for each, the forecast, and what lots told."""
    validity = found.validity
    judged = sorted(validity.judged, key=_order)
    heads = _HEADS
    rows = [_measure_row(each, voice) for each in judged]
    if validity.later:
        heads = (*heads, "later")
        areas = [validity.later[each.figures.name] for each in judged]
        rows = [(*row, _area(area)) for row, area in zip(rows, areas, strict=True)]
    rows += [
        (each.name, speak(voice, f"verdict_{each.unfit.verdict}"), *[""] * (len(heads) - 2))
        for each in validity.refused
    ]
    return [
        *_counts(found, file, voice),
        _table([speak(voice, f"head_{head}") for head in heads], rows),
        *[why(each, found, voice) for each in judged],
        *[why_refused(each, voice) for each in validity.refused],
        "",
        *_forecast_lines(found, voice),
        *([_shuffled_line(shuffled, voice)] if shuffled else []),
    ]


def _shuffled_line(found: Shuffled, voice: Voice) -> str:
    counts = {"times": len(found.valid), "valid": sum(found.valid)}
    return speak(voice, "shuffled", wrong=found.wrong, better=found.better, **counts)


def _order(judged: Judged) -> tuple[bool, float]:
    return judged.verdict != "valid", -judged.figures.strength


def _counts(found: Examined, file: str, voice: Voice) -> Iterator[str]:
    asked, validity = found.asked, found.validity
    yield speak(
        voice,
        "counts",
        **{"file": file, "outcome": asked.outcome, "word": found.outcome.word},
        **{"others": found.outcome.others[:3], "rows": len(validity.happened), "base": found.base},
        **{"later": found.later, "cut": asked.cut, "by_time": asked.by_time},
    )
    for reason, rows in found.left_out.items():
        yield speak(voice, f"left_out_{reason}", rows=rows, column=asked.outcome)
    yield speak(voice, "corrected", tested=validity.tested, error_rate=asked.error_rate)


def _measure_row(judged: Judged, voice: Voice) -> tuple[str, ...]:
    figures = judged.figures
    area = figures.area
    return (
        figures.name,
        speak(voice, f"verdict_{judged.verdict}"),
        _area(area),
        told_direction(figures, voice),
        chance(judged.corrected),
        f"{area.events:,} / {area.others:,}",
        f"{int((~figures.column.known).sum()):,}",
    )


def _area(area: Auc) -> str:
    return f"{figure(area.auc)} ({figure(area.low)}–{figure(area.high)})"


def _forecast_lines(found: Examined, voice: Voice) -> Iterator[str]:
    forecast = found.validity.forecast
    if forecast is None:
        yield speak(voice, "forecast_few")
        return
    quality = forecast.quality
    yield speak(
        voice,
        "forecast",
        judged=forecast.judged,
        learnt=forecast.learnt,
        cut=found.asked.cut,
        area=quality.area,
        brier=quality.brier,
        base_brier=quality.base_brier,
        ece=quality.ece,
    )
    block = _told_better(forecast)
    yield speak(voice, block, gain=quality.gain, base=forecast.base_rate, area=quality.area)


def _told_better(forecast: Forecast) -> str:
    if forecast.is_better:
        return "forecast_better"
    return "forecast_faded" if forecast.quality.is_better else "forecast_no_better"


def survival_lines(found: Stay, file: str, voice: Voice) -> list[str]:
    """Counts, the share left at each time with intervals, medians, and the groups' test."""
    curves = [found.curve, *found.groups]
    heads = [speak(voice, f"head_{head}") for head in ("group", "time", "left", "at_risk")]
    rows = [
        (curve.name or speak(voice, "everybody"), *_point(curve.at(time)))
        for curve in curves
        for time in found.times
        if curve.is_told
    ]
    counts = {"file": file, "time": found.time, "event": found.event, "word": found.word}
    return [
        speak(voice, "stay", rows=found.rows, curve=found.curve, **counts),
        _table(heads, rows),
        *[_median(curve, voice) for curve in curves],
        *_test_lines(found, voice),
        speak(voice, "note_curve"),
    ]


def _point(point: Point) -> tuple[str, ...]:
    if point.share != point.share:
        return f"{point.time:g}", "–", "0"
    share = f"{figure(point.share, 4)} ({figure(point.low, 4)}–{figure(point.high, 4)})"
    return f"{point.time:g}", share, f"{point.at_risk:,}"


def _median(curve: Curve, voice: Voice) -> str:
    name = curve.name or speak(voice, "everybody")
    if not curve.is_told:
        return speak(voice, "group_few", name=name, count=curve.count, events=curve.events)
    return speak(voice, "median", name=name, curve=curve, endless=float("inf"))


def _test_lines(found: Stay, voice: Voice) -> Iterator[str]:
    if found.by is None:
        return
    if found.ungrouped:
        yield speak(voice, "ungrouped", rows=found.ungrouped, column=found.by)
    if found.test is None or found.test.p != found.test.p:
        yield speak(voice, "no_test", column=found.by)
        return
    test = found.test
    yield speak(voice, "logrank", column=found.by, test=test, p=chance(test.p))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Bold heads and lines at a terminal; aligned words, nothing cut off, where it is piped."""
    at_terminal = sys.stdout.isatty()
    table = Table(box=SIMPLE if at_terminal else None, pad_edge=False, show_edge=False)
    for head in heads:
        table.add_column(head, no_wrap=not at_terminal, overflow="fold")
    for row in rows:
        table.add_row(*[Text(cell) for cell in row])
    console = Console(width=None if at_terminal else _PIPED_WIDTH, no_color=not at_terminal)
    with console.capture() as captured:
        console.print(table)
    lines = captured.get().splitlines()
    return "\n".join(line.rstrip() for line in lines)
