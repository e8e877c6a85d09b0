"""The pictures of `insight` with their words, one file each, into a folder."""

from pathlib import Path

from bot.cli.insight_words import speak
from bot.insight.examine import Examined
from bot.insight.pictures import draw_calibration, draw_separation, draw_survival
from bot.insight.stay import Stay
from bot.insight.verdict import Verdict
from bot.texts import Voice


def draw_validity(folder: Path, found: Examined, voice: Voice) -> list[Path]:
    """`separation.png` and, where there is a forecast, `calibration.png`."""
    separation, calibration = folder / "separation.png", folder / "calibration.png"
    outcome = {"outcome": found.asked.outcome, "word": found.outcome.word}
    words = {
        "title": speak(voice, "picture_separation", **outcome),
        "area": speak(voice, "picture_area"),
    }
    names = {str(each): speak(voice, f"verdict_{each}") for each in Verdict}
    draw_separation(found.validity.judged, words, names, separation)
    if found.validity.forecast is None:
        return [separation]
    words = {
        "title": speak(voice, "picture_calibration"),
        "forecast": speak(voice, "picture_forecast"),
        "happened": speak(voice, "picture_happened"),
        "ideal": speak(voice, "picture_ideal"),
    }
    draw_calibration(found.validity.forecast.quality.curve, words, calibration)
    return [separation, calibration]


def draw_stay(folder: Path, found: Stay, voice: Voice) -> list[Path]:
    """`survival.png`: the groups that have enough, else all rows."""
    path = folder / "survival.png"
    curves = [each for each in found.groups if each.is_told] or [found.curve]
    words = {
        "title": speak(voice, "picture_stay", time=found.time),
        "time": found.time,
        "share": speak(voice, "picture_share"),
    }
    draw_survival(curves, words, path)
    return [path]
