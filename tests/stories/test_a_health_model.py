"""CS Ops changes the health model: drafted, simulated, refused to oneself, approved by another."""

from pathlib import Path

import pytest

from bot.health.edits import with_bands
from bot.health.model import load_default, read_document
from bot.health.yaml_text import write_yaml
from bot.services.models.drafts import find_draft
from bot.store.tables import HealthModel
from tests.commands.records import TODAY, Records
from tests.house import KUDO, MORI, OPS, OPS_ROOM, ROBOT, SATO, House, Json
from tests.stories.first_hour import audited, bands, furnish, models
from tests.stories.tour_of_models import open_draft, simulate

pytestmark = pytest.mark.row("E11", "E29")


@pytest.fixture
def small(house: House) -> Records:
    """Twelve scored accounts; watching has begun, and 森 looks after the operation, too."""
    records = furnish(house, "ja")
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.workspace.started_on = TODAY
    house.says(OPS, "/sakidori role @森 lead ops")
    return records


def begin(house: House, user: str = OPS, **fields: str) -> str:
    house.says(user, "/sakidori model")
    house.clicks(user, "model_start")
    assert house.submits(user, **fields).get("closed")
    return house.reads(user)[-1]


def change_bands(house: House, user: str = OPS, **fields: str) -> Json:
    open_draft(house, user)
    house.clicks(user, "model_bands")
    return house.submits(user, **fields)


def draft_of(house: House) -> HealthModel | None:
    with house.bot.store.reading(house.workspace.id) as unit:
        return find_draft(unit)


@pytest.mark.row("A37", "B45", "E27")
def test_bands_are_changed_by_two_people(house: House, small: Records) -> None:
    assert "運用中 第1版" in house.says(OPS, "/sakidori model")
    assert "下書きの第2版を作りました" in begin(house, note="赤が少なすぎる")
    refused = change_bands(house, red_below="80", green_from="70")["errors"]
    assert "良好の点数を、高リスクの点数より大きく" in refused["green_from"]
    assert house.submits(OPS, red_below="６０", green_from="75").get("closed")
    told = house.reads(OPS)[-1]
    assert "高リスクの上限:50点未満 → 60点未満" in told
    assert "理由:赤が少なすぎる" in told
    result = simulate(house, OPS)
    assert "試算の結果|ヘルスモデルの下書き 第2版" in result
    assert "次は「承認を依頼」です" in open_draft(house, OPS)
    house.says(OPS, f"/sakidori role <@{ROBOT}> ops")
    asked = house.clicks(OPS, "model_ask")
    assert "承認を依頼しました" in asked
    assert "robot" not in asked
    house.send()
    for user in (MORI, KUDO):
        assert "高リスクの上限:50点未満 → 60点未満" in house.reads(user)[-1]
    house.clicks(MORI, "model_draft")
    assert "第2版を使い始めました" in house.clicks(MORI, "model_approve")
    assert models(house) == [(1, "retired"), (2, "active")]
    assert bands(house)[:5] == ["red"] * 4 + ["yellow"]
    house.send()
    assert "森さんが、ヘルスモデルの第2版を承認しました" in house.reads(OPS)[-1]
    page = house.says(KUDO, "/sakidori model")
    assert "大野さんが作成、森さんが承認" in page
    for action in ("draft_made", "draft_changed", "simulated", "approved", "activated"):
        assert f"health_model_{action}" in audited(house)


def test_whoever_changed_it_last_is_not_offered_and_not_allowed_to_approve(
    house: House, small: Records
) -> None:
    begin(house, MORI)
    change_bands(house, MORI, red_below="45")
    simulate(house, MORI)
    open_draft(house, OPS)
    with house.bot.store.writing(house.workspace.id) as unit:
        row = find_draft(unit)
        assert row is not None
        row.changed_by = OPS
    assert "最後に変更したのはあなたです" in house.clicks(OPS, "model_approve")
    assert "[承認する]" not in open_draft(house, OPS)
    assert models(house)[-1] == (2, "simulated")


def test_sent_back_it_is_told_with_the_reason(house: House, small: Records) -> None:
    begin(house)
    open_draft(house, KUDO)
    house.clicks(KUDO, "model_reject")
    house.submits(KUDO, reason="数字の根拠を書いてください")
    house.send()
    assert "理由:数字の根拠を書いてください" in house.reads(OPS)[-1]
    assert "工藤さんが差し戻し:数字の根拠を書いてください" in open_draft(house, OPS)


def test_of_two_editors_the_later_one_hears_of_the_first(house: House, small: Records) -> None:
    begin(house)
    house.clicks(OPS, "model_bands")
    assert change_bands(house, MORI, red_below="45").get("closed")
    told = house.submits(OPS, red_below="55")["errors"]
    assert "森さんが" in str(told)
    assert "上書きはしていません" in str(told)
    row = draft_of(house)
    assert row is not None
    assert row.document["bands"]["red_below"] == 45


