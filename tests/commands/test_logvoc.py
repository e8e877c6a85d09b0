"""VoC: the form opens with what is known, says what it lacks, and records once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.ask import Ask, Where
from bot.commands.health import health
from bot.commands.logvoc import log_voc, log_voc_of_account, log_voc_of_message, save_voc
from bot.commands.message import hear
from bot.commands.why import why
from bot.core.refusal import AlreadyDone, BadInput, NotAllowed, UnknownAccount
from bot.core.voc import Heard
from bot.core.vocabulary import Locale, Role
from bot.services.voc import record_voc
from bot.store.bulk.touched import list_next_marks
from bot.store.tables import AuditEntry, VocRemark
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of

LOCALES = pytest.mark.parametrize("locale", list(Locale))
LINK = "https://ours.slack.com/archives/C1/p1"


def _elements(reply: Reply) -> dict[str, dict[str, Any]]:
    """The form's elements by block."""
    assert isinstance(reply, OpenForm)
    assert problems_of(reply.view) == []
    blocks = reply.view["blocks"]
    return {each["block_id"]: each["element"] for each in blocks if each["type"] == "input"}


def _lead(reply: Reply) -> str:
    assert isinstance(reply, OpenForm)
    block = reply.view["blocks"][0]
    return str(block["text"]["text"]) if block["type"] == "section" else ""


def _filled(reply: Reply) -> tuple[str | None, str | None]:
    """The account's name and the words the form begins with."""
    found = _elements(reply)
    chosen = found["account"].get("initial_option")
    return chosen and chosen["text"]["text"], found["text"].get("initial_value")


def _form(desk: Desk, account_id: int | str, **more: str) -> Ask:
    said: dict[str, Any] = {
        "account": str(account_id),
        "text": "連携が遅い",
        "sentiment": "negative",
    }
    carried = {"permalink": more.pop("permalink", "")}
    return desk.submit(carried, **{**said, "said_on": "2026-11-20", **more})


def _remarks(desk: Desk) -> list[VocRemark]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(VocRemark)))


@pytest.mark.row("B7", "A9")
@LOCALES
def test_alone_it_opens_an_empty_form_on_today(desk: Desk, locale: Locale) -> None:
    reply = log_voc(desk.ask(locale=locale))
    found = _elements(reply)
    assert _filled(reply) == (None, None)
    assert found["said_on"]["initial_date"] == "2026-11-20"
    assert "initial_option" not in found["sentiment"]
    assert found["confidence"]["initial_option"]["value"] == "normal"
    assert [each["value"] for each in found["speaker_role"]["options"]][:2] == [
        "user",
        "decision_maker",
    ]


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("アクメ 「連携が遅い」", "アクメ商事", "連携が遅い"),
        ("あくめ\u3000連携が遅い。\n高い", "アクメ商事", "連携が遅い。\n高い"),
        ("アクメ", "アクメ商事", None),
        ("Northwind Traders is slow", "Northwind Traders", "is slow"),
        ("northwind is slow", "Northwind Traders", "is slow"),
    ],
)
def test_a_line_fills_the_form(desk: Desk, line: str, name: str, words: str | None) -> None:
    desk.add_account("アクメ商事")
    desk.add_account("Northwind Traders")
    assert _filled(log_voc(desk.ask(line))) == (name, words)


def test_a_name_of_several_accounts_offers_them_and_keeps_the_words(desk: Desk) -> None:
    east, west = desk.add_account("アクメ東日本"), desk.add_account("アクメ西日本")
    reply = log_voc(desk.ask("アクメ 連携が遅い"))
    offered = [each["value"] for each in _elements(reply)["account"]["options"]]
    assert sorted(offered) == sorted([str(east.id), str(west.id)])
    assert "「アクメ」に一致する顧客が2社あります" in _lead(reply)
    assert _filled(reply) == (None, "連携が遅い")


def test_a_near_name_is_offered_and_never_taken_for_granted(desk: Desk) -> None:
    account = desk.add_account("Northwind")
    reply = log_voc(desk.ask("Nothwind is slow"))
    assert [each["value"] for each in _elements(reply)["account"]["options"]] == [str(account.id)]
    assert "近い名前" in _lead(reply)
    assert _filled(reply) == (None, "is slow")


