"""The history files as they lie there: encodings, headers, spellings, and nothing from tomorrow."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sandbox.company.era import show_era, show_serial
from sandbox.company.money import show_amount, show_thousands
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact, known_on
from tests.company.reading import find_header, list_files, read_cells, read_kind, read_table

UNTIL = "2026-11-20"


def first_bytes(path: Path) -> bytes:
    return path.read_bytes()[:3]


def test_exports_of_the_product_have_a_byte_order_mark(company: Path) -> None:
    for name in ("usage_2025.csv", "usage_2026.csv", "contact_activity.csv", "invoices.csv"):
        assert first_bytes(company / name) == b"\xef\xbb\xbf", name


def test_contacts_are_in_cp932_and_in_nothing_else(company: Path) -> None:
    raw = (company / "contacts.csv").read_bytes()
    assert raw.decode("cp932").startswith("顧客ID,利用者ID,")
    assert "﨑山" in raw.decode("cp932")
    assert b"\r\n" in raw
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_tickets_are_separated_by_tabs(company: Path) -> None:
    top = (company / "tickets.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert top.split("\t")[:3] == ["受付番号", "顧客ID", "受付日"]


def test_nps_and_dollar_contracts_have_english_headers(company: Path) -> None:
    for name in ("nps.csv", "contracts_usd.csv"):
        assert read_cells(company / name)[0][0] == "account_id"


def test_every_file_of_the_manifest_exists_and_none_besides(
    company: Path, manifest: dict[str, Any]
) -> None:
    there = {str(path.relative_to(company)) for path in company.rglob("*") if path.is_file()}
    assert there == {each["path"] for each in manifest["files"]} | {"manifest.json"}


def test_every_kind_of_fact_comes_with_the_history(manifest: dict[str, Any]) -> None:
    kinds = {each["kind"] for each in manifest["files"] if each["path"] in manifest["import_order"]}
    assert kinds == {
        *("members", "accounts", "contacts", "contracts", "usage_daily", "contact_activity"),
        *("nps", "tickets", "invoices", "incidents", "touches", "marketing_events", "voc"),
        *("outcomes", "rates"),
    }


def test_a_dollar_is_worth_something_plausible_every_month(
    company: Path, manifest: dict[str, Any]
) -> None:
    assert manifest["import_order"][:2] == ["members.csv", "rates.csv"]
    rows = read_kind(company, manifest, "rates")
    assert {(row["通貨"], row["基準通貨"]) for row in rows} == {("USD", "JPY")}
    months = [row["適用日"] for row in rows]
    assert (months[0], months[-1], len(months)) == ("2025-05-01", "2026-11-01", 19)
    assert all(140 <= float(row["レート"]) <= 158 for row in rows)


@pytest.mark.row("X16")
def test_the_customer_list_has_title_two_header_rows_and_a_total(company: Path) -> None:
    rows = read_cells(company / "accounts.xlsx")
    assert rows[0][0] == "顧客一覧(2026年11月20日現在)"
    assert rows[2][:2] == ["顧客", None]
    assert rows[3][:3] == ["顧客ID", "顧客名", "フリガナ"]
    assert rows[-1][0] == "合計"
    at = rows[3].index("ARR(千円)")
    listed = [row[at] for row in rows[4:-1] if isinstance(row[at], int | float)]
    # The row that stands twice is the last one, and its owner does not count it twice.
    twice = [row for row in rows[4:-1] if row[0] == rows[-2][0]]
    extra = sum(row[at] for row in rows[134:-1] if isinstance(row[at], int | float))
    assert len(twice) == 2
    assert rows[-1][at] == sum(listed) - extra


def test_the_customer_list_has_merged_cells(company: Path) -> None:
    sheet = load_workbook(company / "accounts.xlsx").worksheets[0]
    merged = [str(each) for each in sheet.merged_cells.ranges]
    assert any(each.startswith("A1:") for each in merged)
    assert any(re.fullmatch(r"A3:E3", each) for each in merged)
    assert any(re.fullmatch(r"I5:I\d+", each) for each in merged)


def test_the_customer_list_says_ditto_as_people_do(company: Path) -> None:
    rows = read_cells(company / "accounts.xlsx")
    owners = Counter(row[rows[3].index("担当者")] for row in rows[4:-1])
    seconds = Counter(row[rows[3].index("副担当")] for row in rows[4:-1])
    assert owners["同上"] > 80
    assert seconds["〃"] > 10
    assert owners["-"] > 5
    assert seconds["#N/A"] > 5


def test_ditto_means_the_owner_of_the_row_above(company: Path, manifest: dict[str, Any]) -> None:
    rows = read_cells(company / "accounts.xlsx")
    at, owner = rows[3].index("担当者"), ""
    books: Counter[str] = Counter()
    for row in rows[4:134]:
        owner = owner if row[at] == "同上" else row[at]
        books[owner] += 1
    books.pop("-")
    assert sorted(books.values()) == sorted(manifest["counts"]["owners"].values())


def test_days_are_written_in_many_ways(company: Path) -> None:
    rows = read_cells(company / "accounts.xlsx")
    days = [row[rows[3].index("利用開始日")] for row in rows[4:134]]
    assert any(isinstance(day, int) for day in days)
    assert any(str(day).startswith("令和") for day in days)
    assert any(re.fullmatch(r"R\d+\.\d+\.\d+", str(day)) for day in days)
    contracts = read_table(company, {"path": "contracts.xlsx", "encoding": ""})
    assert isinstance(contracts[0]["契約開始日"], datetime)
    assert isinstance(contracts[0]["契約終了日"], int)


def test_ids_of_all_systems_stand_in_the_customer_list(
    company: Path, manifest: dict[str, Any]
) -> None:
    rows = read_cells(company / "accounts.xlsx")
    ids = {
        kind: {row[rows[3].index(header)] for row in rows[4:-1]}
        for kind, header in (
            ("tenant", "テナントID"),
            ("billing", "請求先コード"),
            ("domain", "メールドメイン"),
        )
    }
    strangers = {each["value"] for each in manifest["dirt"] if each["fate"] == "unlinked"}
    usage = {row["テナントID"] for row in read_kind(company, manifest, "usage_daily")}
    assert usage - ids["tenant"] - strangers <= {"", "テナントID"}
    invoices = {row["請求先コード"] for row in read_kind(company, manifest, "invoices")}
    assert invoices - ids["billing"] - strangers == set()
    events = {row["domain"] for row in read_kind(company, manifest, "marketing_events")}
    assert events <= ids["domain"]


def test_amounts_are_written_as_people_write_them(company: Path, manifest: dict[str, Any]) -> None:
    amounts = [row["請求金額(税込)"] for row in read_kind(company, manifest, "invoices")]
    for form in ("¥", "\uffe5", "$", "万円"):
        assert any(form in amount for amount in amounts), form


@pytest.mark.row("B1")
def test_no_history_file_knows_anything_of_tomorrow(
    company: Path, manifest: dict[str, Any]
) -> None:
    dates = {
        "usage_daily": ["日付"],
        "contact_activity": ["日付"],
        "tickets": ["受付日", "解決日"],
        "invoices": ["請求日", "入金日"],
        "touches": ["日付"],
        "nps": ["responded_on"],
        "incidents": ["発生日", "復旧日"],
        "marketing_events": ["occurred_on"],
        "outcomes": ["終了日"],
    }
    dirty = {each["value"] for each in manifest["dirt"]}
    for kind, headers in dates.items():
        rows = read_kind(company, manifest, kind)
        for header in headers:
            days = {str(row[header]).replace("/", "-") for row in rows if row[header] not in dirty}
            days.discard(header)
            assert max(days) < UNTIL, (kind, header)


def test_remarks_of_the_history_are_older_than_today(
    company: Path, manifest: dict[str, Any], plan: Plan
) -> None:
    days = [row["日付"] for row in read_kind(company, manifest, "voc")]
    assert max(days) < show_serial(plan.until)


def test_a_ticket_solved_tomorrow_is_open_today(company: Path, manifest: dict[str, Any]) -> None:
    tickets = read_kind(company, manifest, "tickets")
    for ticket in tickets:
        assert (ticket["状態"] == "解決済み") == bool(ticket["解決日"]), ticket
    assert sum(not ticket["解決日"] for ticket in tickets) >= 5


def test_rows_are_counted_in_the_manifest(company: Path, manifest: dict[str, Any]) -> None:
    for entry in list_files(manifest, "tickets"):
        assert entry["rows"] == len(read_table(company, entry))
    usage = list(list_files(manifest, "usage_daily"))
    assert [each["path"] for each in usage] == ["usage_2025.csv", "usage_2026.csv"]
    assert sum(each["rows"] for each in usage) > 55_000


def test_header_rows_are_found_below_titles(company: Path) -> None:
    rows = read_cells(company / "contracts.xlsx")
    assert find_header(rows) == 2
    assert rows[-1][0] == "合計"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ((2019, 4, 30), "2019/4/30"),
        ((2019, 5, 2), "令和元年5月2日"),
        ((2026, 12, 4), "R8.12.4"),
        ((2026, 12, 5), "2026/12/5"),
        ((2026, 12, 6), "令和8年12月6日"),
    ],
)
def test_eras(day: tuple[int, int, int], shown: str) -> None:
    assert show_era(datetime(*day).date()) == shown  # noqa: DTZ001 (a day, made from numbers)


def test_serial_numbers_are_those_of_excel(plan: Plan) -> None:
    assert show_serial(plan.until) == 46346


def test_money_forms() -> None:
    assert show_amount(1234.5, "USD") == "$1,234.50"
    assert show_amount(1201, "JPY") == "¥1,201"
    assert show_amount(1205, "JPY") == "\uffe51,205"
    assert show_amount(77_000, "JPY") == "7.7万円"
    assert show_thousands(4_800_000) == 4800
    assert show_thousands(1500) == 1.5


def test_what_has_not_happened_yet_is_blank(plan: Plan) -> None:
    first, second = plan.day(-3), plan.day(2)
    facts: list[Fact] = [{"opened": first, "solved": second}, {"opened": second, "solved": None}]
    assert known_on(facts, ("opened", "solved"), plan.until) == [{"opened": first, "solved": None}]
    assert known_on(facts, ("opened", "solved"), plan.day(2)) == facts
