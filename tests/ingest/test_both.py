"""One sheet with customers and their contracts: each row is both, or stays out whole."""

from pathlib import Path

import pytest

from tests.ingest.files import codes, read_file, read_text, rows_of, write_book

HEAD = "顧客名,担当,プラン,契約開始日,更新日,ARR(円・税抜)"
ROWS = (
    "アクメ,佐藤,Pro,2026-04-01,2027-03-31,1200000\nベータ,鈴木,Lite,2024-02-29,2027-02-28,480000\n"
)


def kinds_of(text: str, folder: Path) -> list[str]:
    return sorted(read_text(folder, text).tables)


def test_a_row_gives_the_customer_and_the_contract(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD}\n{ROWS}")
    assert [(row["account_ref"], row["owner"]) for row in rows_of(reading, "accounts")] == [
        ("アクメ", "佐藤"),
        ("ベータ", "鈴木"),
    ]
    contracts = rows_of(reading, "contracts")
    assert [(row["account_ref"], row["arr_amount"]) for row in contracts] == [
        ("アクメ", "1200000"),
        ("ベータ", "480000"),
    ]
    assert all(str(row["contract_ref"]).startswith("made-") for row in contracts)
    assert (reading.count("rows"), reading.count("parsed")) == (2, 2)
    assert (reading.unmapped, [note.code for note in reading.notes]) == (["プラン"], ["sheet_both"])


def test_a_row_bad_for_either_half_stays_out_of_both(tmp_path: Path) -> None:
    text = (
        f"{HEAD},区分\n".replace("区分", "ティア")
        + "アクメ,佐藤,Pro,2026-04-01,2027-02-30,1200000,大手\n"
        + "ベータ,鈴木,Lite,2026-04-01,2027-03-31,480000,でかい\n"
        + "ガンマ,高橋,Lite,2026-04-01,2027-03-31,360000,中堅\n"
    )
    reading = read_text(tmp_path, text)
    assert [(row, code) for row, _, code in codes(reading)] == [(2, "date"), (3, "choice")]
    for kind in ("accounts", "contracts"):
        assert [row["account_ref"] for row in rows_of(reading, kind)] == ["ガンマ"]


def test_a_customer_with_two_contracts_is_one_customer(tmp_path: Path) -> None:
    more = "アクメ,佐藤,Option,2026-10-01,2026-12-31,60000\n"
    reading = read_text(tmp_path, f"{HEAD}\n{ROWS}{more}")
    assert len(rows_of(reading, "accounts")) == 2
    assert len(rows_of(reading, "contracts")) == 3
    assert reading.refused == []


def test_a_customer_without_a_contract_yet_is_a_customer(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD}\n{ROWS}トライアル社,佐藤,,,,\n")
    assert [row["account_ref"] for row in rows_of(reading, "accounts")][-1] == "トライアル社"
    assert len(rows_of(reading, "contracts")) == 2
    assert (reading.refused, reading.count("parsed")) == ([], 3)


def test_two_owners_for_one_customer_contradict_each_other(tmp_path: Path) -> None:
    more = "アクメ,別人,Option,2026-10-01,2026-12-31,60000\n"
    reading = read_text(tmp_path, f"{HEAD}\n{ROWS}{more}")
    assert codes(reading) == [(2, "", "contradiction"), (4, "", "contradiction")]
    assert [row["account_ref"] for row in rows_of(reading, "contracts")] == ["ベータ"]


def test_a_repeated_row_counts_once_and_a_missing_name_is_said_once(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD}\n{ROWS}{ROWS},佐藤,Pro,2026-04-01,2027-03-31,1\n")
    assert reading.count("duplicates") == 2
    assert [(row, code) for row, _, code in codes(reading)] == [(6, "missing")]


@pytest.mark.parametrize(
    "text",
    [
        "顧客ID,顧客名,契約番号,契約終了日,席数,ARR(円・税抜)\nN1,あ,K1,2027-03-31,5,1200\n",
        "account_id,contract_id,end date,ARR (JPY excl. tax),owner\nA1,K1,2027-03-31,100,Sato\n",
    ],
    ids=["nothing only a customer has", "no name"],
)
def test_a_ledger_of_contracts_stays_one(tmp_path: Path, text: str) -> None:
    assert kinds_of(text, tmp_path) == ["contracts"]


def test_a_list_of_customers_with_their_start_stays_one(tmp_path: Path) -> None:
    text = "顧客ID,顧客名,担当,席数,契約開始日\nA1,アクメ,佐藤,5,2026-04-01\n"
    assert kinds_of(text, tmp_path) == ["accounts"]


def test_a_list_of_customers_with_what_they_pay_stays_one(tmp_path: Path) -> None:
    text = "顧客ID,顧客名,担当,契約開始日,ARR(円・税抜)\nA1,アクメ,佐藤,2026-04-01,1200\n"
    assert "accounts" in read_text(tmp_path, text, "accounts").tables
    assert "sheet_both" not in {note.code for note in read_text(tmp_path, text).notes}


def test_beside_a_sheet_of_customers_the_sheet_of_contracts_is_of_contracts_alone(
    tmp_path: Path,
) -> None:
    head = HEAD.split(",")
    rows = [line.split(",") for line in ROWS.splitlines()]
    book = write_book(
        tmp_path,
        {"顧客": [["顧客名", "ティア", "担当"], ["アクメ", "大手", "佐藤"]], "契約": [head, *rows]},
    )
    reading = read_file(book)
    assert len(rows_of(reading, "accounts")) == 1
    assert len(rows_of(reading, "contracts")) == 2
    assert reading.file_refusals == []


def test_two_regions_of_both_are_both(tmp_path: Path) -> None:
    head = HEAD.split(",")
    east, west = (line.split(",") for line in ROWS.splitlines())
    book = write_book(
        tmp_path,
        {
            "東日本": [head, east],
            "西日本": [head, west, east],
            "凡例": [["記号", "意味"], ["A", "b"]],
        },
    )
    reading = read_file(book)
    assert len(rows_of(reading, "accounts")) == len(rows_of(reading, "contracts")) == 2
    assert {note.code for note in reading.notes} >= {"sheet_both", "sheets_repeat"}


def test_who_says_the_kind_is_believed(tmp_path: Path) -> None:
    for kind in ("accounts", "contracts"):
        assert list(read_text(tmp_path, f"{HEAD}\n{ROWS}", kind).tables) == [kind]


def test_the_saved_columns_of_a_sheet_of_both_are_read_again(tmp_path: Path) -> None:
    text = f"{HEAD}\n{ROWS}".replace("更新日", "更新の日").replace("担当", "だれ")
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    saved = {"顧客名": "account_name", "だれ": "owner", "更新の日": "renews_on", "プラン": ""}
    reading = read_file(path, None, saved)
    assert rows_of(reading, "accounts")[0]["owner"] == "佐藤"
    assert str(rows_of(reading, "contracts")[0]["renews_on"])[:10] == "2027-03-31"
