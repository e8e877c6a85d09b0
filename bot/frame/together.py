"""What all accounts together did of their usual on a day, and whether that is out of its own run.

The middle of the accounts' ratios, so that neither a big customer nor a few in trouble move it.
Refuses to judge by few accounts, by a short past, and by days that are off in a country.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IdArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

# The usual of a weekday is the mean of so many of them before, of which two must be known.
_WEEKS, _LEAST_WEEKS = 12, 2
_USUAL_WEEKS = 6
# An account that usually does less a day than this says nothing by a day.
LEAST_USE = 3.0
FEWEST_ACCOUNTS = 20
_FEWEST_OF_COUNTRY = 10
# Days judged at once, and the past that each is held against.
_JUDGED, _PAST, _LEAST_PAST = 5, 25, 10
# Logarithms. No step is one below 15 % of the usual, nor within four of the metric's own spreads.
_LEAST_STEP = 0.1625
_SPREADS = 4.0
# A slow step: five days together 10 % off, every one of them by more than a third of that.
_LEAST_SLOW = 0.1054
_LEAST_SHARE = 0.6
# A day that is off by less than this part of the step is as before.
_LEFT_OF_STEP = 1 / 3
_FLOOR = 1e-3
_TO_SIGMA = 1.4826


@dataclass(frozen=True)
class Days:
    """One metric of many accounts, [account][day].

    `counts` is 1 where a day says something: it is worked in the account's country, came whole and
    has a value. `countries` are by account.
    """

    values: FloatArray
    counts: FloatArray
    countries: IdArray


@dataclass(frozen=True)
class Step:
    """A break at place `at`: of `compared` accounts `moved` went along; `factor` of the usual."""

    at: int
    factor: float
    compared: int
    moved: int


def find_step(days: Days) -> Step | None:
    """The first of the newest days on which everybody left the usual together; None for none."""
    worked = np.flatnonzero(days.counts.any(axis=0))[-(_JUDGED + _PAST) :]
    ratios = _ratios(days, worked, weeks=_USUAL_WEEKS)
    common = _middle(ratios)
    for place in range(max(len(worked) - _JUDGED, _LEAST_PAST), len(worked)):
        step = _find_sudden(common, place)
        if step is not None and (found := _describe(days, ratios, place, step)):
            return replace(found, at=int(worked[place]))
    first = len(worked) - _JUDGED
    step = _find_slow(common, first)
    if step is not None and (found := _describe(days, ratios, first, step)):
        return replace(found, at=int(worked[first]))
    return None


def read_factors(days: Days, began: int, since: int) -> dict[int, float]:
    """By place of each worked day from `since` on: its factor to the usual before `began`."""
    worked = np.flatnonzero(days.counts.any(axis=0))
    after, past = worked[worked >= since], worked[worked < began][-_PAST:]
    usual = _middle(_ratios(days, past, weeks=_USUAL_WEEKS))
    known = usual[~np.isnan(usual)]
    centre = np.exp(np.median(known)) if len(known) else 1.0
    common = np.exp(_middle(_ratios(days, after, weeks=_WEEKS, before=began))) / centre
    return {
        int(at): float(each) for at, each in zip(after, common, strict=True) if not np.isnan(each)
    }


def is_as_before(factor: float, step: float) -> bool:
    """Whether a day with this factor no longer belongs to a step of that factor."""
    off, whole = np.log(max(factor, _FLOOR)), np.log(max(step, _FLOOR))
    return bool(off * np.sign(whole) < abs(whole) * _LEFT_OF_STEP)


@dataclass(frozen=True)
class _Past:
    """What is usual of the common part itself: its middle, and how far it strays."""

    centre: float
    spread: float


def _find_sudden(common: FloatArray, place: int) -> tuple[float, float] | None:
    """How far one day is off, and from where; None within its own spread."""
    past = _read_past(common, place)
    if past is None or np.isnan(common[place]):
        return None
    step = float(common[place]) - past.centre
    is_step = abs(step) > max(_SPREADS * past.spread, _LEAST_STEP)
    return (step, past.centre) if is_step else None


def _find_slow(common: FloatArray, first: int) -> tuple[float, float] | None:
    """The same of all days from `first` on together, which none of them is alone."""
    past = _read_past(common, first) if first >= _LEAST_PAST else None
    if past is None or np.isnan(common[first:]).any():
        return None
    off = common[first:] - past.centre
    step = float(np.median(off))
    is_lasting = bool((off * np.sign(step) > _LEAST_SLOW * _LEFT_OF_STEP).all())
    is_step = is_lasting and abs(step) > max(_SPREADS * past.spread, _LEAST_SLOW)
    return (step, past.centre) if is_step else None


def _read_past(common: FloatArray, place: int) -> _Past | None:
    past = common[max(0, place - _PAST) : place]
    past = past[~np.isnan(past)]
    if len(past) < _LEAST_PAST:
        return None
    centre = float(np.median(past))
    return _Past(centre, _TO_SIGMA * float(np.median(np.abs(past - centre))))


def _describe(
    days: Days, ratios: FloatArray, place: int, found: tuple[float, float]
) -> Step | None:
    """The step, if most accounts of every country went along with it."""
    step, centre = found
    moved = np.log(np.maximum(ratios[:, place], _FLOOR)) - centre
    known = ~np.isnan(moved)
    along = known & (moved * np.sign(step) > abs(step) / 2)
    if along.sum() < _LEAST_SHARE * known.sum() or not _hits_every_country(days, moved, step):
        return None
    return Step(place, float(np.exp(step)), int(known.sum()), int(along.sum()))


def _hits_every_country(days: Days, moved: FloatArray, step: float) -> bool:
    """A day off that no calendar knows hits one country alone."""
    for country in np.unique(days.countries):
        own = moved[days.countries == country]
        own = own[~np.isnan(own)]
        if len(own) >= _FEWEST_OF_COUNTRY and np.median(own) * np.sign(step) < abs(step) / 2:
            return False
    return True


def _middle(ratios: FloatArray) -> FloatArray:
    """By day the logarithm of the middle ratio; NaN where too few accounts can be compared."""
    enough = (~np.isnan(ratios)).sum(axis=0) >= FEWEST_ACCOUNTS
    found = np.full(ratios.shape[1], np.nan)
    if enough.any():
        found[enough] = np.log(np.maximum(np.nanmedian(ratios[:, enough], axis=0), _FLOOR))
    return found


def _ratios(days: Days, places: IdArray, *, weeks: int, before: int | None = None) -> FloatArray:
    """[account][place]: the day by the mean of its weekday in the weeks before; NaN if unknown."""
    known = np.zeros((len(days.values), len(places)))
    summed = np.zeros_like(known)
    for week in range(1, weeks + 1):
        at = places - 7 * week
        held = (at >= 0) & (at < (days.values.shape[1] if before is None else before))
        counts = days.counts[:, at[held]]
        known[:, held] += counts
        summed[:, held] += days.values[:, at[held]] * counts
    usual = np.divide(summed, known, out=np.zeros_like(summed), where=known > 0)
    enough = (known >= _LEAST_WEEKS) & (usual >= LEAST_USE) & (days.counts[:, places] > 0)
    ratio: FloatArray = np.full(known.shape, np.nan)
    return np.divide(days.values[:, places], usual, out=ratio, where=enough)
