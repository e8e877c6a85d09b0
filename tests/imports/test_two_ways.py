"""A large file is read in pieces and staged; its report and the tables are those of a small one."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.import_report import ImportReport
from bot.services.imports.drops import staging_of
from bot.services.imports.reading import build_report
from bot.store.tables import Account, AccountAlias
from tests.imports.conftest import open_office
from tests.imports.office import Office
from tests.imports.usage_files import HEADER, open_in_pieces

# t-1 and A1 are one customer, さくら is known by name, a.example by its domain; X9 is nobody.
REFS = st.sampled_from(
    ["A1", "A2", "t-1", "さくら", "a.example", "X9", "アクメ", "", "合計", "Ａ２", "B7"]
)
DAYS = st.sampled_from(
    ["2026-11-01", "2026/11/2", "2026年11月19日", "2026-08-25", "2026-13-01", "", "2024-02-29"]
)
NUMBERS = st.sampled_from(["0", "7", "7.5", "1,234", "12O", "", "-", "-3", "削除", "16777217"])
NAMES = st.sampled_from(["", "", "株式会社さくら", "新しい会社", "合計"])
ROWS = st.lists(st.tuples(REFS, NAMES, DAYS, NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=30)
PLAIN = [("B7", "", f"2026-10-{day:02}", "1", "2", "3") for day in range(1, 31)]
NAMED_HEADER = HEADER.replace("account_id,", "account_id,account_name,")


@contextmanager
def opened_office(template: Path) -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = shutil.copyfile(template, folder / "office.sqlite3")
        for office in open_office(f"sqlite:///{copy}", folder):
            fill(office)
            yield office


def fill(office: Office) -> None:
    office.add_accounts("A1", "A2", "B7")
    office.add_accounts("C1", name="株式会社さくら", folded="さくら")
    office.add_accounts("C2", name="Domain", folded="domain", mail_domain="A.example")
    office.add_accounts("C3", name="アクメ商事", folded="あくめ商事")
    with office.store.writing(office.workspace_id) as unit:
        account_id = office.account("A1").id
        unit.add(AccountAlias(account_id=account_id, source="tenant", ref="t-1", known_at=unit.at))


def text_of(rows: list[tuple[str, ...]], *, has_names: bool) -> str:
    shown = [row if has_names else (row[0], *row[2:]) for row in [*PLAIN, *rows]]
    quoted = [",".join(f'"{cell}"' for cell in row) for row in shown]
    return "\n".join([NAMED_HEADER if has_names else HEADER, *quoted]) + "\n"


def bring(office: Office, text: str, *, in_pieces: bool) -> tuple[ImportReport, ImportReport]:
    path = office.write("usage.csv", text)
    opened = open_in_pieces(path, staging_of(path)) if in_pieces else office.open(path)
    report = build_report(office.store, office.workspace_id, path.name, opened)
    if not report.is_ready:
        return report, report
    done = office.apply(office.receive(path, report), path, report, opened)
    return report, done


def comparable(report: ImportReport, office: Office) -> ImportReport:
    """Account ids are drawn by chance: names stand for them."""
    refs = {str(one.id): one.ref for one in office.rows(Account)}
    named = tuple(
        replace(one, suggested=tuple(sorted((refs[at], name) for at, name in one.suggested)))
        for one in report.unlinked
    )
    return replace(report, unlinked=named)


@pytest.mark.row("B1", "E5", "X16")
@settings(max_examples=20)
@given(ROWS, ROWS, st.booleans())
def test_reports_and_tables_are_the_same_on_both_ways(
    sqlite_template: Path,
    first: list[tuple[str, ...]],
    second: list[tuple[str, ...]],
    has_names: bool,
) -> None:
    with opened_office(sqlite_template) as whole, opened_office(sqlite_template) as pieces:
        for rows in (first, second, second):
            text = text_of(rows, has_names=has_names)
            told = bring(whole, text, in_pieces=False)
            told_too = bring(pieces, text, in_pieces=True)
            for one, two in zip(told, told_too, strict=True):
                assert comparable(one, whole) == comparable(two, pieces)
            assert whole.dump() == pieces.dump()
