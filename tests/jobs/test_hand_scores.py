"""Whoever gave a score by hand hears of its end and of a fall it hides, once each."""

from datetime import date

import pytest
from sqlalchemy import func, select

from bot.commands.health import health
from bot.commands.score import end
from bot.core.refusal import BadInput
from bot.core.vocabulary import Band, Locale
from bot.job_runner import put_post
from bot.jobs.hand_scores import hand_scores
from bot.store.tables import Account, OutboxItem
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of

THURSDAY = date(2026, 12, 17)

pytestmark = pytest.mark.row("E24", "B34")


@pytest.fixture
def account(desk: Desk) -> Account:
    made = desk.add_account("アクメ商事")
    desk.score(made, date(2026, 11, 5), 74.0, Band.GREEN)
    desk.score(made, TODAY, 48.9, Band.RED)
    desk.score_by_hand(made, Band.GREEN, "社長に会った <昨日>", given_on=date(2026, 11, 6))
    return made


def _read(desk: Desk, on: date = TODAY) -> list[str]:
    posts = hand_scores(desk.turn(desk.sato, on))
    assert all(problems_of(post.message) == [] for post in posts)
    return [text_of(post.message) for post in posts]


@pytest.mark.parametrize("locale", list(Locale))
def test_a_fall_behind_a_good_word_is_told_with_both_figures(
    desk: Desk, account: Account, locale: Locale
) -> None:
    desk.sato.locale = locale
    [shown] = _read(desk)
    ja, en = "74 🟢 良好 → 48 🔴 高リスク", "74 🟢 Healthy → 48 🔴 At risk"
    assert (ja if locale is Locale.JA else en) in shown
    card = text_of(message_of(health(desk.ask("アクメ", locale=locale))))
    assert (ja if locale is Locale.JA else en) in card


@pytest.mark.parametrize("locale", list(Locale))
def test_three_days_before_its_end_it_is_said_with_what_may_be_done(
    desk: Desk, locale: Locale
) -> None:
    account = desk.add_account("シータ社")
    desk.score_by_hand(account, Band.RED, "解約の話")
    desk.sato.locale = locale
    assert _read(desk, date(2026, 12, 16)) == []
    [post] = hand_scores(desk.turn(desk.sato, THURSDAY))
    assert ("あと3日" if locale is Locale.JA else "3 days left") in text_of(post.message)
    assert post.audience == desk.sato.slack_user
    pressed = [(each["action_id"], each["value"]) for each in elements_of(post.message.blocks)]
    assert pressed[0] == ("score", f"{account.id}:red")
    assert pressed[1][0] == "score_end"


def test_each_is_said_once(desk: Desk, account: Account) -> None:
    for on in (TODAY, date(2026, 11, 24), THURSDAY, date(2026, 12, 18)):
        for post in hand_scores(desk.turn(desk.sato, on)):
            with desk.store.writing(desk.workspace.id) as unit:
                put_post(unit, post)
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalar(select(func.count(OutboxItem.id))) == 2


def test_who_is_away_hears_nothing_until_back(desk: Desk, account: Account) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.merge(desk.sato).absent_until_on = TODAY
    assert _read(desk) == []
    assert len(_read(desk, date(2026, 11, 24))) == 1


@pytest.mark.parametrize("locale", list(Locale))
def test_let_go_the_measured_one_leads_at_once(
    desk: Desk, account: Account, locale: Locale
) -> None:
    [post] = hand_scores(desk.turn(desk.sato))
    value = elements_of(post.message.blocks)[1]["value"]
    reply = message_of(end(desk.ask(value=value, locale=locale)))
    assert problems_of(reply) == []
    assert "48 🔴" in text_of(reply)
    assert text_of(message_of(health(desk.ask("アクメ")))).startswith("🔴 高リスク")
    assert _read(desk) == []
    with pytest.raises(BadInput):
        end(desk.ask(value=f"{account.id}:"))


def test_the_chart_shows_both_over_time(desk: Desk, account: Account) -> None:
    card = message_of(health(desk.ask("アクメ")))
    assert problems_of(card) == []
    [chart] = [each for each in card.blocks if each["type"] == "data_visualization"]
    drawn = {
        each["name"]: [point["value"] for point in each["data"]]
        for each in chart["chart"]["series"]
    }
    assert drawn == {"ヘルススコア": [74.0, 48.9], "手応え": [74.0, 85.0]}
    assert "手応え `" in chart["fallback"][0]["text"]["text"]
