"""Files as they come, one after the other, and what stands in the tables afterwards."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from bot.services.imports import batches
from bot.store.metrics import list_metrics
from bot.store.tables import (
    Account,
    AccountAlias,
    Contract,
    ExchangeRate,
    Member,
    NpsAnswer,
    SavedMapping,
    Ticket,
    TouchedAccount,
    UsageDay,
)
from tests.imports.office import Office
from tests.usage_rows import export_usage

ACCOUNTS = (
    "顧客ID,顧客名,担当者,席数,テナントID,請求先コード\n"
    "A1,株式会社アクメ,佐藤,42,t-001,B-9001\n"
    "A2,Beta Inc.,鈴木,8,t-002,B-9002\n"
)
USAGE = (
    "テナントID,日付,ログイン数,エクスポート数\n"
    "t-001,2026-11-17,10,2\n"
    "t-001,2026-11-18,12,\n"
    "t-002,2026-11-17,0,1\n"
)


def usage_of(office: Office) -> set[tuple[str, str, date, float]]:
    refs = {one.id: one.ref for one in office.rows(Account)}
    with office.store.reading(office.workspace_id) as unit:
        rows = export_usage(unit, np.array(sorted(refs)), (date(2026, 1, 1), date(2026, 12, 31)))
        return {(refs[one], metric, on, value) for one, metric, on, value in rows}


def bring_customers(office: Office) -> None:
    office.bring_text("members.csv", "email,name,roles\nsato@x.jp,佐藤,csm\nmori@x.jp,森,lead\n")
    office.bring_text("accounts.csv", ACCOUNTS)


@pytest.mark.row("B1", "E5", "X16")
def test_the_same_files_twice_change_nothing(office: Office) -> None:
    bring_customers(office)
    office.bring_text("usage.csv", USAGE)
    before = office.dump()
    again = office.bring_text("usage.csv", USAGE)
    assert [(one.new, one.changed, one.unchanged) for one in again.counts] == [(0, 0, 3)]
    customers = office.bring_text("accounts.csv", ACCOUNTS)
    assert [(one.new, one.changed, one.unchanged) for one in customers.counts] == [(0, 0, 2)]
    assert not again.is_ready
    assert office.dump() == before


@pytest.mark.row("B1", "X17")
def test_other_ids_in_the_customer_list_are_learnt_and_link_later_files(office: Office) -> None:
    bring_customers(office)
    assert {(one.source, one.ref) for one in office.rows(AccountAlias)} == {
        *(("tenant", "t-001"), ("tenant", "t-002")),
        *(("billing", "B-9001"), ("billing", "B-9002")),
    }
    report = office.bring_text("usage.csv", USAGE)
    assert report.unlinked == ()
    assert usage_of(office) == {
        ("A1", "logins", date(2026, 11, 17), 10.0),
        ("A1", "exports", date(2026, 11, 17), 2.0),
        ("A1", "logins", date(2026, 11, 18), 12.0),
        ("A2", "logins", date(2026, 11, 17), 0.0),
        ("A2", "exports", date(2026, 11, 17), 1.0),
    }
    with office.store.reading(office.workspace_id) as unit:
        known = list_metrics(unit)
    assert (known["logins"].says_zero, known["exports"].says_zero) == (True, False)


@pytest.mark.row("E5")
def test_a_correction_overwrites_a_deletion_deletes_and_a_late_file_fills_its_days(
    office: Office,
) -> None:
    bring_customers(office)
    office.bring_text("usage.csv", USAGE)
    with office.store.writing(office.workspace_id) as unit:
        for one in unit.session.query(TouchedAccount).all():
            unit.session.delete(one)
    fix = office.bring_text(
        "usage.csv",
        "テナントID,日付,ログイン数,エクスポート数\nt-001,2026-11-17,11,削除\nt-001,2026-10-31,7,7\n",
    )
    assert [(one.new, one.changed, one.unchanged) for one in fix.counts] == [(1, 1, 0)]
    held = usage_of(office)
    assert ("A1", "logins", date(2026, 11, 17), 11.0) in held
    assert ("A1", "logins", date(2026, 10, 31), 7.0) in held
    assert ("A1", "logins", date(2026, 11, 18), 12.0) in held
    assert not {row for row in held if row[:3] == ("A1", "exports", date(2026, 11, 17))}
    counted = {(one.metric, one.used_on): one.account_count for one in office.rows(UsageDay)}
    assert counted["exports", date(2026, 11, 17)] == 1
    assert counted["logins", date(2026, 11, 17)] == 2
    touched = {one.id for one in office.rows(TouchedAccount)}
    assert touched == {office.account("A1").id}


@pytest.mark.row("B1", "X16")
def test_a_workbook_brings_an_account_and_its_contract_together(office: Office) -> None:
    path = office.write_book(
        "book.xlsx",
        {
            "契約": [
                ["顧客ID", "契約番号", "契約開始日", "契約終了日", "ARR(円・税抜)"],
                ["N1", "K1", date(2026, 4, 1), date(2027, 3, 31), 1_200_000],
            ],
            "顧客": [["顧客ID", "顧客名", "席数"], ["N1", "新しい会社", 5]],
        },
    )
    report = office.bring(path)
    assert {(one.kind, one.new) for one in report.counts} == {("accounts", 1), ("contracts", 1)}
    assert office.account("N1").arr_base == Decimal(1_200_000)
    assert [one.ref for one in office.rows(Contract)] == ["K1"]


@pytest.mark.row("B1", "X17")
def test_an_unlinked_id_waits_is_suggested_and_links_once_somebody_says_whose_it_is(
    office: Office,
) -> None:
    bring_customers(office)
    text = (
        "顧客ID,受付番号,受付日,件名\n"
        "A2,T1,2026-11-02,だめ\nアクメ商事,T2,2026-11-03,遅い\nアクメ商事,T3,2026-11-04,まだ\n"
    )
    path = office.write("tickets.csv", text)
    report = office.look(path)
    batch_id = office.receive(path, report)
    office.apply(batch_id, path, report)
    assert [one.ref for one in office.rows(Ticket)] == ["T1"]
    (unlinked,) = report.unlinked
    assert (unlinked.ref, unlinked.rows, report.unlinked_rows) == ("アクメ商事", 2, 2)
    assert unlinked.suggested[0] == (str(office.account("A1").id), "株式会社アクメ")
    with office.store.writing(office.workspace_id) as unit:
        batches.link(unit, batch_id, "アクメ商事", office.account("A1").id, "U0OPS")
    assert office.batch(batch_id).state == batches.RECEIVED
    report = office.bring(path)
    assert (report.unlinked, report.unlinked_rows) == ((), 0)
    assert {(one.ref, one.account_id) for one in office.rows(Ticket)} == {
        ("T1", office.account("A2").id),
        ("T2", office.account("A1").id),
        ("T3", office.account("A1").id),
    }


def test_a_name_two_accounts_share_links_nobody(small_office: Office) -> None:
    small_office.add_accounts("A1", "A2", name="さくら", folded="さくら")
    report = small_office.bring_text(
        "nps.csv", "顧客名,回答日,点数\nさくら,2026-11-02,9\n", kind="nps"
    )
    assert [one.ref for one in report.unlinked] == ["さくら"]
    assert small_office.rows(NpsAnswer) == []


@pytest.mark.row("B1", "X16")
def test_answers_and_columns_of_a_source_are_remembered(office: Office) -> None:
    office.add_accounts("A1")
    text = "顧客ID,契約番号,開始日,ARR\nA1,K1,2026-04-01,1200\n"
    asked = office.look(office.write("契約.csv", text))
    keys = {one.key: one.options for one in asked.questions}
    assert keys
    answers = {key: options[0] for key, options in keys.items()}
    office.bring_text("契約.csv", text, **answers)
    (saved,) = office.rows(SavedMapping)
    assert (saved.kind, saved.mapping["契約番号"]) == ("contracts", "contract_ref")
    later = office.bring_text("file.csv", text.replace("K1", "K2"))
    assert later.questions == ()
    assert {one.ref for one in office.rows(Contract)} == {"K1", "K2"}


@pytest.mark.row("B1")
def test_owners_and_leads_follow_from_the_members_file_whichever_comes_first(
    office: Office,
) -> None:
    office.bring_text("accounts.csv", ACCOUNTS)
    assert office.account("A1").owner_id is None
    report = office.bring_text(
        "members.csv",
        "email,name,roles,country,lead_email\n"
        "sato@x.jp,佐藤,csm,アメリカ,mori@x.jp\nmori@x.jp,森,lead,,\n",
    )
    assert report.unknown_owners == ("鈴木",)
    by_name = {one.name: one for one in office.rows(Member)}
    assert office.account("A1").owner_id == by_name["佐藤"].id
    assert office.account("A2").owner_id is None
    assert by_name["佐藤"].lead_id == by_name["森"].id
    assert (by_name["佐藤"].country, by_name["森"].country) == ("US", None)


@pytest.mark.row("B1")
def test_money_in_two_currencies_is_summed_by_dated_rates(office: Office) -> None:
    office.add_accounts("A1")
    office.bring_text(
        "contracts.csv",
        "account_id,contract_id,start date,end date,ARR (excl. tax),currency\n"
        "A1,K1,2026-04-01,2027-03-31,1000,USD\n"
        "A1,K2,2026-04-01,2027-03-31,50000,JPY\n"
        "A1,K3,2024-04-01,2025-03-31,99999,JPY\n",
    )
    assert office.account("A1").arr_base == Decimal(50_000)
    rates = "通貨,基準通貨,適用日,レート\nUSD,JPY,2026-10-01,140.5\nUSD,JPY,2026-11-01,152.25\n"
    report = office.bring_text("rates.csv", rates)
    assert [(one.kind, one.new) for one in report.counts] == [("rates", 2)]
    assert office.account("A1").arr_base == Decimal("202250.00")
    again = office.bring_text("rates.csv", rates.replace("152.25", "152.2501"))
    assert [(one.changed, one.unchanged) for one in again.counts] == [(1, 1)]
    assert {one.rate for one in office.rows(ExchangeRate)} == {
        Decimal("140.5"),
        Decimal("152.2501"),
    }
    refused = office.bring_text("rates.csv", "通貨,基準通貨,適用日,レート\nUSD,JPY,2026-12-01,0\n")
    assert [one.code for one in refused.refusals] == ["too_small"]


def test_a_customer_who_left_is_no_longer_active_until_they_sign_again(office: Office) -> None:
    office.add_accounts("A1", "A2")
    office.bring_text(
        "outcomes.csv",
        "account_id,ended on,result\nA1,2025-10-31,renewed\nA1,2026-10-31,churned\n"
        "A2,2026-10-31,renewed\n",
    )
    assert (office.account("A1").is_active, office.account("A2").is_active) == (False, True)
    office.bring_text(
        "contracts.csv",
        "account_id,contract_id,start date,end date,ARR (JPY excl. tax)\n"
        "A1,K9,2026-11-01,2027-10-31,100\n",
    )
    assert office.account("A1").is_active


def test_two_accounts_with_neighbouring_keys_keep_their_own_rows(office: Office) -> None:
    for at in (1, 2):
        office.add_accounts(f"A{at}", id=(1 << 61) + at)
    rows = "A1,X,2026-01-01,2026-12-31,1\nA2,X,2026-01-01,2026-12-31,2\n"
    text = f"account_id,contract_id,start date,end date,ARR (JPY excl. tax)\n{rows}"
    office.bring_text("contracts.csv", text)
    again = office.bring_text("contracts.csv", text)
    assert [(one.new, one.changed, one.unchanged) for one in again.counts] == [(0, 0, 2)]
    assert {(one.account_id - (1 << 61), one.arr_amount) for one in office.rows(Contract)} == {
        (1, Decimal(1)),
        (2, Decimal(2)),
    }


def test_a_list_taken_in_as_customers_is_taken_in_again_as_contracts(office: Office) -> None:
    """One sheet with both: what the columns meant for the first kind is no hindrance."""
    rows: list[list[object]] = [
        ["顧客ID", "顧客名", "更新日", "ARR(千円)"],
        ["A1", "アクメ", "2027-01-04", 4800],
    ]
    path = office.write_book("list.xlsx", {"一覧": rows})
    office.bring(path, kind="accounts")
    report = office.look(path, kind="contracts", tax__arr_amount="excluded")
    assert [(one.kind, one.new) for one in report.counts] == [("contracts", 1)]
    assert report.is_ready
