"""A list of customers with their contracts and a ledger with numbers: each contract counts once."""

from decimal import Decimal

import pytest

from bot.store.tables import Contract
from tests.imports.office import Office

LIST = "顧客ID,顧客名,担当,契約開始日,更新日,ARR(円・税抜)\n"
LEDGER = "顧客ID,契約番号,契約開始日,契約終了日,ARR(円・税抜)\n"
ACME = "A1,アクメ,佐藤,2026-04-01,2027-03-31,1200000\n"
BETA = "A2,ベータ,森,2024-03-01,2027-03-01,480000\n"
# Whoever renews on 1 March ends on the last day of February.
NUMBERS = "A1,K-001,2026-04-01,2027-03-31,1200000\nA2,K-002,2024-03-01,2027-02-28,480000\n"

FILES = {"list": ("一覧.csv", LIST + ACME + BETA), "ledger": ("契約台帳.csv", LEDGER + NUMBERS)}


def bring(office: Office, which: str) -> tuple[int, int, int]:
    report = office.bring_text(*FILES[which])
    [found] = [one for one in report.counts if one.kind == "contracts"]
    return found.new, found.changed, found.unchanged


def refs(office: Office) -> set[str]:
    return {one.ref for one in office.rows(Contract)}


def revenue(office: Office) -> list[Decimal | None]:
    return [office.account(ref).arr_base for ref in ("A1", "A2")]


@pytest.mark.row("B1", "E5", "X16")
@pytest.mark.parametrize("order", [("list", "ledger"), ("ledger", "list")])
def test_list_and_ledger_in_either_order_make_each_contract_once(
    office: Office, order: tuple[str, str]
) -> None:
    office.add_accounts("A1", "A2")
    first, second = order
    assert bring(office, first) == (2, 0, 0)
    promised = office.look(office.write(*FILES[second]))
    assert bring(office, second) == (0, 2, 0)
    assert {one.kind: one.new for one in promised.counts}["contracts"] == 0
    assert refs(office) == {"K-001", "K-002"}
    assert revenue(office) == [Decimal(1_200_000), Decimal(480_000)]
    for again in (second, second):
        assert bring(office, again) == (0, 0, 2)
    assert refs(office) == {"K-001", "K-002"}


def test_list_ledger_list_and_ledger_again_are_still_two_contracts(office: Office) -> None:
    office.add_accounts("A1", "A2")
    for which in ("list", "ledger", "list", "ledger", "list"):
        bring(office, which)
    assert refs(office) == {"K-001", "K-002"}
    assert revenue(office) == [Decimal(1_200_000), Decimal(480_000)]


def test_another_day_or_another_customer_is_another_contract(office: Office) -> None:
    office.add_accounts("A1", "A2")
    bring(office, "list")
    other = "A1,K-009,2027-04-01,2028-03-31,900000\nA2,K-010,2026-04-01,2027-03-31,1\n"
    report = office.bring_text("契約台帳.csv", LEDGER + other)
    assert report.counts[0].new == 2
    assert len(refs(office)) == 4


def test_a_sum_of_two_numbered_contracts_is_not_added_to_them(office: Office) -> None:
    office.add_accounts("A1")
    two = "A1,K-1,2026-04-01,2027-03-31,700000\nA1,K-2,2026-04-01,2027-03-31,500000\n"
    office.bring_text("契約台帳.csv", LEDGER + two)
    office.bring_text("一覧.csv", LIST + ACME)
    assert refs(office) == {"K-1", "K-2"}
    assert office.account("A1").arr_base == Decimal(1_200_000)


def test_the_sum_gives_way_when_the_two_come_later(office: Office) -> None:
    office.bring_text("一覧.csv", LIST + ACME)
    two = "A1,K-1,2026-04-01,2027-03-31,700000\nA1,K-2,2026-04-01,2027-03-31,500000\n"
    office.bring_text("契約台帳.csv", LEDGER + two)
    assert refs(office) == {"K-1", "K-2"}
    assert office.account("A1").arr_base == Decimal(1_200_000)


def test_two_rows_of_one_numbered_contract_leave_the_ledger_as_it_is(office: Office) -> None:
    office.add_accounts("A1")
    office.bring_text("契約台帳.csv", LEDGER + "A1,K-1,2026-04-01,2027-03-31,1200000\n")
    parts = (
        "A1,アクメ,佐藤,2026-04-01,2027-03-31,700000\nA1,アクメ,佐藤,2026-10-01,2027-03-31,500000\n"
    )
    office.bring_text("一覧.csv", LIST + parts)
    assert office.account("A1").arr_base == Decimal(1_200_000)


def test_rows_of_one_ledger_are_contracts_of_their_own_with_and_without_a_number(
    office: Office,
) -> None:
    office.add_accounts("A1")
    both = "A1,K-1,2026-04-01,2027-03-31,700000\nA1,,2026-06-01,2027-03-31,500000\n"
    for expected in ((2, 0, 0), (0, 0, 2)):
        report = office.bring_text("契約台帳.csv", LEDGER + both)
        counts = report.counts[0]
        assert (counts.new, counts.changed, counts.unchanged) == expected
    assert office.account("A1").arr_base == Decimal(1_200_000)
