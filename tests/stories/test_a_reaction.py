"""One reaction on a message, and whoever put it there is offered in private to log it as VoC."""

import pytest
from sqlalchemy import func, select

from bot.store.tables import InboxEvent, Member, VocRemark
from tests.house import CS, GUEST, OPS, SHARED, STRANGER, WITH_GUEST, House
from tests.stories.conftest import Company

pytestmark = pytest.mark.row("B7", "B8", "A9")

VOC = "speaking_head_in_silhouette"
WORDS = "シータ社の部長:連携が遅い & 高い <要確認>"


def write(house: House, user: str, channel: str = CS, text: str = WORDS) -> str:
    house.visitor.types(user, channel, text)
    house.rest()
    return str(house.visitor.messages(user, channel)[-1]["ts"])


def remarks(house: House) -> list[VocRemark]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(VocRemark)))


def count(house: House, table: type[InboxEvent] | type[Member]) -> int:
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.session.scalar(select(func.count()).select_from(table)) or 0


def test_from_reaction_to_voc_and_the_channel_hears_nothing(company: Company, person: str) -> None:
    house = company.house
    ts = write(house, OPS)
    before = house.reads(person, CS)
    offered = house.reacts(person, CS, ts, VOC)
    assert "連携が遅い & 高い" in offered
    house.clicks(person, "logvoc_reaction")
    assert "連携が遅い & 高い <要確認>" in house.form(person)
    house.submits(person, account="シータ", sentiment="negative")
    [kept] = remarks(house)
    assert (kept.account_id, kept.text) == (company.theta.id, WORDS)
    assert kept.permalink is not None
    assert kept.permalink.endswith(f"/archives/{CS}/p{ts.replace('.', '')}")
    assert house.reads(person, CS) == before


def test_taken_back_and_put_there_again_it_is_offered_once(company: Company, person: str) -> None:
    house = company.house
    ts = write(house, OPS)
    assert house.reacts(person, CS, ts, VOC)
    house.reacts(person, CS, ts, VOC)
    assert house.reacts(person, CS, ts, VOC) == ""


def test_each_of_two_people_is_offered_it(company: Company, person: str) -> None:
    house = company.house
    ts = write(house, OPS)
    assert house.reacts(person, CS, ts, VOC)
    assert "連携が遅い" in house.reacts(OPS, CS, ts, VOC)


def test_a_reply_in_a_thread_is_a_message_too(company: Company, person: str) -> None:
    house = company.house
    ts = write(house, OPS, text="定例の記録")
    house.visitor.post(
        "/page/api/message", {"as": OPS, "channel": CS, "text": WORDS, "thread_ts": ts}
    )
    house.rest()
    thread = house.visitor.get(f"/page/api/thread?as={OPS}&channel={CS}&ts={ts}")
    offered = house.reacts(person, CS, thread["messages"][-1]["ts"], VOC)
    assert "連携が遅い" in offered


def test_other_reactions_and_other_people_are_passed_over_in_silence(company: Company) -> None:
    house = company.house
    kept, people = count(house, InboxEvent), count(house, Member)
    for user, channel, name in (
        (OPS, CS, "tada"),
        (OPS, CS, "+1::skin-tone-3"),
        (STRANGER, CS, VOC),
        (GUEST, WITH_GUEST, VOC),
    ):
        assert house.reacts(user, channel, write(house, user, channel), name) == "", name
    assert (count(house, InboxEvent), count(house, Member)) == (kept, people)


def test_ops_choose_another_one(company: Company) -> None:
    house = company.house
    assert f":{VOC}:" in house.says(OPS, "/sakidori reaction")
    assert "絵文字の名前ではありません" in house.says(OPS, "リアクション 二つ も")
    assert ":memo:" in house.says(OPS, "/sakidori reaction :memo:")
    ts = write(house, OPS)
    assert house.reacts(OPS, CS, ts, VOC) == ""
    assert "連携が遅い" in house.reacts(OPS, CS, ts, "memo")


def test_only_ops_choose_it(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "/sakidori reaction :memo:")
    assert house.reacts(person, CS, write(house, OPS), "memo") == ""


def test_where_others_from_outside_read_the_offer_is_still_ones_own(company: Company) -> None:
    house = company.house
    ts = write(house, "U0SATO", SHARED)
    before = house.reads("U0SATO", SHARED)
    assert "連携が遅い" in house.reacts("U0SATO", SHARED, ts, VOC)
    assert house.reads("U0SATO", SHARED) == before


def test_a_message_that_is_gone_leaves_an_empty_form(company: Company, person: str) -> None:
    house = company.house
    ts = write(house, OPS)
    house.reacts(person, CS, ts, VOC)
    house.sandbox.slack.world.channels[CS].members.remove("U0BOT")
    house.clicks(person, "logvoc_reaction")
    assert "連携が遅い" not in house.form(person)
    house.submits(person, account="シータ", text="連携が遅い", sentiment="negative")
    assert [each.text for each in remarks(house)] == ["連携が遅い"]
