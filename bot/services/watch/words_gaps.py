"""Where what is said and what is done contradict each other, for a block of accounts at once.

Refuses to tell where either side is unknown: a dead feed begins nothing and ends nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bot.core.vocabulary import Mismatch, Touch
from bot.core.words_gap import (
    CHANGE,
    CHANGE_LEFT,
    COOL_DOWN_DAYS,
    FOR_RUNS,
    LEAST_HISTORY_BUSINESS_DAYS,
    LEAST_WEIGHT,
    SLOPE,
    TONE,
    TONE_LEFT,
    WORDS_DAYS,
)
from bot.frame.remarks import HALF_LIFE
from bot.services.watch.morning import Morning
from bot.signals.seen import BoolArray, FloatArray, IntArray, Seen
from bot.store.bulk.episodes import OpenEpisode
from bot.store.bulk.words_gaps import (
    OpenGap,
    drop_gaps,
    end_gaps,
    insert_gaps,
    keep_figures,
    make_due,
    read_cooling,
    read_felt,
    read_open_gaps,
)
from bot.store.unit import Unit

COLUMNS = ("voc_recent", "voc_recent_weight", "usage_slope_6w", "usage_trend", "usage_history_bd")
_SIGNS = {Mismatch.FALLING: 1.0, Mismatch.GROWING: -1.0}


@dataclass(frozen=True)
class Both:
    """Both sides by account; NaN where use is unknown, weight 0 where nothing was said."""

    tone: FloatArray
    weight: FloatArray
    slope: FloatArray
    change: FloatArray

    @property
    def is_known(self) -> BoolArray:
        """Where the use can be told; that nothing was said is known as well."""
        known: BoolArray = ~(np.isnan(self.slope) | np.isnan(self.change))
        return known

    def holds(self, kind: Mismatch) -> BoolArray:
        """Where it begins."""
        sign = _SIGNS[kind]
        words = (self.weight >= LEAST_WEIGHT) & (sign * self.tone >= TONE)
        return words & (sign * self.slope <= -SLOPE) & (sign * self.change <= -CHANGE)

    def has_words(self, kind: Mismatch) -> BoolArray:
        """Where the words are still so, once it has begun."""
        still: BoolArray = (self.weight > 0) & (_SIGNS[kind] * self.tone >= TONE_LEFT)
        return still

    def has_use(self, kind: Mismatch) -> BoolArray:
        """Where the use is still so, once it has begun: the four weeks say when it is back."""
        still: BoolArray = _SIGNS[kind] * self.change <= -CHANGE_LEFT
        return still


def follow_gaps(unit: Unit, morning: Morning, running: Sequence[OpenEpisode]) -> None:
    """Begin, keep, make due and end those of a block."""
    ids, run_on = morning.account_ids, morning.eve.run_on
    low, high = int(ids[0]), int(ids[-1])
    both = read_both(morning.seen, ids, read_felt(unit, low, high, run_on, WORDS_DAYS))
    standing = read_open_gaps(unit, low, high)
    alerted = _list_alerted(morning, running)
    _follow(unit, morning, both, standing, alerted)
    begins = _list_beginning(unit, morning, both, alerted | {each.account_id for each in standing})
    insert_gaps(
        unit, [{"kind": kind.value, **_as_row(both, ids, at, run_on)} for kind, at in begins]
    )


def read_both(seen: Seen, ids: IntArray, felt: Sequence[tuple[int, float, int]]) -> Both:
    """The customer's words by the measure, our own people's beside them as a user's would weigh."""
    tone, weight = np.nan_to_num(seen.number(COLUMNS[0])), np.nan_to_num(seen.number(COLUMNS[1]))
    total, weight = tone * weight, weight.copy()
    places = _find_places(ids, [account_id for account_id, *_ in felt])
    for account_id, own, age in felt:
        if (at := places.get(account_id)) is not None:
            counts = 0.5 ** (age / HALF_LIFE)
            total[at] += own * counts
            weight[at] += counts
    mean = np.divide(total, weight, out=np.zeros(len(ids)), where=weight > 0)
    has_history = seen.number(COLUMNS[4]) >= LEAST_HISTORY_BUSINESS_DAYS
    slope = np.where(has_history, seen.number(COLUMNS[2]), np.nan)
    return Both(mean, weight, slope, seen.number(COLUMNS[3]))


