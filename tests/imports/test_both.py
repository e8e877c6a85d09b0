"""One list with customers and contracts together, as many companies keep it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services.imports import batches
from bot.store.tables import Account, Contract, SavedMapping
from tests.house import OPS, OPS_ROOM, House
from tests.imports.office import Office

HEAD = "顧客名,担当,プラン,契約開始日,更新日,ARR(円・税抜)\n"
ROWS = (
    "株式会社アクメ,佐藤,Pro,2026-04-01,2027-03-31,1200000\n"
    "Beta Inc.,鈴木,Lite,2024-02-29,2027-02-28,480000\n"
)


def counts(report: object) -> dict[str, tuple[int, int, int]]:
    return {
        one.kind: (one.new, one.changed, one.unchanged)
        for one in report.counts  # type: ignore[attr-defined]
    }


@pytest.mark.row("B1", "X16")
def test_the_dry_run_promises_both_and_the_import_keeps_the_promise(office: Office) -> None:
    path = office.write("一覧.csv", HEAD + ROWS)
    promised = office.look(path)
    assert counts(promised) == {"accounts": (2, 0, 0), "contracts": (2, 0, 0)}
    assert (promised.unlinked, promised.unlinked_rows, promised.refused) == ((), 0, 0)
    assert office.rows(Account) == []
    made = office.bring(path)
    assert counts(made) == counts(promised)
    acme = office.account("株式会社アクメ")
    assert (acme.owner_named, acme.arr_base) == ("佐藤", Decimal(1_200_000))
    [contract] = [one for one in office.rows(Contract) if one.account_id == acme.id]
    assert (contract.starts_on, contract.renews_on) == (date(2026, 4, 1), date(2027, 3, 31))


@pytest.mark.row("B1", "E5", "X16")
def test_the_same_list_twice_changes_nothing(office: Office) -> None:
    office.bring_text("一覧.csv", HEAD + ROWS)
    before = office.dump()
    again = office.bring_text("一覧.csv", HEAD + ROWS)
    assert counts(again) == {"accounts": (0, 0, 2), "contracts": (0, 0, 2)}
    assert not again.is_ready
    assert office.dump() == before
    [saved] = office.rows(SavedMapping)
    assert (saved.kind, saved.mapping["担当"], saved.mapping["更新日"]) == (
        "",
        "owner",
        "renews_on",
    )


def test_customers_known_by_another_id_are_not_made_twice(office: Office) -> None:
    office.bring_text("accounts.csv", "顧客ID,顧客名,担当\nA1,株式会社アクメ,森\nA2,ベータ,森\n")
    report = office.bring_text("一覧.csv", HEAD + ROWS)
    assert counts(report) == {"accounts": (1, 1, 0), "contracts": (2, 0, 0)}
    assert {one.ref for one in office.rows(Account)} == {"A1", "A2", "Beta Inc."}
    assert office.account("A1").owner_named == "佐藤"
    again = office.bring_text("一覧.csv", HEAD + ROWS)
    assert counts(again) == {"accounts": (0, 0, 2), "contracts": (0, 0, 2)}


def test_a_row_with_a_bad_amount_brings_neither_customer_nor_contract(office: Office) -> None:
    bad = "ガンマ,佐藤,Pro,2026-04-01,2027-03-31,たくさん\n"
    report = office.bring_text("一覧.csv", HEAD + ROWS + bad)
    assert counts(report) == {"accounts": (2, 0, 0), "contracts": (2, 0, 0)}
    assert [(one.row, one.column, one.code) for one in report.refusals] == [
        (4, "ARR(円・税抜)", "money")
    ]
    assert "ガンマ" not in {one.name for one in office.rows(Account)}
    mended = office.bring_text("一覧.csv", HEAD + bad.replace("たくさん", "60000"))
    assert counts(mended) == {"accounts": (1, 0, 0), "contracts": (1, 0, 0)}


def test_a_killed_import_of_both_goes_on_with_both(office: Office) -> None:
    path = office.write("一覧.csv", HEAD + ROWS)
    report = office.look(path)
    batch_id = office.receive(path, report)
    office.bring_text("accounts.csv", "顧客名,担当\n株式会社アクメ,佐藤\n")
    office.apply(batch_id, path, report)
    assert office.batch(batch_id).state == batches.APPLIED
    assert len(office.rows(Account)) == len(office.rows(Contract)) == 2


def drop(house: House, folder: Path, text: str) -> str:
    path = folder / "一覧.csv"
    path.write_text(text, encoding="utf-8")
    house.drops(OPS, path)
    return shown(house)


def shown(house: House) -> str:
    house.rest()
    house.bot.heavy.finish()
    house.send()
    return house.reads(OPS, OPS_ROOM)[-1]


@pytest.mark.slow
@pytest.mark.row("B1", "X16")
def test_in_slack_both_are_counted_and_an_answer_is_shown_next_time_and_can_be_changed(
    house: House, tmp_path: Path
) -> None:
    # The child lives on the real day, and what it says must not lie ahead of the house's.
    house.at(datetime(2036, 11, 20, tzinfo=UTC))
    bare = HEAD.replace("(円・税抜)", "(税抜)") + ROWS
    asked = drop(house, tmp_path, bare)
    assert "列「ARR(税抜)」の金額の単位" in asked
    house.clicks(OPS, "import_answer#1", OPS_ROOM, "千円")
    report = shown(house)
    assert "• 顧客:新規 2" in report
    assert "• 契約:新規 2" in report
    assert "回答した読み方:「ARR(税抜)」の単位 = 千円" in report
    house.clicks(OPS, "取り込む", OPS_ROOM)
    shown(house)
    again = drop(house, tmp_path, bare)
    assert "前回と同じ読み方:「ARR(税抜)」の単位 = 千円" in again
    assert "顧客:新規 0/更新 0/変更なし 2" in again
    house.clicks(OPS, "import_answer#1", OPS_ROOM, "円")
    changed = shown(house)
    assert "回答した読み方:「ARR(税抜)」の単位 = 円" in changed
    assert "契約:新規 0/更新 2" in changed
    house.clicks(OPS, "取り込む", OPS_ROOM)
    shown(house)
    with house.bot.store.reading(house.workspace.id) as unit:
        amounts = set(unit.session.scalars(select(Contract.arr_amount)))
        assert amounts == {Decimal(1_200_000), Decimal(480_000)}
        assert unit.session.scalars(select(SavedMapping.answers)).one() == {
            "unit:arr_amount": "JPY"
        }
