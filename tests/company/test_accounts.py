"""Who the customers are: counts, tiers, owners, names, ids."""

from collections import Counter
from itertools import pairwise

import pytest

from sandbox.company.accounts import build_accounts
from sandbox.company.people import list_csms, list_members
from sandbox.company.plan import Plan
from sandbox.company.world import World

ROMAN = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz &.,'")


def test_there_are_at_least_120_accounts_in_every_tier(world: World) -> None:
    tiers = Counter(account.tier for account in world.accounts)
    assert len(world.accounts) == 130
    assert min(tiers[tier] for tier in ("strategic", "enterprise", "mid", "smb")) >= 5


def test_no_two_accounts_share_a_name_or_an_id(world: World) -> None:
    for field in ("ref", "tenant", "billing", "domain", "name"):
        values = [getattr(account, field) for account in world.accounts]
        assert len(set(values)) == len(values), field


def test_names_are_japanese_and_english(world: World) -> None:
    english = [account for account in world.accounts if set(account.name) <= ROMAN]
    assert 20 <= len(english) <= 40
    assert all(account.country == "US" for account in english)
    assert all(account.kana for account in world.accounts if account.country == "JP")


def test_company_forms_come_in_several_spellings(world: World) -> None:
    forms = ("株式会社", "(株)", "㈱", "Inc.", "LLC")
    for form in forms:
        assert any(form in account.name for account in world.accounts), form


def test_every_csm_has_a_book_of_like_size(world: World) -> None:
    books = Counter(account.owner for account in world.accounts if account.owner)
    csms = list_csms("ja") + list_csms("en")
    assert len(csms) == 8
    assert set(books) == set(csms)
    assert min(books.values()) >= 10
    assert max(books.values()) <= 18


def test_accounts_are_looked_after_in_their_language(world: World) -> None:
    for account in world.accounts:
        if account.owner:
            assert account.owner in list_csms(account.language), account.name
            assert account.second != account.owner


def test_there_are_dedicated_pooled_and_unowned_accounts(world: World) -> None:
    modes = Counter(account.owner_mode for account in world.accounts)
    assert min(modes[mode] for mode in ("dedicated", "pooled", "none")) >= 5
    assert all(bool(a.owner) == (a.owner_mode == "dedicated") for a in world.accounts)


def test_all_touch_models_stages_and_habits_occur(world: World) -> None:
    assert {account.touch for account in world.accounts} == {"high", "low", "tech"}
    assert {a.stage for a in world.accounts} == {"onboarding", "adoption", "expansion"}
    assert {a.habit for a in world.accounts} == {"office", "factory", "shop", "always"}


def test_most_accounts_are_plainly_healthy(world: World) -> None:
    plain = [
        account
        for account in world.accounts
        if not account.story and account.mood in {"steady", "growing"} and account.adopt >= 0.58
    ]
    assert len(plain) >= 0.6 * len(world.accounts)


def test_some_contracts_are_in_dollars(world: World) -> None:
    currencies = Counter(account.currency for account in world.accounts)
    assert currencies["USD"] >= 15
    assert currencies["JPY"] > currencies["USD"]


def test_every_account_has_a_champion_and_a_decision_maker(world: World) -> None:
    roles: dict[str, set[str]] = {}
    for contact in world.facts["contacts"]:
        roles.setdefault(contact["account_ref"], set()).add(contact["role"])
    assert len(roles) == len(world.accounts)
    assert all({"champion", "decision_maker", "user"} <= held for held in roles.values())


def test_contacts_have_addresses_of_their_own_company(world: World) -> None:
    domains = {account.ref: account.domain for account in world.accounts}
    mails = [contact["email"] for contact in world.facts["contacts"]]
    assert len(set(mails)) == len(mails)
    for contact in world.facts["contacts"]:
        assert contact["email"].endswith(f"@{domains[contact['account_ref']]}")


def test_touches_are_by_people_who_exist(world: World) -> None:
    known = {member["name"] for member in list_members()}
    known |= {member["email"] for member in list_members()}
    assert {touch["member"] for touch in world.facts["touches"]} <= known


def test_contract_years_follow_each_other_without_gap(world: World) -> None:
    for account in world.accounts:
        terms = [c for c in world.facts["contracts"] if c["account_ref"] == account.ref]
        terms.sort(key=lambda each: each["starts_on"])
        assert terms, account.name
        for before, after in pairwise(terms):
            assert before["renews_on"] == after["starts_on"]
            assert before["ends_on"] < after["starts_on"]
            assert before["notice_on"] < before["renews_on"]


@pytest.mark.row("E4")
def test_notice_deadlines_stand_within_14_30_60_and_90_days(world: World, plan: Plan) -> None:
    ahead = [(each["notice_on"] - plan.until).days for each in world.facts["contracts"]]
    for first, last in ((0, 14), (15, 30), (31, 60), (61, 90)):
        assert sum(first <= days <= last for days in ahead) >= 2, (first, last)


def test_past_customers_left_and_others_renewed_or_grew(world: World, plan: Plan) -> None:
    past = [each for each in world.facts["outcomes"] if each["ended_on"] < plan.until]
    results = Counter(each["result"] for each in past)
    assert results["churned"] >= 5
    assert results["renewed"] >= 50
    assert results["expanded"] >= 5
    assert all(each["reason"] for each in past if each["result"] == "churned")


def test_more_names_than_the_lists_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="only 322 names home, 682 asked for"):
        build_accounts(Plan(account_count=900))