def test_where_nobody_is_named_all_of_it_was_said(desk: Desk) -> None:
    desk.add_account("アクメ商事")
    reply = log_voc(desk.ask("<!here> 画面が 重い"))
    assert _filled(reply) == (None, "<!here> 画面が 重い")
    assert "&lt;!here&gt;" in _lead(reply)


@pytest.mark.row("X39")
@given(line=st.text(max_size=120), locale=st.sampled_from(list(Locale)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_line_a_form_opens_that_slack_takes(
    desk: Desk, line: str, locale: Locale
) -> None:
    _, words = _filled(log_voc(desk.ask(line, locale=locale)))
    assert "".join((words or "").split()) in "".join(line.split())


@pytest.mark.row("B8")
@LOCALES
def test_a_message_brings_its_words_its_day_and_its_link(desk: Desk, locale: Locale) -> None:
    # 18 November 23:30 UTC is the 19th in Tokyo.
    where = Where(channel="C1", kind="public", ts="1795044600.000100")
    reply = log_voc_of_message(desk.ask("画面が重い & 高い", where=where, locale=locale))
    found = _elements(reply)
    assert found["text"]["initial_value"] == "画面が重い & 高い"
    assert found["said_on"]["initial_date"] == "2026-11-19"
    assert found["channel"]["initial_option"]["value"] == "chat"
    assert isinstance(reply, OpenForm)
    assert "/archives/C1/p1795044600000100" in reply.view["private_metadata"]


def test_a_message_of_tomorrow_was_said_today_and_a_long_one_is_cut_and_said_so(
    desk: Desk,
) -> None:
    where = Where(channel="C1", kind="public", ts="1900000000.000100")
    reply = log_voc_of_message(desk.ask("長" * 3500, where=where))
    found = _elements(reply)
    assert found["said_on"]["initial_date"] == TODAY.isoformat()
    assert len(found["text"]["initial_value"]) == 3000
    assert "3,000文字まで" in _lead(reply)


def test_the_button_of_a_card_opens_the_form_for_its_account(desk: Desk) -> None:
    account = desk.add_account("アクメ & Co <商事>")
    assert "logvoc" in [
        each["action_id"] for each in elements_of(message_of(health(desk.ask("アクメ"))).blocks)
    ]
    reply = log_voc_of_account(desk.ask(value=str(account.id)))
    assert _filled(reply) == ("アクメ & Co <商事>", None)
    with pytest.raises(UnknownAccount):
        log_voc_of_account(desk.ask(value="12345"))


@pytest.mark.row("B6", "B7", "B8", "B9", "B10")
@LOCALES
def test_what_was_said_is_kept_and_shown_and_asks_for_a_new_score(
    desk: Desk, locale: Locale
) -> None:
    account = desk.add_account("アクメ商事")
    more = {"speaker": " 田中 ", "speaker_role": "decision_maker", "channel": "meeting"}
    more |= {"read_as": "予算が厳しい", "confidence": "high", "category": "price"}
    ask = _form(desk, account.id, text="<!channel> 高い", permalink=LINK, **more)
    reply = save_voc(replace(ask, say=desk.texts.speak(locale)))
    assert isinstance(reply, CloseForm)
    assert reply.message is not None
    assert problems_of(reply.message) == []
    shown = text_of(reply.message)
    assert "&lt;!channel&gt; 高い" in shown
    assert f"<{LINK}|" in shown
    assert elements_of(reply.message.blocks)[0]["action_id"] == "card"
    [kept] = _remarks(desk)
    assert (kept.speaker, kept.speaker_role, kept.channel) == ("田中", "decision_maker", "meeting")
    assert (kept.read_as, kept.confidence, kept.category) == ("予算が厳しい", "high", "price")
    assert (kept.sentiment, kept.permalink, kept.said_on) == ("negative", LINK, TODAY)
    with desk.store.reading(desk.workspace.id) as unit:
        entry = unit.session.scalars(select(AuditEntry)).one()
        marks = list_next_marks(unit.connection, unit.workspace_id, 0, 9)
    assert (entry.action, entry.subject, [each for each, _ in marks]) == (
        "voc",
        str(account.id),
        [account.id],
    )
    for page in (health(desk.ask("アクメ")), why(desk.ask(value=str(account.id)))):
        assert f"<{LINK}|元のメッセージ>" in text_of(message_of(page))


@LOCALES
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"account": ""}, "account"),
        ({"text": " \u3000\n"}, "text"),
        ({"sentiment": ""}, "sentiment"),
        ({"said_on": ""}, "said_on"),
        ({"said_on": "2026-11-21"}, "said_on"),
    ],
)
def test_the_form_says_below_which_field_what_is_wrong_and_writes_nothing(
    desk: Desk, wrong: dict[str, Any], field: str, locale: Locale
) -> None:
    account = desk.add_account("アクメ商事")
    ask = _form(desk, account.id)
    fields = {**ask.fields, **desk.submit({}, **wrong).fields}
    reply = save_voc(replace(ask, fields=fields, say=desk.texts.speak(locale)))
    assert isinstance(reply, FormErrors)
    assert list(reply.errors) == [field]
    assert _remarks(desk) == []


