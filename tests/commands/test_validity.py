"""`/sakidori validity`: the newest result, a look on demand, the forecast, a draft."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.validity import look_now, make_draft, open_page, show_by_word, show_risks
from bot.core.refusal import Refusal
from bot.core.validity import Finding, Foretold, Risk, Validity
from bot.core.vocabulary import Locale, Role
from bot.registry import whole
from bot.services.health_models import ensure_active
from bot.services.models.drafts import find_draft, start_draft
from bot.store.tables import Member
from bot.store.validity import begin_run, keep_run
from bot.views.reply import Private, Reply
from tests.commands.desk import TODAY, Desk
from tests.jobs.test_validity import add_ends
from tests.views.samples_of_validity import COUNTED, TOLD
from tests.views.shown import elements_of, problems_of, text_of

pytestmark = pytest.mark.row("B31", "B34")

NPS = Finding("breadth", "valid", "valid", 0.25, 0.2, 0.3, 41, 312)


@pytest.fixture
def ops(desk: Desk) -> Member:
    ensure_active(desk.store, desk.workspace.id)
    return desk.hire("大野", Role.OPS)


@pytest.fixture
def manager(desk: Desk) -> Member:
    return desk.hire("工藤", Role.MANAGER)


def keep(desk: Desk, found: Validity) -> int:
    with desk.store.writing(desk.workspace.id) as unit:
        run_id = begin_run(unit, found.run_on, "sakidori", even_beside=True)
        assert run_id is not None
        keep_run(unit, run_id, found)
    return run_id


def shown(reply: Reply) -> str:
    assert isinstance(reply, Private)
    assert problems_of(reply.message) == []
    return text_of(reply.message)


def deeds(reply: Reply) -> list[str]:
    assert isinstance(reply, Private)
    return [each["action_id"] for each in elements_of(reply.message.blocks)]


@pytest.mark.parametrize(
    ("key", "role"),
    [
        ("command:validity", "csm"),
        ("command:validity", "lead"),
        ("command:validity", "sales"),
        ("button:validity_now", "csm"),
        ("button:validity_risks", "ops"),
        ("button:validity_risks", "csm"),
        ("button:validity_draft", "manager"),
    ],
)
def test_only_the_roles_that_answer_for_it_may(key: str, role: str) -> None:
    kind, _, name = key.partition(":")
    deed = whole().find(kind, name)
    assert deed is not None
    assert Role(role) not in deed.roles


def test_before_the_first_run_it_says_so_and_offers_one(desk: Desk, ops: Member) -> None:
    reply = show_by_word(desk.ask(by=ops))
    assert "まだ調べていません" in shown(reply)
    assert deeds(reply) == ["validity_now"]


@pytest.mark.parametrize(
    ("locale", "told"), [(Locale.JA, "利用機能数"), (Locale.EN, "Features in use")]
)
def test_the_newest_result_is_shown_in_the_readers_language(
    desk: Desk, ops: Member, locale: Locale, told: str
) -> None:
    keep(desk, replace(COUNTED, findings=[NPS], run_on=TODAY - timedelta(days=40)))
    keep(desk, replace(COUNTED, left=77, findings=[NPS], foretold=TOLD))
    text = shown(open_page(desk.ask(by=ops, locale=locale)))
    assert "77" in text
    assert told in text
    assert "0.25" in text


def test_ops_may_draft_what_is_proposed_and_managers_see_the_forecast(
    desk: Desk, ops: Member, manager: Member
) -> None:
    keep(desk, replace(COUNTED, findings=[NPS], foretold=TOLD))
    assert deeds(show_by_word(desk.ask(by=ops))) == ["validity_draft", "validity_now"]
    assert deeds(show_by_word(desk.ask(by=manager))) == ["validity_now", "validity_risks"]


def test_two_presses_are_one_run(desk: Desk, ops: Member, manager: Member) -> None:
    add_ends(desk, 20, 20)
    assert "調べています" in shown(look_now(desk.ask(by=ops)))
    assert "いま調べているところです" in shown(look_now(desk.ask(by=manager)))
    [(name, arguments)] = desk.bench.asked
    assert (name, arguments["slack_user"]) == ("validity", ops.slack_user)


def test_a_run_that_was_killed_does_not_stand_in_the_way_for_ever(desk: Desk, ops: Member) -> None:
    add_ends(desk, 20, 20)
    look_now(desk.ask(by=ops))
    desk.clock.move_to(desk.clock.now() + timedelta(minutes=31))
    look_now(desk.ask(by=ops))
    assert len(desk.bench.asked) == 2


def test_too_few_cases_are_answered_at_once(desk: Desk, ops: Member) -> None:
    add_ends(desk, 2, 25)
    text = shown(look_now(desk.ask(by=ops)))
    assert "解約 2件、継続 25件" in text
    assert "あと解約 18件" in text
    assert desk.bench.asked == []


def test_the_forecast_names_accounts_by_risk_and_promises_nothing(
    desk: Desk, manager: Member
) -> None:
    risks = [
        Risk(desk.add_account(name).id, TODAY, risk)
        for name, risk in (("オメガ", 0.998), ("アクメ", 0.61), ("<B&C>", 0.004))
    ]
    keep(
        desk,
        replace(COUNTED, foretold=Foretold(5, "", 20, 160, 1.2, 0, 3, TOLD.area, 60, True, risks)),
    )
    text = shown(show_risks(desk.ask(by=manager)))
    assert text.index("アクメ") < text.index("&lt;B&amp;C&gt;")
    assert "61%" in text
    # Nothing is certain.
    assert "99%超" in text
    assert "1%未満" in text
    assert "160件中20件" in text
    assert "言い当てるものではありません" in text
    assert "3" in text


def test_the_forecast_before_any_run_is_refused(desk: Desk, manager: Member) -> None:
    with pytest.raises(Refusal) as refused:
        show_risks(desk.ask(by=manager))
    assert refused.value.code == "validity_none"


@pytest.mark.row("E29")
def test_a_proposal_opens_a_draft_and_a_second_press_is_refused(desk: Desk, ops: Member) -> None:
    run_id = keep(desk, replace(COUNTED, findings=[NPS]))
    ask = desk.ask(by=ops, value=f"{run_id}:breadth")
    text = shown(make_draft(ask))
    assert "第2版の下書きを作りました" in text
    assert "普通 → 重要" in text
    with desk.store.reading(desk.workspace.id) as unit:
        draft = find_draft(unit)
        assert draft is not None
        assert draft.changed_by == ops.slack_user
    with pytest.raises(Refusal) as refused:
        make_draft(ask)
    assert refused.value.code == "model_draft_there"


def test_a_proposal_of_a_run_that_is_gone_is_refused(desk: Desk, ops: Member) -> None:
    with pytest.raises(Refusal) as refused:
        make_draft(desk.ask(by=ops, value="12345:breadth"))
    assert refused.value.code == "validity_outdated"


@pytest.mark.row("B32")
def test_a_draft_that_raises_what_is_chased_bears_a_warning(desk: Desk, ops: Member) -> None:
    from bot.commands.model import open_draft
    from bot.health.edits import with_measure
    from bot.health.model import load_default
    from tests.views.samples_of_validity import CHASED

    keep(desk, replace(COUNTED, chased=[CHASED]))
    document = load_default()
    nps = next(each for each in document.variants[-1].measures if each.measure == "nps")
    raised = {**nps.model_dump(mode="json"), "grade": "most_important"}
    with desk.store.writing(desk.workspace.id) as unit:
        start_draft(unit, with_measure(document, document.variants[-1].name, raised), "U1")
    text = shown(open_draft(desk.ask(by=ops)))
    assert "⚠️ 「NPS」の重みを上げています" in text
    assert "40社中12社" in text
