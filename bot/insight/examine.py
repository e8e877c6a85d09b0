"""From a table as people keep it to `judge`: which rows count, which column plays which part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bot.core.refusal import BadInput
from bot.insight.chance import Share, build_share
from bot.insight.column import Flags, Kind, Whole, as_words, read_column
from bot.insight.outcome import Outcome, read_outcome
from bot.insight.unfit import is_named_like_an_id
from bot.insight.validity import ERROR_RATE, Question, Validity, When, judge
from bot.insight.where import Condition, find_rows, require_columns

_MONTH = re.compile(r"^\s*\d{4}[-/.年]\d{1,2}月?\s*$")


@dataclass(frozen=True)
class Asked:
    """What a person asks of a table; names are its columns.

    `word` is the outcome's value that says it happened; `by_time` parts the rows by time, `cut` is
    the last moment that may be learnt from, as typed; rows of one `group` are one customer's.
    """

    outcome: str
    word: str | None = None
    segment: tuple[str, ...] = ()
    volume: str | None = None
    by_time: str | None = None
    cut: str | None = None
    group: str | None = None
    leave_out: tuple[str, ...] = ()
    known_before: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    error_rate: float = ERROR_RATE

    @property
    def named(self) -> list[str]:
        """Every column that was named."""
        single = [each for each in (self.volume, self.by_time, self.group) if each]
        return [self.outcome, *self.segment, *single, *self.leave_out, *self.known_before]


@dataclass(frozen=True)
class Examined:
    """`rows` of the file, `left_out` of them by reason; `base` is how often it happened."""

    asked: Asked
    validity: Validity
    outcome: Outcome
    rows: int
    left_out: dict[str, int]
    base: Share
    later: Share | None = None


def examine(table: pd.DataFrame, asked: Asked) -> Examined:
    """The verdicts on a table; raises BadInput with the column, the value and the mend."""
    require_columns(table, asked.named)
    if asked.cut is not None and asked.by_time is None:
        raise BadInput("insight_cut_without_time")
    left_out: dict[str, int] = {}
    rows = _count_out(left_out, "where", find_rows(table, asked.where), len(table))
    table = table[rows]
    outcome = read_outcome(asked.outcome, table[asked.outcome], asked.word)
    kept = _kept(table, asked, outcome, left_out)
    table, happened = table[kept], outcome.happened[kept]
    _refuse_one_side(asked, happened)
    when = _when(table, asked)
    question = Question(
        asked.outcome,
        asked.segment,
        asked.volume,
        frozenset(asked.known_before),
        asked.error_rate,
    )
    found = judge(_measures(table, asked), happened, question, when, _clusters(table, asked))
    return Examined(asked, found, outcome, len(rows), left_out, *_shares(happened, found.learn))


def _shares(happened: Flags, learn: Flags | None) -> tuple[Share, Share | None]:
    """How often it happened, up to the cut and after it."""
    if learn is None:
        return build_share(int(happened.sum()), len(happened)), None
    hits = int(happened[learn].sum()), int(happened[~learn].sum())
    return build_share(hits[0], int(learn.sum())), build_share(hits[1], int((~learn).sum()))


def _count_out(left_out: dict[str, int], why: str, kept: Flags, count: int) -> Flags:
    gone = count - int(kept.sum())
    if gone:
        left_out[why] = gone
    return kept


def _kept(table: pd.DataFrame, asked: Asked, outcome: Outcome, left_out: dict[str, int]) -> Flags:
    kept = _count_out(left_out, "blank_outcome", outcome.known, len(table))
    repeated = kept & find_repeated(table)
    kept = kept & _count_out(left_out, "repeated", ~repeated, len(table))
    if asked.by_time and asked.cut is not None:
        dated = read_column(asked.by_time, table[asked.by_time]).known
        _count_out(left_out, "blank_time", dated | ~kept, len(table))
        kept = kept & dated
    return kept


def find_repeated(table: pd.DataFrame) -> Flags:
    """Rows that say again, word for word, what one above says.

    Only where some column is named like an identifier: without one, two customers may be alike.
    """
    if not any(is_named_like_an_id(str(name)) for name in table.columns):
        return np.zeros(len(table), dtype=bool)
    return np.asarray(table.astype(object).duplicated().to_numpy(dtype=bool))


def _refuse_one_side(asked: Asked, happened: Flags) -> None:
    if happened.all() or not happened.any():
        raise BadInput("insight_outcome_one_side", column=asked.outcome, count=len(happened))


def _measures(table: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    parts = {asked.outcome, asked.by_time, asked.group, *asked.leave_out}
    names = [name for name in table.columns if str(name) not in parts]
    if not names:
        raise BadInput("insight_no_measures")
    return table[names]


def _clusters(table: pd.DataFrame, asked: Asked) -> Whole | None:
    """A number per customer; a row whose customer is blank is its own."""
    if asked.group is None:
        return None
    codes = pd.factorize(as_words(table[asked.group]))[0].astype(np.int64)
    alone = np.arange(len(codes)) + codes.max() + 1
    return np.where(codes < 0, alone, codes)


def _when(table: pd.DataFrame, asked: Asked) -> When | None:
    if asked.by_time is None:
        return None
    column = read_column(asked.by_time, table[asked.by_time])
    if column.kind not in (Kind.DATE, Kind.NUMBER):
        raise BadInput("insight_time_unordered", column=asked.by_time)
    is_date = column.kind is Kind.DATE
    cut = None if asked.cut is None else read_cut(asked.cut, is_date, asked.by_time)
    when = When(column.values, is_date, cut)
    learn = when.learn
    if learn is not None and (learn.all() or not learn.any()):
        raise BadInput("insight_cut_outside", column=asked.by_time, cut=asked.cut)
    return when


def read_cut(text: str, is_date: bool, column: str) -> float:
    """The last moment that counts as before; a month counts to its last day."""
    read = read_column(column, pd.Series([text], dtype=object))
    if (read.kind is Kind.DATE) is not is_date or read.kind not in (Kind.DATE, Kind.NUMBER):
        raise BadInput("insight_cut_unclear", column=column, cut=text)
    at = float(read.values[0])
    if is_date and _MONTH.match(text):
        first = pd.Timestamp(1970, 1, 1) + pd.Timedelta(days=at)
        at += first.days_in_month - 1
    return at


def list_named(names: Sequence[str]) -> tuple[str, ...]:
    """Names given one by one or with commas between."""
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())
