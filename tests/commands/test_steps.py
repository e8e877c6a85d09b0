"""Each step of the setup that is not done has its way, for those who may go it."""

from datetime import timedelta

import pytest

from bot.commands.alerts import alerts
from bot.commands.gaps import gaps
from bot.commands.model import show_by_word
from bot.commands.setup import setup_by_button
from bot.commands.summary import summary
from bot.core.setup import Step
from bot.core.vocabulary import Band, Locale, Role
from bot.services.playbooks import ensure_shipped
from bot.store.tables import Member, Metric, ScoreRun, UnlinkedRef
from bot.views.reply import OpenForm, Private
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode
from tests.views.shown import elements_of, problems_of, text_of

pytestmark = pytest.mark.row("B52", "B3")

Way = tuple[str, str]


@pytest.fixture
def ops(desk: Desk) -> Member:
    ensure_shipped(desk.store, desk.workspace.id)
    desk.keep_model()
    return desk.hire("大野", Role.OPS)


def ways(desk: Desk, by: Member, locale: Locale = Locale.JA) -> list[Way]:
    """What the page offers behind its six steps, as deed and value."""
    reply = gaps(desk.ask(by=by, locale=locale))
    assert isinstance(reply, Private)
    assert problems_of(reply.message) == []
    of_steps = [each for each in elements_of(reply.message.blocks) if each["action_id"] != "tasks"]
    return [(each["action_id"], each.get("value", "")) for each in of_steps]


def start(desk: Desk) -> None:
    """Watching, and one measure that nobody has."""
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 80, Band.GREEN)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.workspace.started_on = TODAY - timedelta(days=30)
        run = unit.session.get_one(ScoreRun, (desk.workspace.id, TODAY))
        run.lacking = {"nps": [1, 1]}


@pytest.mark.parametrize("locale", list(Locale))
def test_at_the_beginning_data_imports_and_setup_are_one_press_away(
    desk: Desk, ops: Member, locale: Locale
) -> None:
    assert ways(desk, ops, locale) == [
        ("setup", "data"),
        ("import", ""),
        ("setup", ""),
        ("summary", ""),
    ]


def test_what_is_opened_is_the_step_that_the_button_names(desk: Desk, ops: Member) -> None:
    titles = []
    for value in ("", Step.DATA.value, Step.FEATURES.value):
        reply = setup_by_button(desk.ask(by=ops, value=value))
        assert isinstance(reply, OpenForm)
        titles.append(reply.view["callback_id"])
    assert titles == ["setup_data", "setup_data", "setup_features"]


def test_ids_without_a_customer_come_before_the_imports(desk: Desk, ops: Member) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(UnlinkedRef(ref="X-1", kind="nps", row_count=1, batch_id=1, known_at=unit.at))
    found = [deed for deed, _ in ways(desk, ops)]
    assert found[1:3] == ["link_ids", "import"]


def test_after_the_start_key_features_and_the_model_until_there_are_some(
    desk: Desk, ops: Member
) -> None:
    start(desk)
    assert {("setup", "features"), ("model", "")} < set(ways(desk, ops))
    desk.keep(Metric(name="key_actions", is_key=True, known_at=FRIDAY))
    found = ways(desk, ops)
    assert ("setup", "features") not in found
    assert ("model", "") in found


def test_what_lies_leads_to_the_alerts_and_says_how_an_owner_is_named(
    desk: Desk, ops: Member
) -> None:
    start(desk)
    account = desk.add_account("ベータ物流")
    add_episode(desk, account, opened_on=TODAY - timedelta(days=3))
    reply = gaps(desk.ask(by=ops))
    assert isinstance(reply, Private)
    assert "「/sakidori owner 顧客名」" in text_of(reply.message)
    assert ("alerts", "") in ways(desk, ops)


def test_leads_are_offered_only_what_they_may_press(desk: Desk, ops: Member) -> None:
    lead = desk.hire("高橋", Role.LEAD)
    assert ways(desk, lead) == [("summary", "")]
    start(desk)
    assert ways(desk, lead) == [("model", ""), ("summary", "")]


def test_the_ways_open_what_the_commands_tell(desk: Desk, ops: Member) -> None:
    start(desk)
    for deed in (alerts, show_by_word, summary):
        reply = deed(desk.ask(by=ops))
        assert isinstance(reply, Private)
        assert problems_of(reply.message) == []