def test_today_is_the_day_where_the_person_lives(desk: Desk) -> None:
    """00:00 UTC on Friday is Thursday evening in San Francisco."""
    account = desk.add_account("アクメ商事")
    ask = _form(desk, account.id)
    abroad = replace(ask, person=replace(ask.person, zone="America/Los_Angeles"))
    reply = save_voc(abroad)
    assert isinstance(reply, FormErrors)
    assert "11/19(木)" in reply.errors["said_on"]


def test_the_same_submission_twice_is_recorded_once(desk: Desk) -> None:
    account, other = desk.add_account("アクメ商事"), desk.add_account("ベータ物流")
    save_voc(_form(desk, account.id))
    with pytest.raises(AlreadyDone):
        save_voc(_form(desk, account.id))
    save_voc(_form(desk, account.id, speaker="田中"))
    save_voc(_form(desk, account.id, said_on="2026-11-19"))
    save_voc(_form(desk, other.id))
    assert len(_remarks(desk)) == 4


@pytest.mark.parametrize(
    "heard",
    [
        Heard(TODAY, " ", "negative"),
        Heard(date(2026, 11, 21), "高い", "negative"),
        Heard(TODAY, "高い", "angry"),
        Heard(TODAY, "高い", "negative", speaker_role="king"),
        Heard(TODAY, "高い", "negative", channel="pigeon"),
        Heard(TODAY, "高い", "negative", category="weather"),
        Heard(TODAY, "高い", "negative", confidence="total"),
    ],
)
def test_what_no_form_can_say_is_refused(desk: Desk, heard: Heard) -> None:
    account = desk.add_account("アクメ商事")
    with desk.store.writing(desk.workspace.id) as unit, pytest.raises(BadInput):
        record_voc(unit, account.id, heard, desk.sato.id, TODAY)


@pytest.mark.parametrize("said", ["声 アクメ 遅い", "VoC　アクメ 遅い", "logvoc アクメ 遅い"])
def test_in_the_direct_message_a_button_takes_the_words_into_the_form(
    desk: Desk, said: str
) -> None:
    desk.add_account("アクメ商事")
    offered = message_of(hear(desk.ask(said)))
    assert elements_of(offered.blocks)[0]["value"] == "logvoc アクメ 遅い"


def test_words_too_long_for_a_button_are_not_cut_in_silence(desk: Desk) -> None:
    offered = message_of(hear(desk.ask("声 " + "長" * 2500)))
    assert elements_of(offered.blocks)[0]["value"] == "logvoc"
    assert "貼り付けてください" in text_of(offered)


def test_sales_may_look_but_not_record(desk: Desk) -> None:
    seller = desk.hire("営業", Role.SALES)
    with pytest.raises(NotAllowed):
        hear(desk.ask("声", by=seller))