@pytest.mark.row("A37")
def test_a_curve_at_fault_is_told_by_line_and_a_right_one_is_kept(
    house: House, small: Records
) -> None:
    begin(house)
    house.clicks(OPS, "model_variant")
    house.submits(OPS, what="late_payment_days")
    assert "30: 10" in str(house.visitor.modal(OPS))
    wrong = house.submits(OPS, curve="0: 70\nfive → 45\n30: 10\nx")["errors"]["curve"]
    assert "2行目「five → 45」" in wrong
    assert "4行目「x」" in wrong
    assert "小さい順" in house.submits(OPS, curve="30: 10\n0: 70")["errors"]["curve"]
    assert house.submits(OPS, curve="0: 70\n45: 0", grade="normal").get("closed")
    told = house.reads(OPS)[-1]
    assert "利用データなし「入金の遅れ」の重み:最重要 → 普通" in told
    assert "⇒ 0日→70, 45日→0" in told


def test_a_measure_is_taken_out_and_caps_are_told_by_line(house: House, small: Records) -> None:
    begin(house)
    house.clicks(OPS, "model_variant")
    house.submits(OPS, what="voc")
    assert house.submits(OPS, remove=["remove"]).get("closed")
    assert "利用データなし:「VoC」を削除(これまで重要)" in house.reads(OPS)[-1]
    house.clicks(OPS, "model_variant")
    house.submits(OPS, what="caps")
    wrong = house.submits(OPS, caps="入金の遅れ >= 14: 69\n入金の遅れ = 45: 49")["errors"]["caps"]
    assert "2行目" in wrong
    assert "1行目" not in wrong
    assert house.submits(OPS, caps="").get("closed")
    assert "上限の条件を変更(2件 → 0件)" in house.reads(OPS)[-1]


def test_an_old_button_never_acts_on_a_draft_it_did_not_show(house: House, small: Records) -> None:
    begin(house)
    direct = house.visitor.direct(OPS)
    page = house.visitor.messages(OPS, direct)[-1]["ts"]
    change_bands(house, OPS, red_below="45")
    house.visitor.clicks(OPS, direct, "model_discard", ts=page)
    house.rest()
    assert "上書きはしていません" in house.reads(OPS)[-1]
    assert models(house)[-1] == (2, "draft")
    assert "下書きの第2版を破棄しました" in press_newest(house, "model_discard")
    assert "この下書きはもうありません" in house.clicks(OPS, "model_bands") + house.form(OPS)


def press_newest(house: House, deed: str) -> str:
    open_draft(house, OPS)
    return house.clicks(OPS, deed)


@pytest.mark.row("E14")
def test_those_who_lead_read_it_and_csms_do_not(house: House, small: Records) -> None:
    page = house.says(KUDO, "/sakidori model")
    assert "ログイン(最重要):0倍→0," in page
    assert "[下書きを作る" not in page
    assert "役割ではできません" in house.says(SATO, "/sakidori model")


def drop(house: House, text: str, name: str, folder: Path) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    house.drops(OPS, path)
    house.rest()
    house.send()
    return house.reads(OPS, OPS_ROOM)[-1]


@pytest.mark.row("A37", "E11")
def test_a_yaml_file_dropped_into_the_ops_channel_is_a_draft(
    house: House, small: Records, tmp_path: Path
) -> None:
    stricter = with_bands(load_default(), 55, 70)
    told = drop(house, write_yaml(stricter, 1, 1), "model.yaml", tmp_path)
    assert "「model.yaml」から下書きの第2版を作りました" in told
    row = draft_of(house)
    assert row is not None
    assert row.document["bands"]["red_below"] == 55
    text = write_yaml(stricter, 1, 1).replace("nps", "nsp").replace("red_below: 55", "red_below: x")
    told = drop(house, text, "again.yml", tmp_path)
    assert "`bands / red_below` 「x」は数ではありません" in told
    assert "`standard / nsp / measure` 「nsp」という指標はありません。もしかして nps" in told
    change_bands(house, MORI, red_below="45")
    told = drop(house, write_yaml(stricter, 2, 1), "late.yaml", tmp_path)
    assert "最後に変更した人:森さん" in told
    told = drop(house, write_yaml(stricter, 2, 2), "newest.yaml", tmp_path)
    assert "「newest.yaml」から下書きの第2版" in told
    assert not list((house.bot.settings.sakidori_state_dir / "drops").glob("*"))


def test_the_yaml_of_a_version_comes_as_a_file(house: House, small: Records) -> None:
    house.says(OPS, "/sakidori model")
    assert "YAMLを、このボットとのメッセージに送りました" in house.clicks(OPS, "model_yaml")
    house.send()
    message = house.visitor.messages(OPS, house.visitor.direct(OPS))[-1]
    assert "revision 1" in message["text"]
    assert [each["name"] for each in message["files"]] == ["health-model-1.yaml"]


def test_one_may_begin_with_a_shipped_document(house: House, small: Records) -> None:
    begin(house, base="default")
    row = draft_of(house)
    assert row is not None
    assert read_document(row.document) == load_default()
