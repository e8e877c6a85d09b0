"""Every story is in the numbers, not only in its name."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from sandbox.company.account import Account
from sandbox.company.usage import METRICS, NO_ROW
from sandbox.company.workdays import is_working
from sandbox.company.world import World


def the(world: World, name: str) -> Account:
    return world.by_name[name]


def mean(world: World, name: str, first: int, last: int, metric: str = "active_users") -> float:
    """Mean of a metric over the working days between two offsets from the sample's today."""
    account, plan = the(world, name), world.plan
    days = [plan.day(each) for each in range(first, last + 1)]
    positions = [plan.position(day) for day in days if is_working(day, account.country)]
    return float(np.mean(world.usage[account.ref][positions, METRICS.index(metric)]))


def facts_of(world: World, kind: str, name: str) -> list[dict[str, Any]]:
    account = the(world, name)
    ids = {account.ref, account.tenant, account.billing, account.domain}
    return [fact for fact in world.facts[kind] if fact["account_ref"] in ids]


def running_contract(world: World, name: str) -> dict[str, Any]:
    until = world.plan.until
    held = facts_of(world, "contracts", name)
    return next(each for each in held if each["starts_on"] <= until < each["renews_on"])


@pytest.mark.row("C13")
def test_acme_falls_by_half_within_two_weeks(world: World) -> None:
    assert 21 <= mean(world, "アクメ商事", -49, -22) <= 26
    assert 7 <= mean(world, "アクメ商事", -7, -1) <= 11
    assert mean(world, "アクメ商事", -7, -1, "key_actions") < 0.6 * mean(
        world, "アクメ商事", -49, -22, "key_actions"
    )


def test_the_champion_of_acme_has_been_away_for_24_days(world: World) -> None:
    acme = the(world, "アクメ商事")
    champion = next(
        each for each in facts_of(world, "contacts", acme.name) if each["role"] == "champion"
    )
    seen = [
        fact["on"]
        for fact in world.facts["contact_activity"]
        if fact["contact_ref"] == champion["contact_ref"] and fact["on"] < world.plan.until
    ]
    assert (world.plan.until - max(seen)).days == 24


def test_acme_has_14_days_to_its_notice_deadline_and_an_old_nps(world: World) -> None:
    contract = running_contract(world, "アクメ商事")
    assert contract["notice_on"] == date(2026, 12, 4)
    assert (contract["arr_amount"], contract["seats"]) == (4_800_000, 42)
    answered = [each["responded_on"] for each in facts_of(world, "nps", "アクメ商事")]
    assert len(answered) == 1
    assert answered[0] < world.plan.day(-365)


def test_acme_recovers_before_new_year(world: World) -> None:
    assert mean(world, "アクメ商事", 34, 38) > 1.8 * mean(world, "アクメ商事", -5, 15)


def test_zeta_loses_a_fifth_of_its_key_actions_in_six_weeks(world: World) -> None:
    before = mean(world, "ゼータ工業", -70, -47, "key_actions")
    now = mean(world, "ゼータ工業", -8, -1, "key_actions")
    assert 0.66 <= now / before <= 0.84
    assert mean(world, "ゼータ工業", -8, -1) > 0.8 * mean(world, "ゼータ工業", -70, -47)


def test_eta_was_down_for_weeks_and_is_back(world: World) -> None:
    usual = mean(world, "イータ社", -180, -115)
    assert mean(world, "イータ社", -85, -48) < 0.5 * usual
    assert mean(world, "イータ社", -14, -1) > 0.88 * usual


@pytest.mark.parametrize("name", ["シータ社", "カッパ社"])
def test_theta_and_kappa_have_next_to_nothing(world: World, name: str) -> None:
    table = world.usage[the(world, name).ref][: world.plan.position(world.plan.until)]
    assert 1 <= (table[:, 0] != NO_ROW).sum() <= 3
    for kind in ("nps", "tickets", "voc", "marketing_events"):
        assert not facts_of(world, kind, name), kind
    for kind, born in (("touches", "touched_on"), ("invoices", "issued_on")):
        assert all(each[born] >= world.plan.until for each in facts_of(world, kind, name)), kind


@pytest.mark.row("C14")
def test_gamma_pays_later_every_month_and_owes_one_invoice(world: World) -> None:
    due = facts_of(world, "invoices", "ガンマ食品")
    by_day = {each["due_on"]: each for each in due}
    lags = [(by_day[day]["paid_on"] - day).days for day in (date(2026, 8, 31), date(2026, 9, 30))]
    assert lags == [12, 20]
    assert by_day[date(2026, 10, 31)]["paid_on"] > world.plan.until


def test_one_invoice_ahead_is_paid_three_weeks_late(world: World) -> None:
    late = [
        each
        for each in facts_of(world, "invoices", "オミクロン商会")
        if each["paid_on"] and each["paid_on"] > each["due_on"] + timedelta(days=10)
    ]
    assert [(each["due_on"], each["paid_on"]) for each in late] == [
        (date(2026, 11, 30), date(2026, 12, 22))
    ]


