"""From a frame to scores. Refuses a frame without the model's columns (KeyError).

points of a measure = its curve at the value
score = Σ weight × points / Σ weight, over the measures that have a value
told points of a measure = weight × (points − neutral) / Σ weight
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.core.vocabulary import Band
from bot.frame.build import Frame
from bot.health.details import LAYOUT
from bot.health.model import WORDS, Bands, Cap, Condition, HealthDocument, Variant

FloatArray = NDArray[np.float64]
IdArray = NDArray[np.int64]

BAND_ORDER = (Band.RED, Band.YELLOW, Band.GREEN, Band.UNKNOWN)
_WORDS = tuple(band.value for band in BAND_ORDER)


@dataclass(frozen=True)
class Scores:
    """By account, in the frame's order: score (NaN for none), place in BAND_ORDER, share of the
    weight that had data, details as `bot.health.details` reads them."""

    account_ids: IdArray
    score: FloatArray
    band: NDArray[np.int64]
    coverage: FloatArray
    details: NDArray[np.void]

    def bands(self) -> list[Band]:
        """Each account's band."""
        return [BAND_ORDER[place] for place in self.band.tolist()]

    def band_words(self) -> list[str]:
        """Each account's band as it is stored."""
        return [_WORDS[place] for place in self.band.tolist()]

    def count_lacking(self, document: HealthDocument) -> dict[str, tuple[int, int]]:
        """By measure of the document, how many are asked for it and for how many it says nothing.

        Nobody is asked for what the variant of the account does not weigh.
        """
        by_variant = np.bincount(self.details["variant"], minlength=len(document.variants))
        used = (~np.isnan(self.details["pairs"][:, :, 1])).sum(axis=0).tolist()
        asked = dict.fromkeys(document.measures(), 0)
        for count, variant in zip(by_variant.tolist(), document.variants, strict=True):
            for each in variant.measures:
                asked[each.measure] += count
        return {
            name: (asked[name], asked[name] - known)
            for name, known in zip(asked, used, strict=True)
            if asked[name]
        }

    def count_bands(self) -> dict[str, int]:
        """How many accounts each band has, by its stored word; bands without any are left out."""
        counts = np.bincount(self.band, minlength=len(_WORDS)).tolist()
        return {word: count for word, count in zip(_WORDS, counts, strict=True) if count}


def score_frame(document: HealthDocument, frame: Frame) -> Scores:
    """Score every account of the frame by the first variant whose condition holds."""
    size, names = len(frame.table), document.measures()
    score, coverage = np.full(size, np.nan), np.zeros(size)
    details = _blank_details(size, len(names))
    for number, variant, rows in _assign(document, frame.table):
        part = _score_variant(document, variant, frame, rows)
        score[rows], coverage[rows] = part.score, part.coverage
        details["variant"][rows], details["cap"][rows] = number, part.cap
        for each, values, points in zip(variant.measures, part.values, part.points, strict=True):
            place = names.index(each.measure)
            details["pairs"][rows, place, 0] = values
            details["pairs"][rows, place, 1] = points
    ids = frame.table.index.to_numpy(dtype=np.int64)
    return Scores(ids, score, _band(document.bands, score), coverage, details)


def judge_scores(document: HealthDocument, frame: Frame, scores: Scores) -> FloatArray:
    """The scores, NaN where one is red only because a source has not come.

    Asked is whether it would be red with the last values known: what is missing is no sign.
    """
    late = frame.late & set(document.columns())
    if not late:
        return scores.score
    held = {
        name: np.where(np.isnan(frame.table[name]), frame.too_old[name], frame.table[name])
        for name in sorted(late & frame.too_old.keys())
    }
    whole = score_frame(document, Frame(frame.table.assign(**held), {})).score
    edge = document.bands.red_below
    return np.where((scores.score < edge) & (whole >= edge), np.nan, scores.score)


@dataclass(frozen=True)
class _Part:
    """Scores of one variant's accounts; `values` and `points` by measure of the variant."""

    score: FloatArray
    coverage: FloatArray
    cap: NDArray[np.int64]
    values: list[FloatArray]
    points: list[FloatArray]


