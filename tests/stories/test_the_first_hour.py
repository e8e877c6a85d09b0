"""The first hour: from untidy files to the start, over each way in and in each language."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Role, Touch
from bot.services.cadence import read_contact_days
from bot.services.setup.progress import read_progress
from bot.store.tables import (
    Member,
    Metric,
)
from tests.commands.records import TODAY, Records
from tests.house import (
    CS,
    GUEST,
    MORI,
    OPS,
    SATO,
    SHARED,
    SMITH,
    STRANGER,
    WITH_GUEST,
    House,
)
from tests.stories.first_hour import (
    audited,
    bands,
    begin,
    change,
    field_of,
    furnish,
    models,
    open_setup,
    owner_of,
    walk_to,
    workspace_of,
)

pytestmark = pytest.mark.row("C6", "D14", "B36", "E8", "E10")


@pytest.fixture
def small(house: House) -> Records:
    """The same in one language and one way in, for what does not depend on them."""
    return furnish(house, "ja")


@pytest.fixture(params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def town(any_house: House, language: str) -> Records:
    """Twelve scored accounts; some owners are names in a file, one is a leaver, one is doubled."""
    return furnish(any_house, language)


def test_from_the_data_to_the_start(any_house: House, town: Records, language: str) -> None:
    house = any_house
    change(house, "顧客00社", owner_id=None, owner_named="やまだ たろう")
    form = open_setup(house)
    assert "*1/6*" in form
    assert {"ja": "顧客", "en": "*accounts* 12"}[language] in form
    house.submits(OPS)
    assert "やまだ たろう" in house.form(OPS)
    house.submits(OPS, **{field_of(house, OPS, "named_"): STRANGER})
    assert owner_of(house, "顧客00社") == STRANGER
    house.submits(OPS, **{field_of(house, OPS, "channel_"): CS})
    assert {"ja": "公開チャンネル", "en": "Public"}[language] in house.form(OPS)
    house.submits(OPS)
    house.submits(OPS, red_below="45", green_from="65")
    assert {"ja": "開始する", "en": "Start"}[language] in house.form(OPS)
    assert workspace_of(house).started_on is None
    house.submits(OPS)
    house.send()
    assert workspace_of(house).started_on == TODAY
    told = house.reads(OPS)[-1]
    assert {"ja": "この", "en": "Start with these"}[language] in told
    assert any("テスト投稿" in each for each in house.reads(SATO, CS))


def test_it_goes_on_where_it_was_left_after_a_restart(house: House, small: Records) -> None:
    walk_to(house, 3)
    house.visitor.closes(OPS)
    house.at(house.clock.now() + timedelta(days=3))
    assert "*3/6*" in open_setup(house)
    assert read_progress(workspace_of(house)).step == "channels"
    assert "setup_step" in audited(house)


def test_one_may_go_back(house: House, small: Records) -> None:
    walk_to(house, 3)
    assert "*2/6*" in house.clicks_form(OPS, "戻る")
    house.visitor.closes(OPS)
    assert "*2/6*" in open_setup(house)


def test_the_home_leads_there_until_it_is_started(house: House, small: Records) -> None:
    assert "はじめの設定" in house.opens_home(OPS)
    assert "はじめの設定" not in house.opens_home(SATO)
    house.clicks_home(OPS, "setup")
    assert "*1/6*" in house.form(OPS)
    house.visitor.closes(OPS)
    begin(house)
    assert "はじめの設定" not in house.opens_home(OPS)


def test_the_word_in_the_direct_message_offers_the_form(house: House) -> None:
    house.says(OPS, "初期設定")
    house.clicks(OPS, "setup")
    assert "まだデータがありません" in house.form(OPS)


@pytest.mark.parametrize("user", [SATO, MORI])
def test_others_are_refused(house: House, user: str) -> None:
    house.says(user, "/sakidori setup")
    assert "役割ではできません" in house.form(user)
    assert workspace_of(house).settings.get("setup") is None


@pytest.mark.parametrize(
    ("channel", "why"), [(SHARED, "社外の方"), (WITH_GUEST, "ゲスト"), ("C0EMPTY", "/invite")]
)
def test_a_channel_where_strangers_read_is_refused(
    house: House, small: Records, channel: str, why: str
) -> None:
    spec = house.sandbox.slack.world
    spec.channels["C0EMPTY"] = type(spec.channels[CS])(id="C0EMPTY", name="empty", members=[SATO])
    walk_to(house, 3)
    field = field_of(house, OPS, "channel_")
    assert why in house.submits(OPS, **{field: channel})["errors"][field]
    assert read_progress(workspace_of(house)).step == "channels"


def test_a_place_may_be_given_back(house: House, small: Records) -> None:
    for channel in (CS, None):
        walk_to(house, 3) if channel else house.clicks_form(OPS, "戻る")
        house.submits(OPS, **{field_of(house, OPS, "channel_"): channel})
        with house.bot.store.reading(house.workspace.id) as unit:
            members = unit.session.scalars(select(Member.digest_channel)).all()
        assert (CS in members) is (channel is not None)
    house.send()
    assert sum("テスト投稿" in each for each in house.reads(SATO, CS)) == 1


def test_a_member_slack_does_not_know_is_picked(house: House, small: Records) -> None:
    yamada = small.hire("山田", Role.CSM, slack_user=None, email="yamada@old.example")
    small.add_account("山田社", yamada)
    walk_to(house, 2)
    assert "yamada@old.example" in house.form(OPS)
    house.submits(OPS, **{field_of(house, OPS, "unlinked_"): STRANGER})
    assert owner_of(house, "山田社") == STRANGER


def test_a_member_who_is_another_already_becomes_that_one(house: House, small: Records) -> None:
    doubled = small.hire("Satoh", Role.LEAD, slack_user=None, email="satoh@old.example")
    small.add_account("二重社", doubled)
    walk_to(house, 2)
    house.submits(OPS, **{field_of(house, OPS, "unlinked_"): SATO})
    assert owner_of(house, "二重社") == SATO
    with house.bot.store.reading(house.workspace.id) as unit:
        members = unit.session.scalars(select(Member).order_by(Member.id)).all()
        sato = next(one for one in members if one.slack_user == SATO)
        assert sato.roles == ["csm", "lead"]
        assert not next(one for one in members if one.id == doubled.id).is_active


def test_doubles_are_joined_when_ops_says_so(house: House, small: Records) -> None:
    doubled = small.hire("佐藤", Role.CSM, slack_user=None, email="mi.sato@old.example")
    small.add_account("二重社", doubled)
    walk_to(house, 2)
    assert "重複" in house.form(OPS)
    house.submits(OPS, **{field_of(house, OPS, "double_"): ["join"]})
    assert owner_of(house, "二重社") == SATO
    assert "members_joined" in audited(house)


def test_who_has_left_hands_the_accounts_over(house: House, small: Records) -> None:
    gone = small.hire("新田", Role.CSM, slack_user=STRANGER)
    small.add_account("引継社", gone, owner_named="新田")
    house.sandbox.slack.world.users[STRANGER].deleted = True
    walk_to(house, 2)
    assert "引き継ぐ方" in house.form(OPS)
    house.submits(OPS, **{field_of(house, OPS, "left_"): SMITH})
    assert owner_of(house, "引継社") == SMITH
    assert "member_left" in audited(house)


def test_guests_own_no_accounts(house: House, small: Records) -> None:
    change(house, "顧客00社", owner_id=None, owner_named="客")
    walk_to(house, 2)
    field = field_of(house, OPS, "named_")
    assert "ゲスト" in house.submits(OPS, **{field: GUEST})["errors"][field]
    assert owner_of(house, "顧客00社") is None


def test_more_names_than_fit_come_on_the_next_page(house: House, small: Records) -> None:
    for number in range(10):
        change(house, f"顧客{number:02}社", owner_id=None, owner_named=f"名前{number:02}")
    walk_to(house, 2)
    assert "ほか2件" in house.form(OPS)
    house.submits(OPS, **{field_of(house, OPS, "named_"): SATO})
    form = house.form(OPS)
    assert "*2/6*" in form
    assert "名前08" in form
    assert "名前01" not in form
    house.submits(OPS)
    assert "*3/6*" in house.form(OPS)


def give_usage(house: House, used: dict[str, int]) -> None:
    with house.bot.store.writing(house.workspace.id) as unit:
        for name in used:
            unit.add(Metric(name=name, kind="additive", is_key=name == "logins", known_at=unit.at))
        kept = {"on": "2026-11-19", "accounts": 12, "by_metric": used}
        unit.workspace.settings = {**unit.workspace.settings, "metric_use": kept}


def test_one_to_five_key_features_are_chosen(house: House, small: Records) -> None:
    give_usage(house, {f"feature_{n}": n for n in range(6)} | {"logins": 12})
    form = walk_to(house, 4)
    assert "feature_3 25%(3/12社)" in form
    names = [f"feature_{n}" for n in range(6)]
    assert house.submits(OPS, features=[])["errors"]
    assert house.submits(OPS, features=names[1:3])["updated"]
    with house.bot.store.reading(house.workspace.id) as unit:
        keys = unit.session.scalars(select(Metric.name).filter_by(is_key=True)).all()
    assert sorted(keys) == names[1:3]
    assert "key_features_chosen" in audited(house)
    house.bot.heavy.finish()


def test_the_preview_shows_who_would_land_where_and_keeps_nothing(
    house: House, small: Records
) -> None:
    form = walk_to(house, 5)
    assert "🔴 高リスク 2社 300万円" in form
    form = house.clicks_form(OPS, "振り分けを見る", red_below="60", green_from="90")
    assert "🔴 高リスク 4社 1,000万円" in form
    assert "🟢 良好 2社 2,300万円" in form
    form = house.clicks_form(OPS, "setup_preview", red_below="90", green_from="60")
    assert "高リスクの点数より大きい数" in form
    assert models(house) == [(1, "active")]
    assert bands(house)[:3] == ["red", "red", "yellow"]


def test_thresholds_make_a_version_and_sort_today_anew(house: House, small: Records) -> None:
    walk_to(house, 5)
    house.submits(OPS, red_below="60", green_from="９０")
    assert models(house) == [(1, "retired"), (2, "active")]
    assert bands(house) == ["red"] * 4 + ["yellow"] * 6 + ["green"] * 2
    assert "🔴 高リスク 4社" in house.form(OPS)
    house.clicks_form(OPS, "戻る")
    house.submits(OPS)
    assert models(house) == [(1, "retired"), (2, "active")]


@pytest.mark.row("A5")
def test_the_cadence_of_follow_ups_is_kept_beside_them_and_refused_by_field(
    house: House, small: Records
) -> None:
    walk_to(house, 5)
    refused = house.submits(OPS, cadence_high="毎週", cadence_low="0")["errors"]
    assert sorted(refused) == ["cadence_high", "cadence_low"]
    house.submits(OPS, cadence_high="２１", cadence_low="")
    with house.bot.store.reading(house.workspace.id) as unit:
        assert read_contact_days(unit.workspace) == {Touch.HIGH: 21}
    assert audited(house).count("contact_days_chosen") == 1
    house.clicks_form(OPS, "戻る")
    house.submits(OPS)
    with house.bot.store.reading(house.workspace.id) as unit:
        assert read_contact_days(unit.workspace) == {Touch.HIGH: 21}


@pytest.mark.parametrize(
    ("red", "green", "field"),
    [("abc", "70", "red_below"), ("0", "70", "red_below"), ("70", "60", "green_from")],
)
def test_thresholds_that_cannot_be_are_refused_by_field(
    house: House, small: Records, red: str, green: str, field: str
) -> None:
    walk_to(house, 5)
    assert field in house.submits(OPS, red_below=red, green_from=green)["errors"]
    assert models(house) == [(1, "active")]
