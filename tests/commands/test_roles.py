"""Roles and owners by hand and by user group, told to the one who asked, refused to others."""

import pytest
from sqlalchemy import select

from bot.services.imports.derive import derive
from bot.store.tables import Account, AuditEntry, Member
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import TODAY, Records
from tests.house import GUEST, KUDO, MORI, OPS, SATO, SMITH, STRANGER, House

pytestmark = pytest.mark.row("E10", "B36")


def roles_of(house: House, user: str) -> list[str]:
    with house.bot.store.reading(house.workspace.id) as unit:
        found = unit.session.scalars(select(Member).filter_by(slack_user=user)).one_or_none()
    return sorted(found.roles) if found else []


def actions(house: House) -> list[str]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def put_in_group(house: House, group: str, *users: str) -> None:
    house.sandbox.slack.world.usergroups[group].users[:] = users


def test_ops_gives_roles_by_name(any_house: House) -> None:
    told = any_house.says(OPS, "/sakidori role @新田 csm lead")
    assert told == "新田さんの役割はCSM、リードになりました。"
    assert roles_of(any_house, STRANGER) == ["csm", "lead"]
    assert "roles_given" in actions(any_house)


def test_the_direct_message_takes_the_same_words(house: House) -> None:
    house.says(OPS, "役割 @佐藤 csm ops")
    assert roles_of(house, SATO) == ["csm", "ops"]


def test_a_name_alone_shows_what_roles_somebody_has(house: House) -> None:
    assert "森さんの役割はリードです。" in house.says(OPS, "/sakidori role @森")
    assert "新田さんにはまだ役割がありません。" in house.says(OPS, "/sakidori role @新田")


def test_the_same_roles_once_more_change_nothing(house: House) -> None:
    assert "すでにそのとおり" in house.says(OPS, "/sakidori role @佐藤 csm")


def test_an_unknown_word_is_named_with_those_that_are_known(house: House) -> None:
    told = house.says(OPS, "/sakidori role @佐藤 boss")
    assert "「boss」" in told
    assert "manager" in told
    assert roles_of(house, SATO) == ["csm"]


@pytest.mark.parametrize("text", ["role csm", "owner アクメ", "second アクメ"])
def test_without_a_person_it_is_asked_whom_is_meant(house: House, text: str) -> None:
    assert "だれのこと" in house.says(OPS, f"/sakidori {text}")


def test_the_last_ops_person_stays(house: House) -> None:
    assert "運用担当がほかにいない" in house.says(OPS, "/sakidori role @大野 lead")
    house.says(OPS, "/sakidori role @森 lead ops")
    assert "リードになりました" in house.says(OPS, "/sakidori role @大野 lead")
    assert roles_of(house, OPS) == ["lead"]


def test_guests_get_no_role(house: House) -> None:
    assert "ゲスト" in house.says(OPS, "/sakidori role @客 csm")
    assert roles_of(house, GUEST) == []


@pytest.mark.parametrize("who", [SATO, MORI, KUDO])
def test_only_ops_gives_roles(house: House, who: str) -> None:
    assert "役割ではできません" in house.says(who, "/sakidori role @新田 csm")
    assert roles_of(house, STRANGER) == []


def test_groups_give_and_take_while_a_hand_gives_for_good(any_house: House) -> None:
    house = any_house
    house.says(OPS, "/sakidori role")
    assert "CSM: [@cs(CSの人) / @ops]" in house.form(OPS)
    house.submits(OPS, csm=["@cs(CSの人)"], ops=["@ops"])
    house.run_job("roles")
    assert roles_of(house, STRANGER) == ["csm"]
    assert roles_of(house, SATO) == ["csm", "ops"]
    put_in_group(house, "S0CS")
    put_in_group(house, "S0OPS")
    house.at(house.clock.now().replace(minute=30)).run_job("roles")
    assert roles_of(house, STRANGER) == []
    assert roles_of(house, SATO) == ["csm"]


def test_a_group_never_takes_the_last_ops_person(house: House) -> None:
    house.says(OPS, "/sakidori role")
    house.submits(OPS, ops=["@ops"])
    house.run_job("roles")
    house.says(SATO, "/sakidori role @大野 lead")
    assert roles_of(house, OPS) == ["lead"]
    put_in_group(house, "S0OPS")
    house.at(house.clock.now().replace(minute=30)).run_job("roles")
    assert roles_of(house, SATO) == ["csm", "ops"]