def _list_alerted(morning: Morning, running: Sequence[OpenEpisode]) -> set[int]:
    """Accounts with an open alert, where somebody looks already; what is watched is none."""
    watched = {each.key for each in morning.eve.documents if each.is_watch}
    return {each.account_id for each in running if each.playbook not in watched}


def _follow(
    unit: Unit, morning: Morning, both: Both, standing: Sequence[OpenGap], alerted: set[int]
) -> None:
    if not standing:
        return
    eve, ids = morning.eve, morning.account_ids
    places = _find_places(ids, [gap.account_id for gap in standing])
    lasted_on, known = eve.lasted_since(FOR_RUNS), both.is_known
    sides = {kind: (both.holds(kind), both.has_words(kind), both.has_use(kind)) for kind in _SIGNS}
    kept, due, ended, dropped = [], [], [], []
    for gap in standing:
        at = places.get(gap.account_id)
        if at is None or not known[at]:
            continue
        holds, words, use = (bool(each[at]) for each in sides[Mismatch(gap.kind)])
        if not gap.is_told and not holds:
            dropped.append(gap.id)
        elif gap.is_told and not (words and use):
            ended.append((gap.id, "use" if words else "words"))
        else:
            kept.append({"id": gap.id, **_as_row(both, ids, at, eve.run_on)})
            is_news = not gap.is_due and gap.account_id not in alerted
            if is_news and _may_be_told(morning, gap, lasted_on):
                due.append(gap.id)
    keep_figures(unit, kept)
    make_due(unit, due, eve.run_on)
    end_gaps(unit, ended, eve.run_on)
    drop_gaps(unit, dropped)


def _find_places(ids: IntArray, account_ids: Sequence[int]) -> dict[int, int]:
    """Where these accounts stand in a block; those that are not in it are left out."""
    wanted = np.array(account_ids, dtype=np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    found = zip(wanted.tolist(), at.tolist(), (ids[at] == wanted).tolist(), strict=True)
    return {account_id: place for account_id, place, is_there in found if is_there}


def _may_be_told(morning: Morning, gap: OpenGap, lasted_on: date | None) -> bool:
    """What began by the start, or in the first watched night, is news to nobody."""
    quiet = morning.eve.quiet_until
    return quiet is not None and lasted_on is not None and quiet < gap.since_on <= lasted_on


def _list_beginning(
    unit: Unit, morning: Morning, both: Both, busy: set[int]
) -> list[tuple[Mismatch, int]]:
    """Where neither an alert nor another one is open. Tech touch has nobody who could ask."""
    ids, run_on = morning.account_ids, morning.eve.run_on
    single = both.is_known & ~morning.seen.is_word("touch", Touch.TECH.value)
    found = [
        (kind, int(at)) for kind in Mismatch for at in np.flatnonzero(both.holds(kind) & single)
    ]
    if not found:
        return []
    cooled_on = run_on - timedelta(days=COOL_DOWN_DAYS)
    busy = busy | read_cooling(unit, int(ids[0]), int(ids[-1]), cooled_on)
    return [(kind, at) for kind, at in found if int(ids[at]) not in busy]


def _as_row(both: Both, ids: IntArray, at: int, on: date) -> dict[str, object]:
    figures = {
        "tone": both.tone,
        "weight": both.weight,
        "slope": both.slope,
        "change": both.change,
    }
    named = {name: round(float(values[at]), 4) for name, values in figures.items()}
    return {"on": on, **named, "account_id": int(ids[at])}
