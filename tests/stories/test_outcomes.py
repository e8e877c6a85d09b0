"""A task ends in an outcome: refused without result and impression, then taken, once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band
from bot.services.playbooks import ensure_shipped
from bot.store.base import Walled
from bot.store.tables import Account, Episode, OutcomeCheck, Task, TaskOutcome, VocRemark
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import TODAY
from tests.house import STRANGER
from tests.stories.conftest import PEOPLE, Company

LANGUAGE = {user: language for language, user in PEOPLE.items()}
TUESDAY = date(2026, 11, 24)
REFUSED = {
    "ja": "完了にするには「結果」と「所感」を入力してください。",
    "en": "give both the result and your impression",
}
RESULTS = {"ja": ("打ち合わせを実施", "連絡つかず"), "en": ("Met", "Could not reach them")}
MET = {"result": "met", "impression": "後任に引き継がれ、前向きだった"}


def one(company: Company, table: type[Walled]) -> Walled:
    """The only row of a table."""
    house = company.house
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.session.scalars(select(table)).one()


def count(company: Company, table: type[Walled]) -> int:
    """How many rows a table has."""
    house = company.house
    with house.bot.store.reading(house.workspace.id) as unit:
        return len(unit.session.scalars(select(table)).all())


def start(company: Company, **more: object) -> tuple[Episode, Task]:
    """An alert of アクメ商事 with one task left."""
    ensure_shipped(company.house.bot.store, company.house.workspace.id)
    given = {"opened_on": date(2026, 11, 9), "score_then": 71.0} | more
    episode = add_episode(company.records, company.acme, **given)
    return episode, add_task(company.records, company.acme, TODAY, episode=episode)


@pytest.mark.row("B43", "B47", "E8")
def test_refused_and_then_taken_with_the_numbers_filled_in(company: Company, person: str) -> None:
    house, words = company.house, LANGUAGE[person]
    company.records.keep_model()
    moved = {"measure": "key_feature_rate_20bd", "value_then": 0.52}
    values = {"key_feature_rate_20bd": (0.21, -3.0)}
    company.records.score(company.records.add_account("別社"), TODAY, 48, Band.RED, values)
    start(company, **moved)
    house.says(person, "/tasks")
    house.clicks(person, "task_done")
    form = house.form(person)
    for shown in ("アクメ商事", "71", "48", "52%", *RESULTS[words]):
        assert shown in form
    for fields in ({"result": "met"}, {"result": "unreachable", "impression": "  "}):
        refused = house.submits(person, **fields)["errors"]
        assert list(refused) == ["impression"]
        assert REFUSED[words] in refused["impression"]
    assert count(company, TaskOutcome) == 0
    assert house.submits(person, **MET).get("closed")
    told = house.reads(person)[-1]
    for shown in (RESULTS[words][0], MET["impression"]):
        assert shown in told
    kept = one(company, TaskOutcome)
    assert isinstance(kept, TaskOutcome)
    assert (kept.score_then, kept.score_now, kept.value_then) == (71.0, 48, 0.52)
    episode = one(company, Episode)
    assert isinstance(episode, Episode)
    assert (episode.state, episode.ending) == ("closed", "outcome")
    assert count(company, OutcomeCheck) == 2


def test_a_second_person_is_told_that_it_is_done(company: Company, person: str) -> None:
    house = company.house
    start(company)
    house.says(person, "/outcome アクメ")
    other = next(user for user in PEOPLE.values() if user != person)
    house.says(other, "/outcome アクメ")
    assert house.submits(person, **MET).get("closed")
    late = house.submits(other, **MET)["errors"]
    assert {"ja": "already done", "en": "すでに完了"}[LANGUAGE[person]] in str(late)
    assert count(company, TaskOutcome) == 1


def test_waiting_is_an_answer_and_no_end(company: Company, person: str) -> None:
    house, words = company.house, LANGUAGE[person]
    start(company)
    house.says(person, "/outcome アクメ")
    assert house.submits(person, result="waiting", done="メールで打診").get("closed")
    assert {"ja": "返信待ち", "en": "Waiting for a reply"}[words] in house.reads(person)[-1]
    task = one(company, Task)
    assert isinstance(task, Task)
    assert task.state == "waiting"
    assert count(company, TaskOutcome) == 0
    house.at(datetime(2026, 11, 27, 0, 0, tzinfo=UTC))
    house.says(person, "/outcome アクメ")
    assert house.submits(person, **MET).get("closed")
    assert count(company, TaskOutcome) == 1


def test_what_the_customer_said_and_what_follows_are_kept(company: Company, person: str) -> None:
    house, words = company.house, LANGUAGE[person]
    start(company)
    house.says(person, "/outcome アクメ")
    half = house.submits(person, **MET, next_title="効果を確認")
    assert list(half["errors"]) == ["next_on"]
    late = house.submits(person, **MET, next_title="効果を確認", next_on="2026-11-19")
    assert list(late["errors"]) == ["next_on"]
    said = {"said": "現場が使えていない", "sentiment": "negative"}
    following = {"next_title": "効果を確認", "next_on": "2026-12-05"}
    assert house.submits(person, **MET, **said, **following).get("closed")
    told = house.reads(person)[-1]
    assert {"ja": "12/7(月)", "en": "Mon 7 Dec"}[words] in told
    assert "VoC" in told
    remark = one(company, VocRemark)
    assert isinstance(remark, VocRemark)
    assert (remark.text, remark.sentiment) == ("現場が使えていない", "negative")
    assert "効果を確認" in house.says(person, "/tasks")


@pytest.mark.row("B41")
def test_without_a_next_action_the_way_to_one_is_offered(company: Company, person: str) -> None:
    house, words = company.house, LANGUAGE[person]
    start(company)
    house.says(person, "/outcome アクメ")
    house.submits(person, **MET)
    none = {"ja": "次のアクションが決まっていません", "en": "No next action is set"}[words]
    assert none in house.reads(person)[-1]
    house.clicks(person, "task_add")
    assert house.submits(person, title="定期フォロー", due_on="2026-12-01").get("closed")
    assert "定期フォロー" in house.says(person, "/tasks")


def test_which_task_is_asked_where_several_could_be_meant(company: Company, person: str) -> None:
    house = company.house
    for account, title in ((company.acme, "議事録"), (company.acme, "見積"), (company.theta, "他")):
        add_task(company.records, account, TUESDAY, title=title)
    house.says(person, "/outcome アクメ")
    assert "アクメ商事" in house.form(person)
    answer = house.submits(
        person, task="見積(11/24)" if LANGUAGE[person] == "ja" else "見積 (24 Nov)"
    )
    assert answer.get("updated")
    assert "見積" in house.form(person)
    assert house.submits(person, result="done", impression="送った").get("closed")
    kept = one(company, TaskOutcome)
    assert isinstance(kept, TaskOutcome)
    assert kept.result == "done"
    house.says(person, "/outcome")
    assert house.form(person)
    house.says(person, "/outcome 緑00")
    assert {"ja": "未完了のタスクはありません", "en": "no open tasks"}[
        LANGUAGE[person]
    ] in house.form(person)


def test_a_word_in_the_direct_message_does_the_same(company: Company, person: str) -> None:
    house = company.house
    add_task(company.records, company.acme, TUESDAY)
    house.says(person, "outcome アクメ")
    assert house.form(person) == ""
    house.clicks(person, "say_again")
    assert "アクメ商事" in house.form(person)
    assert house.submits(person, result="done", impression="前向き").get("closed")
    assert count(company, TaskOutcome) == 1


@pytest.mark.row("C8")
def test_the_cause_is_confirmed_or_changed(company: Company, person: str) -> None:
    house = company.house
    start(company, hypothesis="forgotten")
    house.says(person, "/outcome アクメ")
    assert {"ja": "忘れられている", "en": "Forgotten"}[LANGUAGE[person]] in house.form(person)
    assert house.submits(person, **MET, hypothesis="not_spread").get("closed")
    kept, episode = one(company, TaskOutcome), one(company, Episode)
    assert isinstance(kept, TaskOutcome)
    assert isinstance(episode, Episode)
    assert (kept.hypothesis, episode.hypothesis) == ("not_spread", "forgotten")


def test_whoever_looks_after_no_accounts_is_refused(company: Company) -> None:
    add_task(company.records, company.acme, TUESDAY, title="議事録")
    company.house.says(STRANGER, "/outcome アクメ")
    assert "議事録" not in company.house.form(STRANGER)
    assert isinstance(company.acme, Account)
