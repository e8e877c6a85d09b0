"""A usage file read in pieces says exactly what it says when read whole, whatever its cells."""

import csv
import io
import math
import tempfile
from datetime import timedelta
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.bulk.plan import find_plan
from bot.ingest.read import read, read_book
from bot.ingest.reading import Reading
from bot.ingest.request import Request
from bot.ingest.sources.delimited import read_delimited
from bot.ingest.stage import stage
from bot.ingest.staged import Staged
from tests.ingest.files import TODAY

REFS = st.sampled_from(["A1", "A2", "Ａ３", "", "合計", "A4 ", "-"])
DAYS = st.sampled_from(
    ["2026-11-01", "2026/11/1", "2026年11月2日", "20261103", "2026-13-01", "", "明日", "2026-12-31"]
)
NUMBERS = st.sampled_from(
    ["0", "7", "7.5", "1,234", "12O", "", "-", "-3", "inf", "削除", "16777217"]
)
WIDE = st.lists(st.tuples(REFS, DAYS, NUMBERS, NUMBERS), min_size=1, max_size=25)
LONG = st.lists(
    st.tuples(REFS, st.sampled_from(["logins", "ログイン数", "exports", ""]), DAYS, NUMBERS),
    min_size=1,
    max_size=25,
)
# Enough plain rows that the head shows what the file is.
PLAIN_WIDE = [(f"K{at}", "2026-11-05", "1", "2") for at in range(40)]
PLAIN_LONG = [(f"K{at}", "logins", "2026-11-05", "1") for at in range(40)]


def file_of(folder: Path, header: list[str], rows: list[tuple[str, ...]]) -> Path:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    path = folder / "usage.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def in_pieces(path: Path) -> Reading:
    request = Request("usage", None, {}, {}, TODAY)
    head = path.read_bytes()
    book = read_delimited(head)
    seen = read_book(book, request)
    plan = find_plan(path, head, book.grids[0], seen, request)
    assert plan is not None
    return Reading(bulk=plan)


def facts(made: Staged) -> dict[tuple[str, str, str], float]:
    held = {}
    for block in made.usage_blocks():
        said = ~np.isnan(block.values)
        gone = block.deleted if block.deleted is not None else np.zeros_like(said)
        for account, metric, day in np.argwhere(said | gone):
            on = block.first_on + timedelta(days=int(day))
            value = float(block.values[account, metric, day])
            key = (block.account_refs[account], block.metrics[metric], on.isoformat())
            held[key] = -1.0 if math.isnan(value) else value
    return held


def check_agreement(header: list[str], rows: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = file_of(folder, header, rows)
        whole = read(path, kind=None, answers={}, mapping=None, today=TODAY)
        one, two = stage(whole, folder / "whole"), stage(in_pieces(path), folder / "pieces")
        assert facts(one) == facts(two)
        for count in ("rows", "refused", "totals", "blank", "parsed", "duplicates"):
            assert one.report.count(count) == two.report.count(count), count
        told = [
            {
                (row.row, each.column, each.code)
                for row in made.refused_rows()
                for each in row.refusals
            }
            for made in (one, two)
        ]
        assert told[0] == told[1]


@settings(max_examples=150)
@given(WIDE)
def test_wide_files(rows: list[tuple[str, ...]]) -> None:
    check_agreement(["account_id", "date", "logins", "exports"], [*PLAIN_WIDE, *rows])


@settings(max_examples=150)
@given(LONG)
def test_long_files(rows: list[tuple[str, ...]]) -> None:
    check_agreement(["account_id", "metric", "date", "value"], [*PLAIN_LONG, *rows])
