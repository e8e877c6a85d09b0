"""Whatever is dropped: it never crashes, every row is accounted for, all of it can be said."""

import csv
import io
import random
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.ingest.fault import Fault
from bot.ingest.fields import Field, Type
from bot.ingest.parse import parse_cell
from bot.ingest.read import read
from bot.ingest.registry import list_kinds
from bot.ingest.stage import stage
from bot.ingest.values.setting import MoneyRule, Setting
from tests.ingest.files import TODAY, VOICES, check_reading

KINDS = [kind.name for kind in list_kinds()]
WORDS = sorted({word for kind in list_kinds() for field in kind.fields for word in field.words})
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        (
            *("", "-", "〃", "同上", "合計", "2026/1/5", "令和8年1月5日", "2026-13-01", "46027"),
            *("¥1,200", "1.2万", "12O", "1,20", "はい", "高", "A1", "#REF!", "=A1", "05/01/2026"),
            *('"', "'", "a@b.jp", "9" * 40, "1e308", "NaN", "0", "-1", "2026-01", "削除"),
            *("\ufffd", "\x00", "\u3000"),
        )
    ),
    st.integers().map(str),
    st.dates().map(str),
)
HEADERS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), min_size=1, max_size=8)
TABLES = st.tuples(HEADERS, st.lists(st.lists(CELLS, max_size=9), max_size=8))


def read_bytes(data: bytes, kind: str | None = None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.bin"
        path.write_bytes(data)
        reading = read(path, kind=kind, answers={}, mapping=None, today=TODAY)
        check_reading(reading)
        assert reading.tallies or reading.file_refusals
        made = stage(reading, Path(folder) / "staging")
        for name, count in made.report.facts.items():
            if name != "usage_daily":
                assert sum(len(block.rows) for block in made.blocks(name)) == count


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    read_bytes(data)


@given(
    st.sampled_from([b"PK\x03\x04", b"{", b"[", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n"]),
    st.binary(),
)
def test_any_bytes_after_a_known_beginning(head: bytes, data: bytes) -> None:
    read_bytes(head + data)


@given(st.text(max_size=400), st.sampled_from([None, *KINDS, "usage"]))
def test_any_text_as_any_kind(text: str, kind: str | None) -> None:
    read_bytes(text.encode("utf-8", "surrogatepass"), kind)


@settings(max_examples=200)
@given(TABLES, st.sampled_from([None, None, *KINDS, "usage"]), st.sampled_from(",\t;"))
def test_any_table_as_any_kind(
    table: tuple[list[str], list[list[str]]], kind: str | None, delimiter: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([table[0], *table[1]])
    read_bytes(text.getvalue().encode("utf-8", "surrogatepass"), kind)


SHEET_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
SHEET_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(width=32, allow_nan=False, allow_infinity=False),
    st.dates(date(1950, 1, 1), date(2080, 1, 1)),
    st.sampled_from(["合計", "〃", "高", "1.2万", "=A1", "2026/1/5"]),
    SHEET_TEXT,
)


@settings(max_examples=40)
@given(
    st.lists(st.one_of(st.sampled_from(WORDS), SHEET_TEXT), min_size=1, max_size=8),
    st.lists(st.lists(SHEET_CELLS, max_size=8), max_size=5),
    st.sampled_from([None, *KINDS]),
)
def test_any_workbook(headers: list[str], rows: list[list[object]], kind: str | None) -> None:
    book = Workbook()
    for row in [headers, *rows]:
        book.worksheets[0].append(tuple(row))  # type: ignore[arg-type]
    data = io.BytesIO()
    book.save(data)
    read_bytes(data.getvalue(), kind)


@pytest.mark.parametrize("seed", range(12))
def test_damaged_workbooks_are_refused_not_crashed_on(seed: int) -> None:
    book = Workbook()
    for at in range(30):
        book.worksheets[0].append(["顧客ID", "顧客名", at, TODAY])
    data = io.BytesIO()
    book.save(data)
    damaged = bytearray(data.getvalue())
    chance = random.Random(seed)
    for _ in range(1 + seed * 3):
        damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
    read_bytes(bytes(damaged))


@pytest.mark.parametrize("type_", list(Type))
@settings(max_examples=150)
@given(cell=st.one_of(st.text(max_size=20), CELLS, st.floats(), st.integers(), st.datetimes()))
def test_every_parser_gives_a_value_or_a_fault_that_can_be_said(type_: Type, cell: object) -> None:
    field = Field("tier", type_, (), choices={"mid": ("mid", "中堅")})
    setting = Setting(field, TODAY, money=MoneyRule("JPY"))
    value = parse_cell(cell, setting)
    if isinstance(value, Fault):
        assert all(VOICES[at]("ingest_report", value.code, **value.params) for at in (0, 1))
        if value.mend is not None:
            assert not isinstance(parse_cell(value.mend, setting), Fault)
