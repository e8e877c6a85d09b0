"""Columns known only afterwards: by their name, their dates, where they are filled, what they say.

A leak makes every forecast look right and be useless; in doubt the column is refused, with its
reason, and a person may vouch for its name.
"""

import re
import unicodedata

import numpy as np

from bot.insight.auc import build_auc
from bot.insight.chance import build_share
from bot.insight.column import Column, Flags, Floats, Kind
from bot.insight.folds import draw_folds, order_levels

# No measure of a customer separates like this before the fact; what does was written after it.
PERFECT = 0.97
_SURE = 0.95
_PART = 0.3
_FEWEST = 5
_FEWEST_EVENTS = 10
_AFTERWARDS = re.compile(
    r"churn|cancel|terminat|attrit|(?:^|_)(?:left|leaving|lost|exit|offboard)|_?reason"
    r"|解約|退会|離脱|離反|失注|終了(?:日|月|理由)|理由"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BEFORE = re.compile(r"notice|deadline|予兆|risk|リスク|通知期限")

Leak = tuple[str, dict[str, object]]


def find_leak(
    column: Column,
    happened: Flags,
    outcome: str = "",
    later_than: Floats | None = None,
    known_before: bool = False,
) -> Leak | None:
    """(why, figures) of the first sign that the column was written afterwards; None without."""
    if not known_before and says_afterwards(column.name, outcome):
        return "leak_name", {"outcome": outcome}
    return (
        _by_dates(column, later_than)
        or _by_filling(column, happened)
        or _by_level(column, happened)
        or _by_separation(column, happened)
    )


def says_afterwards(name: str, outcome: str = "") -> bool:
    """Whether the name tells of the outcome itself: churn_month, 解約理由, or outcome's name in it.

    A notice deadline or a churn risk score is told before; such names pass.
    """
    plain, told = _plain(name), _plain(outcome)
    if _BEFORE.search(plain):
        return False
    return bool(_AFTERWARDS.search(plain)) or (len(told) > 3 and told in plain)


def _plain(name: str) -> str:
    parted = _CAMEL.sub("_", unicodedata.normalize("NFKC", name)).casefold()
    return re.sub(r"[\W_]+", "_", parted).strip("_")


def _by_dates(column: Column, later_than: Floats | None) -> Leak | None:
    if column.kind is not Kind.DATE or later_than is None:
        return None
    after = int((column.values > later_than).sum())
    count = int(column.known.sum())
    if after < _FEWEST or after / count <= 1 - _SURE:
        return None
    return "leak_dates", {"after": after, "count": count}


def _by_filling(column: Column, happened: Flags) -> Leak | None:
    """Filled (nearly) only where it happened, or blank (nearly) only there."""
    filled = column.known
    return _only(filled, happened, "leak_filled") or _only(~filled, happened, "leak_blank")


def _only(rows: Flags, happened: Flags, why: str) -> Leak | None:
    inside = build_share(int(happened[rows].sum()), int(rows.sum()))
    outside = build_share(int(happened[~rows].sum()), int((~rows).sum()))
    events = inside.hits + outside.hits
    if min(inside.count, outside.count) < _FEWEST or events < _FEWEST_EVENTS:
        return None
    # Elsewhere at most half as often: an outcome that nearly all have tells nothing of a column.
    telling = inside.share >= _SURE and inside.low > 0.5 and outside.high < inside.low
    if not telling or outside.share > 0.5 * inside.share or inside.hits < _PART * events:
        return None
    return why, {"hits": inside.hits, "count": inside.count, "events": events}


def _by_level(column: Column, happened: Flags) -> Leak | None:
    """A word that (nearly) always goes with the outcome, and with a large part of it."""
    if not column.levels:
        return None
    for at, level in enumerate(column.levels):
        found = _only(column.values == at, happened, "leak_level")
        if found:
            return found[0], {**found[1], "level": level}
    return None


def _by_separation(column: Column, happened: Flags) -> Leak | None:
    scores = column.values
    if column.kind is Kind.CATEGORY:
        scores = order_levels(scores, happened, draw_folds(happened))
    found = build_auc(scores, happened)
    if min(found.events, found.others) < _FEWEST_EVENTS or np.isnan(found.auc):
        return None
    if max(found.auc, 1 - found.auc) < PERFECT:
        return None
    return "leak_separates", {"auc": max(found.auc, 1 - found.auc)}
