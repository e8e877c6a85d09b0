"""What is asked once, what is not asked at all, and how a saved mapping wins."""

from pathlib import Path

import pytest

from tests.ingest.files import codes, read_file, read_text, rows_of, write_book, write_text

BARE = "顧客ID,契約番号,終了日,金額\nA1,C1,2027/3/31,400\n"


def asked(text: str, folder: Path, **answers: str) -> list[str]:
    return [each.key for each in read_text(folder, text, "contracts", **answers).questions]


def test_unit_period_and_tax_are_asked_where_the_file_says_nothing(tmp_path: Path) -> None:
    assert asked(BARE, tmp_path) == ["unit:arr_amount", "period:arr_amount", "tax:arr_amount"]


def test_answers_settle_what_was_asked(tmp_path: Path) -> None:
    answers = {
        "unit__arr_amount": "JPY_1000",
        "period__arr_amount": "monthly",
        "tax__arr_amount": "included",
    }
    reading = read_text(tmp_path, BARE, "contracts", **answers)
    (row,) = rows_of(reading, "contracts")
    assert (reading.questions, row["arr_amount"]) == ([], "4363636")  # 400,000 × 12 ÷ 1.1


@pytest.mark.parametrize(
    ("header", "cell", "left"),
    [
        ("ARR(千円・税抜)", "480", []),
        ("ARR（万円）税抜", "480", []),
        ("MRR(円・税込)", "480", []),
        ("月額料金(税別)", "¥480", []),
        ("ARR (USD)", "480", []),
        ("年額 USD", "480", []),
        ("ARR(円)", "480", ["tax:arr_amount"]),
        ("契約金額(税抜)", "480万円", ["period:arr_amount"]),
        ("ARR", "480", ["unit:arr_amount", "tax:arr_amount"]),
        ("ARR", "$1.2K", []),
    ],
)
def test_what_a_header_or_a_cell_says_is_not_asked(
    tmp_path: Path, header: str, cell: str, left: list[str]
) -> None:
    assert asked(f"顧客ID,契約番号,終了日,{header}\nA1,C1,2027/3/31,{cell}\n", tmp_path) == left


@pytest.mark.parametrize(
    ("header", "cell", "yearly"),
    [
        ("ARR(千円・税抜)", "4,800", "4800000"),
        ("ARR（万円・税抜）", "480", "4800000"),
        ("MRR(円・税抜)", "400,000", "4800000"),
        ("月額(税込・円)", "440,000", "4800000"),
        ("ARR(百万円・税抜)", "4.8", "4800000"),
        ("ARR (k USD)", "4.8", "4800"),
    ],
)
def test_header_units_periods_and_tax_end_in_yearly_amounts_without_tax(
    tmp_path: Path, header: str, cell: str, yearly: str
) -> None:
    text = f'顧客ID,契約番号,終了日,{header}\nA1,C1,2027/3/31,"{cell}"\n'
    (row,) = rows_of(read_text(tmp_path, text, "contracts"), "contracts")
    assert row["arr_amount"] == yearly


def test_a_currency_column_says_the_unit_and_a_contradiction_is_refused(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "account id,contract id,end date,ARR,currency\nA1,C1,2027-03-31,1200,USD\n"
        "A2,C2,2027-03-31,¥1200,USD\n",
    )
    assert [question.key for question in reading.questions] == []
    assert rows_of(reading, "contracts")[0]["currency"] == "USD"
    assert codes(reading) == [(3, "currency", "currency_conflict")]


def test_the_order_of_day_and_month_is_asked_unless_another_row_shows_it(tmp_path: Path) -> None:
    head = "account_id,ticket_id,created_at,status\nA1,T1,05/01/2026,open\n"
    unsure = read_text(tmp_path, head)
    assert [question.key for question in unsure.questions] == ["day_order"]
    assert codes(unsure) == [(2, "created_at", "date_order")]
    shown = read_text(tmp_path, head + "A1,T2,25/01/2026,open\n")
    assert (shown.questions, str(rows_of(shown, "tickets")[0]["opened_on"])) == ([], "2026-01-05")
    told = read_text(tmp_path, head, day_order="mdy")
    assert str(rows_of(told, "tickets")[0]["opened_on"]) == "2026-05-01"


