"""Which hits began, lasted and ended in a block; only the differences are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.playbooks.matching import Match
from bot.signals.seen import BoolArray, FloatArray, IntArray
from bot.store.bulk.hits import StoredHits, drop_hits, read_hits, write_hits
from bot.store.unit import Unit

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Standing:
    """A match with its past: `lasts` where its hit is on file, `since` the day it began (1970)."""

    match: Match
    lasts: BoolArray
    since: IntArray


@dataclass(frozen=True)
class Was:
    """What was on file before the run, by place in the block."""

    hit: BoolArray
    since: IntArray
    step: IntArray
    level: FloatArray


def settle(
    unit: Unit, run_on: date, account_ids: IntArray, asked: Sequence[Sequence[Match]]
) -> list[list[Standing]]:
    """Bring the store's hits of these accounts up to the matches, which are by playbook."""
    stored = read_hits(unit, int(account_ids[0]), int(account_ids[-1]))
    changes = _Changes(run_on, account_ids, [], [])
    standings = [
        [_settle_one(changes, match, stored.get(_kind(match))) for match in matches]
        for matches in asked
    ]
    drop_hits(unit, changes.gone)
    write_hits(unit, changes.begun)
    return standings


def nothing_before(size: int) -> Was:
    """A block of which nothing is on file."""
    return Was(
        hit=np.zeros(size, dtype=np.bool_),
        since=np.zeros(size, dtype=np.int64),
        step=np.zeros(size, dtype=np.int64),
        level=np.full(size, np.nan),
    )


def go_on(match: Match, was: Was, run_on: date) -> tuple[Standing, Was]:
    """One run without a store: how the match stands, and what would be on file after it."""
    begins, ends = _begins(match, was), _ends(match, was)
    lasts = (was.hit | begins) & ~ends
    since = np.where(begins, (run_on - _EPOCH).days, was.since)
    step = was.step if match.hit.step is None else np.where(begins, match.hit.step, was.step)
    level = was.level if match.hit.level is None else np.where(begins, match.hit.level, was.level)
    return Standing(match, lasts, since), Was(lasts, since, step, level)


@dataclass(frozen=True)
class _Changes:
    """What is to be written of a block: hits that begin, as rows, and hits that end, as keys."""

    run_on: date
    account_ids: IntArray
    begun: list[tuple[int, str, str, date, int, float | None]]
    gone: list[tuple[int, str, str]]


def _settle_one(changes: _Changes, match: Match, stored: StoredHits | None) -> Standing:
    ids, kind = changes.account_ids, _kind(match)
    was = _place(ids, stored)
    begins, ends = _begins(match, was), _ends(match, was)
    for at in np.flatnonzero(begins).tolist():
        row = (int(ids[at]), *kind, changes.run_on, _step(match, at), _level(match, at))
        changes.begun.append(row)
    changes.gone.extend((int(ids[at]), *kind) for at in np.flatnonzero(ends).tolist())
    today = (changes.run_on - _EPOCH).days
    return Standing(match, (was.hit | begins) & ~ends, np.where(begins, today, was.since))


def _kind(match: Match) -> tuple[str, str]:
    return match.document.key, match.sign.key


def _begins(match: Match, was: Was) -> BoolArray:
    """New, or at another stage of the same."""
    is_new = ~was.hit
    if match.hit.step is not None:
        is_new |= match.hit.step != was.step
    return match.holds & is_new


def _ends(match: Match, was: Was) -> BoolArray:
    """Known to hold no longer; a fall moreover must have been made good."""
    ended = was.hit & match.fails
    if match.hit.now is None:
        return ended
    is_made_good: BoolArray = match.hit.now >= was.level
    return ended & (match.when.fails | is_made_good)


def _step(match: Match, at: int) -> int:
    return 0 if match.hit.step is None else int(match.hit.step[at])


def _level(match: Match, at: int) -> float | None:
    return None if match.hit.level is None else float(match.hit.level[at])


def _place(account_ids: IntArray, stored: StoredHits | None) -> Was:
    was = nothing_before(len(account_ids))
    if stored is not None:
        at = np.minimum(np.searchsorted(account_ids, stored.account_ids), len(account_ids) - 1)
        meant = account_ids[at] == stored.account_ids
        was.hit[at[meant]] = True
        was.since[at[meant]] = stored.since[meant]
        was.step[at[meant]] = stored.step[meant]
        was.level[at[meant]] = stored.level[meant]
    return was
