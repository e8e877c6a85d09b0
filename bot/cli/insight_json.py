"""What `insight` found as plain values for JSON.  What cannot be told is null."""

import math
from dataclasses import asdict
from typing import Any

from bot.cli.insight_words import direction, why, why_refused
from bot.insight.auc import Auc
from bot.insight.calibration import Figure
from bot.insight.chance import Share
from bot.insight.examine import Examined
from bot.insight.forecast import Forecast
from bot.insight.held import Held
from bot.insight.judging import Judged
from bot.insight.shuffled import Shuffled
from bot.insight.stay import Stay
from bot.insight.survival import Curve
from bot.insight.validity import Refused
from bot.texts import Voice

Plain = dict[str, Any]


def validity_json(
    found: Examined, file: str, voice: Voice, shuffled: Shuffled | None = None
) -> Plain:
    """Counts, `auc`, `brier`, `ece`, and every column with its figures and `verdict`."""
    validity, forecast = found.validity, found.validity.forecast
    told = _forecast(forecast) if forecast else {"auc": None, "brier": None, "ece": None}
    return _clean(
        {
            "file": file,
            "outcome": found.asked.outcome,
            "happened": found.outcome.word,
            "rows": found.rows,
            "n": len(validity.happened),
            "events": int(validity.happened.sum()),
            "base_rate": float(validity.happened.mean()),
            "left_out": found.left_out,
            "cut": found.asked.cut,
            **told,
            "error_rate": validity.question.error_rate,
            "correction": "holm",
            "tested": validity.tested,
            "proposed": validity.valid,
            "measures": [_measure(each, found, voice) for each in validity.judged]
            + [_refused(each, voice) for each in validity.refused],
            **({"shuffled": _shuffled(shuffled)} if shuffled else {}),
        }
    )


def _forecast(forecast: Forecast) -> Plain:
    quality = forecast.quality
    return {
        "auc": quality.area.auc,
        "auc_interval": [quality.area.low, quality.area.high],
        "brier": quality.brier.value,
        "brier_interval": _bounds(quality.brier),
        "base_rate_brier": quality.base_brier,
        "gain": quality.gain.value,
        "gain_interval": _bounds(quality.gain),
        "ece": quality.ece.value,
        "ece_interval": _bounds(quality.ece),
        "better_than_base_rate": forecast.is_better,
        "learnt_rows": forecast.learnt,
        "judged_rows": forecast.judged,
        "told_base_rate": forecast.base_rate,
        "calibration": [{"forecast": b.forecast, **_share(b.share)} for b in quality.curve],
    }


def _shuffled(found: Shuffled) -> Plain:
    return {
        "times": len(found.valid),
        "times_any_valid": found.wrong,
        "valid": sum(found.valid),
        "proposed": sum(found.valid),
        "forecasts_better": found.better,
    }


def _measure(judged: Judged, found: Examined, voice: Voice) -> Plain:
    figures, later = judged.figures, found.validity.later.get(judged.figures.name)
    return {
        "measure": figures.name,
        "verdict": str(judged.verdict),
        "why": why(judged, found, voice),
        "kind": str(figures.column.kind),
        "blank": int((~figures.column.known).sum()),
        "unreadable": figures.column.unreadable,
        **_area(figures.area),
        "direction": direction(figures),
        "p": figures.chance,
        "p_corrected": judged.corrected,
        "redundant_with": judged.with_measure,
        "held_against": [_held(each) for each in judged.held],
        "folds": [_area(each) for each in figures.steadiness.folds],
        "periods": [_area(each) for each in figures.steadiness.periods],
        "after_the_cut": _area(later) if later else None,
        "levels": [{"level": each.name, **_share(each.share)} for each in figures.levels],
    }


def _refused(refused: Refused, voice: Voice) -> Plain:
    return {
        "measure": refused.name,
        "verdict": str(refused.unfit.verdict),
        "why": why_refused(refused, voice),
        "reason": refused.unfit.why,
        "figures": refused.unfit.params,
    }


def _area(area: Auc) -> Plain:
    return {
        "auc": area.auc,
        "interval": [area.low, area.high],
        "events": area.events,
        "others": area.others,
    }


def _held(held: Held) -> Plain:
    return {"against": list(held.against), **_area(held.area), "p": held.area.p, "left": held.left}


def _share(share: Share) -> Plain:
    return {
        "events": share.hits,
        "n": share.count,
        "share": share.share,
        "interval": [share.low, share.high],
    }


def _bounds(figure: Figure) -> list[float]:
    return [figure.low, figure.high]


def survival_json(found: Stay, file: str, voice: Voice) -> Plain:
    """The curve of all rows that count, the groups' curves and the test between them."""
    return _clean(
        {
            "file": file,
            "time": found.time,
            "event": found.event,
            "happened": found.word,
            "rows": found.rows,
            **_curve(found.curve, found),
            "by": found.by,
            "blank_group": found.ungrouped,
            "groups": [{"group": each.name, **_curve(each, found)} for each in found.groups],
            "logrank": asdict(found.test) if found.test else None,
            "note": voice("insight", "note_curve"),
        }
    )


def _curve(curve: Curve, found: Stay) -> Plain:
    return {
        "n": curve.count,
        "events": curve.events,
        "longest": curve.longest,
        "median": curve.median,
        "median_interval": [curve.median_low, curve.median_high],
        "enough": curve.is_told,
        "survival": [asdict(curve.at(time)) for time in found.times],
    }


def _clean(values: Plain) -> Plain:
    """Plain JSON: numbers to seven digits, what is no number as None."""
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return _clean(value)
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return float(f"{value:.7g}") if math.isfinite(value) else None
    return value