def test_a_group_slack_no_longer_knows_takes_nothing(house: House) -> None:
    house.says(OPS, "/sakidori role")
    house.submits(OPS, csm=["@cs(CSの人)"])
    house.run_job("roles")
    house.sandbox.slack.world.usergroups.pop("S0CS")
    house.at(house.clock.now().replace(minute=30)).run_job("roles")
    assert roles_of(house, STRANGER) == ["csm"]


def test_groups_may_be_given_up(house: House) -> None:
    house.says(OPS, "/sakidori role")
    house.submits(OPS, csm=["@cs(CSの人)"])
    house.run_job("roles")
    house.says(OPS, "/sakidori role")
    house.submits(OPS, csm=[])
    house.at(house.clock.now().replace(minute=30)).run_job("roles")
    assert roles_of(house, STRANGER) == []


def test_without_the_scope_the_mend_is_told(house: House) -> None:
    for token in house.sandbox.slack.world.tokens.values():
        token.scopes = frozenset(token.scopes) - {"usergroups:read"}
    house.says(OPS, "/sakidori role")
    assert "usergroups:read" in house.form(OPS)


def owners(house: House, account: Account) -> tuple[int | None, int | None]:
    with house.bot.store.reading(house.workspace.id) as unit:
        found = unit.session.get_one(Account, (house.workspace.id, account.id))
        return found.owner_id, found.second_id


def id_of(house: House, user: str) -> int:
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.session.scalars(select(Member.id).filter_by(slack_user=user)).one()


def records_of(house: House) -> Records:
    with house.bot.store.reading(house.workspace.id) as unit:
        sato = unit.session.scalars(select(Member).filter_by(slack_user=SATO)).one()
    return Records(house.bot.store, house.workspace.id, sato)


def test_a_lead_names_owner_and_second(any_house: House) -> None:
    acme = records_of(any_house).add_account("アクメ商事")
    told = any_house.says(MORI, "/sakidori owner アクメ @Smith")
    assert told == "アクメ商事の担当者をSmithさんにしました(前任:佐藤さん)。"
    told = any_house.says(MORI, "副担当 アクメ @佐藤")
    assert told == "アクメ商事の副担当を佐藤さんにしました。"
    assert owners(any_house, acme) == (id_of(any_house, SMITH), id_of(any_house, SATO))
    assert "すでに" in any_house.says(MORI, "/sakidori second アクメ @佐藤")


def test_a_newcomer_who_owns_an_account_becomes_a_csm(house: House) -> None:
    records_of(house).add_account("アクメ商事")
    house.says(OPS, "/sakidori owner アクメ @新田")
    assert roles_of(house, STRANGER) == ["csm"]


def test_what_stays_with_the_owner_before_is_said(house: House) -> None:
    records = records_of(house)
    acme = records.add_account("アクメ商事")
    told = house.says(MORI, "/sakidori owner アクメ @Smith")
    assert "のままです" not in told
    house.says(MORI, "/sakidori owner アクメ @佐藤")
    add_task(records, acme, TODAY, episode=add_episode(records, acme))
    add_task(records, acme, TODAY)
    told = house.says(MORI, "/sakidori owner アクメ @Smith")
    assert "アラート1件とタスク2件は佐藤さんのままです" in told


def test_the_form_names_owners_as_well(house: House) -> None:
    acme = records_of(house).add_account("アクメ商事")
    assert "担当者を決める" in house.says(MORI, "/sakidori second") + house.form(MORI)
    assert house.submits(MORI, account="アクメ", person=SMITH)["closed"]
    assert owners(house, acme) == (id_of(house, SATO), id_of(house, SMITH))


def test_a_csm_names_nobody(house: House) -> None:
    acme = records_of(house).add_account("アクメ商事")
    assert "役割ではできません" in house.says(SATO, "/sakidori owner アクメ @Smith")
    assert owners(house, acme)[0] == id_of(house, SATO)


def test_a_choice_by_hand_holds_until_the_file_names_another(house: House) -> None:
    acme = records_of(house).add_account("アクメ商事", owner_named="佐藤")

    def import_named(name: str) -> None:
        with house.bot.store.writing(house.workspace.id) as unit:
            unit.session.get_one(Account, (house.workspace.id, acme.id)).owner_named = name
            derive(unit, TODAY)

    house.says(MORI, "/sakidori owner アクメ @Smith")
    import_named("佐藤")
    assert owners(house, acme)[0] == id_of(house, SMITH)
    import_named("森")
    assert owners(house, acme)[0] == id_of(house, MORI)
    import_named("佐藤")
    assert owners(house, acme)[0] == id_of(house, SATO)