def test_lambda_stops_for_good_on_the_first_of_december(world: World) -> None:
    account, plan = the(world, "ラムダ電機"), world.plan
    stop = plan.position(date(2026, 12, 1))
    table = world.usage[account.ref]
    assert mean(world, account.name, -30, 10) > 15
    assert not table[stop:].any()
    seen = [fact["on"] for fact in facts_of(world, "contact_activity", account.name)]
    assert max(seen) < date(2026, 12, 1)


@pytest.mark.parametrize("name", ["シグマ建材", "オメガ薬品"])
def test_growing_accounts_grow(world: World, name: str) -> None:
    assert mean(world, name, -30, -1) > 1.3 * mean(world, name, -400, -350)
    assert mean(world, name, -30, -1) > 0.75 * the(world, name).seats


@pytest.mark.parametrize("name", ["パイ不動産", "ファイ法律事務所", "タウ会計", "Quarry & Holt"])
def test_accounts_without_a_feed_have_other_facts(world: World, name: str) -> None:
    account = the(world, name)
    assert not account.has_feed
    assert (world.usage[account.ref] == NO_ROW).all()
    assert not facts_of(world, "contact_activity", name)
    assert facts_of(world, "touches", name)
    assert facts_of(world, "contracts", name)


def test_nobody_has_spoken_with_mu_for_130_days(world: World) -> None:
    touched = [each["touched_on"] for each in facts_of(world, "touches", "ミュー設計")]
    assert (world.plan.until - max(touched)).days > 130
    assert not facts_of(world, "tickets", "ミュー設計")
    assert not facts_of(world, "nps", "ミュー設計")


def test_epsilon_was_asked_three_days_ago_and_has_not_answered(world: World) -> None:
    touches = facts_of(world, "touches", "イプシロン社")
    last = max(
        (each for each in touches if each["touched_on"] < world.plan.until),
        key=lambda each: each["touched_on"],
    )
    assert (last["touched_on"], last["kind"]) == (date(2026, 11, 17), "reached_out")
    assert last["initiated_by"] == "us"


@pytest.mark.row("C12")
def test_xi_asks_many_small_questions_lately(world: World) -> None:
    opened = [each["opened_on"] for each in facts_of(world, "tickets", "クシー通信")]
    lately = [day for day in opened if world.plan.day(-14) <= day < world.plan.until]
    before = [day for day in opened if world.plan.day(-70) <= day < world.plan.day(-28)]
    assert len(lately) >= 5
    assert len(before) <= 3


def test_nu_leaves_at_its_renewal(world: World) -> None:
    outcomes = facts_of(world, "outcomes", "ニュー印刷")
    assert (outcomes[-1]["result"], outcomes[-1]["ended_on"]) == ("churned", date(2026, 12, 31))
    assert outcomes[-1]["reason"]
    starts = [each["starts_on"] for each in facts_of(world, "contracts", "ニュー印刷")]
    assert max(starts) < world.plan.until
    assert mean(world, "ニュー印刷", -10, -1) < 0.5 * mean(world, "ニュー印刷", -200, -125)
    visits = [each["detail"] for each in facts_of(world, "marketing_events", "ニュー印刷")]
    assert any("解約" in detail for detail in visits)


def test_the_champion_of_upsilon_is_gone(world: World) -> None:
    contacts = facts_of(world, "contacts", "ウプシロン精機")
    assert [each["role"] for each in contacts if not each["is_active"]] == ["champion"]


def test_an_american_account_falls_too(world: World) -> None:
    name = "Quillmark Analytics"
    assert mean(world, name, -9, -1) < 0.6 * mean(world, name, -60, -25)


def test_three_accounts_share_the_stem_kazami(world: World) -> None:
    assert sum("風見" in account.name for account in world.accounts) == 3
    assert sum("アクメ" in account.name for account in world.accounts) == 1


def test_an_incident_ahead_hits_named_accounts(world: World) -> None:
    ahead = [each for each in world.facts["incidents"] if each["started_on"] > world.plan.until]
    hit = {each["account_ref"] for each in ahead if each["severity"] == "critical"}
    assert hit == {the(world, name).ref for name in ("デルタ社", "風見電機", "Brackenfield Foods")}


def test_a_story_nobody_has_is_an_error(world: World) -> None:
    assert [account.name for account in world.get_story("stops")] == ["ラムダ電機"]
    with pytest.raises(KeyError):
        world.get_story("no such story")


def test_remarks_that_threaten_to_leave_come_from_those_who_do(world: World) -> None:
    threats = ("見送る", "乗り換え", "may not renew")
    leaving = {each.ref for each in world.accounts if each.mood in {"leaving", "weak"}}
    for remark in world.facts["voc"]:
        if any(threat in remark["text"] for threat in threats):
            assert remark["account_ref"] in leaving


def test_no_remark_names_one_of_our_people(world: World) -> None:
    ours = ("佐藤", "田中", "鈴木", "髙橋", "伊藤", "中村")
    assert not [each for each in world.facts["voc"] if any(name in each["text"] for name in ours)]