def _score_variant(
    document: HealthDocument, variant: Variant, frame: Frame, rows: IdArray | slice
) -> _Part:
    columns = {name: frame.table[name].to_numpy()[rows] for name in _numbers(variant)}
    marks = [_curve(each.curve, columns[each.measure]) for each in variant.measures]
    total = sum(each.weight for each in variant.measures)
    known, summed = np.zeros(len(marks[0])), np.zeros(len(marks[0]))
    for each, mark in zip(variant.measures, marks, strict=True):
        known += each.weight * ~np.isnan(mark)
        summed += each.weight * np.nan_to_num(mark)
    enough = known >= document.least_coverage * total
    uncapped = np.divide(summed, known, out=np.full(len(known), np.nan), where=enough)
    score, cap = _cap(variant, columns, uncapped)
    told = [
        _tell(each.weight, mark, document.neutral, known)
        for each, mark in zip(variant.measures, marks, strict=True)
    ]
    values = [
        _with_too_old(frame, each.measure, columns[each.measure], rows) for each in variant.measures
    ]
    return _Part(score, known / total, cap, values, told)


def _numbers(variant: Variant) -> list[str]:
    scored = [each.measure for each in variant.measures]
    return list(dict.fromkeys([*scored, *(cap.measure for cap in variant.caps)]))


def _curve(curve: tuple[tuple[float, float], ...], values: FloatArray) -> FloatArray:
    """Linear between the curve's points, flat beyond its ends; NaN stays NaN."""
    at, points = zip(*curve, strict=True)
    marks: FloatArray = np.interp(values, at, points)
    return marks


def _cap(
    variant: Variant, columns: dict[str, FloatArray], score: FloatArray
) -> tuple[FloatArray, NDArray[np.int64]]:
    """The score under the variant's caps, and which of them (from 1) lowered it last."""
    used = np.zeros(len(score), dtype=np.int64)
    for number, cap in enumerate(variant.caps, start=1):
        lowered = _is_past(cap, columns[cap.measure]) & (score > cap.score_at_most)
        score, used = np.where(lowered, cap.score_at_most, score), np.where(lowered, number, used)
    return score, used


def _is_past(cap: Cap, values: FloatArray) -> NDArray[np.bool_]:
    if cap.at_most is not None:
        return values <= cap.at_most
    assert cap.at_least is not None
    return values >= cap.at_least


def _tell(weight: float, marks: FloatArray, neutral: float, known: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        told: FloatArray = weight * (marks - neutral) / known
    return told


def _with_too_old(frame: Frame, name: str, values: FloatArray, rows: IdArray | slice) -> FloatArray:
    old = frame.too_old.get(name)
    return values if old is None else np.where(np.isnan(values), old[rows], values)


def _assign(
    document: HealthDocument, table: pd.DataFrame
) -> Iterator[tuple[int, Variant, IdArray | slice]]:
    """Each variant that has accounts, with their places."""
    left = np.ones(len(table), dtype=np.bool_)
    for number, variant in enumerate(document.variants):
        mine = left & _holds(variant.when, table)
        left &= ~mine
        if mine.all():
            yield number, variant, slice(None)
        elif mine.any():
            yield number, variant, np.flatnonzero(mine)


def _holds(when: Condition, table: pd.DataFrame) -> NDArray[np.bool_]:
    holds = np.ones(len(table), dtype=np.bool_)
    if when.usage_expected is not None:
        holds &= table["usage_expected"].to_numpy() == when.usage_expected
    for name in WORDS:
        if allowed := getattr(when, name):
            holds &= table[name].isin([each.value for each in allowed]).to_numpy()
    return holds


def _band(bands: Bands, score: FloatArray) -> NDArray[np.int64]:
    """Place in BAND_ORDER; as `Bands.band_of` says it of one score."""
    place = np.where(score < bands.red_below, 0, np.where(score >= bands.green_from, 2, 1))
    return np.where(np.isnan(score), 3, place)


def _blank_details(size: int, measures: int) -> NDArray[np.void]:
    layout = np.dtype(
        [
            ("layout", "u1"),
            ("variant", "u1"),
            ("cap", "u1"),
            ("spare", "u1"),
            ("pairs", "<f4", (measures, 2)),
        ]
    )
    details = np.zeros(size, dtype=layout)
    details["layout"] = LAYOUT
    details["pairs"] = np.nan
    return details