def test_a_file_that_shows_both_orders_is_refused_where_it_is_unclear(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "account_id,ticket_id,created_at,status\nA1,T1,25/01/2026,open\nA1,T2,01/25/2026,open\n"
        "A1,T3,05/01/2026,open\n",
    )
    assert (codes(reading), reading.questions) == ([(4, "created_at", "date_order")], [])


def test_an_unclear_kind_is_asked_and_every_row_waits(tmp_path: Path) -> None:
    text = "顧客ID,日付,内容\nA1,2026/11/1,要望を伺った\n"
    reading = read_text(tmp_path, text)
    assert [question.code for question in reading.questions] == ["kind"]
    assert reading.count("waiting") == 1
    assert len(read_text(tmp_path, text, kind="voc").tables["voc"]) == 1
    assert len(read_text(tmp_path, text, **{"kind": "voc"}).tables["voc"]) == 1


def test_one_sheet_of_several_can_be_answered_for_or_skipped(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {
            "顧客": [["顧客ID", "顧客名", "ティア"], ["A1", "アクメ", "大手"]],
            "メモ": [["顧客ID", "日付", "内容"], ["A1", "2026/11/1", "要望"]],
        },
    )
    assert [each.key for each in read_file(path).questions] == ["kind:メモ"]
    skipped = read_file(path, mapping=None, **{"kind__メモ": "skip"})
    assert (set(skipped.tables), skipped.count("skipped")) == ({"accounts"}, 1)
    assert set(read_file(path, mapping=None, **{"kind__メモ": "voc"}).tables) == {"accounts", "voc"}


def test_a_saved_mapping_wins_and_the_same_headers_have_one_fingerprint(tmp_path: Path) -> None:
    text = "コード,正式社名,ランク,席\nA1,アクメ,大手,5\n"
    path = write_text(tmp_path, text)
    mapping = {"コード": "account_ref", "正式社名": "name", "ランク": "tier", "席": ""}
    first = read_file(path, "accounts", mapping)
    (row,) = rows_of(first, "accounts")
    assert (row["account_ref"], row["tier"], "seats" in row) == ("A1", "enterprise", False)
    assert first.mapping == mapping
    later = write_text(tmp_path, "席,コード,ランク,正式社名\n1,A2,中堅,ベータ\n", "later.csv")
    assert read_file(later, "accounts", mapping).fingerprint == first.fingerprint


def test_a_mapping_to_a_field_that_is_none_is_refused(tmp_path: Path) -> None:
    path = write_text(tmp_path, "コード,社名\nA1,アクメ\n")
    with pytest.raises(KeyError, match="weather"):
        read_file(path, "accounts", {"コード": "account_ref", "社名": "weather"})


def test_near_headers_are_understood_and_far_ones_listed(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, "account id,contract id,renewal dates,signed by\nA1,C1,2027-04-01,Ito\n"
    )
    assert reading.mapping["renewal dates"] == "renews_on"
    assert reading.unmapped == ["signed by"]


def test_a_missing_column_is_named_and_the_rows_wait(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客名,スコア\nアクメ,9\n", kind="nps")
    assert [(each.row, each.code) for each in reading.refused] == [(0, "column_missing")]
    assert "回答日" in reading.refused[0].params["words_ja"]
    assert reading.count("waiting") == 1


def test_people_without_ids_name_their_accounts(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客名,回答日,点数\n株式会社アクメ,2026/10/1,9\n")
    assert rows_of(reading, "nps")[0]["account_ref"] == "株式会社アクメ"


def test_names_beside_ids_are_kept_as_hints_for_linking(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,顧客名,回答日,点数\nA1,アクメ,2026/10/1,9\n")
    assert "account_name" not in reading.tables["nps"].columns
    assert reading.refs["A1"].name == "アクメ"
