"""A playbook made of what people did again and again: drafted, checked by another, in use."""

import pytest
from sqlalchemy import select

from bot.commands.draft import open_draft, save_draft
from bot.commands.practice import ask_practice, drop_practice, keep_practice
from bot.core.practice import build_key
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Locale, Origin, Role
from bot.registry import whole
from bot.services.playbooks import ensure_shipped, get_playbook, list_active
from bot.store.tables import AuditEntry, Member, OutboxItem, Playbook, Task, Workspace
from bot.views.practice_draft import DISCARD
from bot.views.reply import CloseForm, FormErrors, OpenForm, Private
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_task
from tests.views.shown import elements_of, problems_of, text_of

pytestmark = pytest.mark.row("B4", "B23", "B44")

TITLE = "活用会を開く"
KEY = build_key(TITLE)
WISH = {"name": "活用会", "sign": "silence", "days": "5", "hypothesis": "使い方の不安が減る"}


@pytest.fixture
def people(desk: Desk) -> dict[str, Member]:
    """A manager who makes the draft, ops who checks it, and a robot that ops gave a role."""
    ensure_shipped(desk.store, desk.workspace.id)
    robot = desk.hire("Robot", Role.OPS)
    ops, manager = desk.hire("大野", Role.OPS), desk.hire("工藤", Role.MANAGER)
    with desk.store.writing(desk.workspace.id) as unit:
        found = {each.id: each for each in unit.session.scalars(select(Member))}
        found[robot.id].email = None
        found[ops.id].email = "ono@example.com"
        unit.session.get_one(Workspace, unit.workspace_id).started_on = TODAY
    return {"ops": ops, "manager": manager}


@pytest.fixture
def task(desk: Desk) -> Task:
    account = desk.add_account("アクメ商事")
    return add_task(desk, account, TODAY, title=TITLE, state="done", ended_on=TODAY)


def make(desk: Desk, task: Task, by: Member, **other: str) -> object:
    return keep_practice(desk.submit({"task": str(task.id)}, by, **(WISH | other)))


def stored(desk: Desk) -> list[Playbook]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(Playbook).filter_by(key=KEY)))


def use(desk: Desk, by: Member) -> object:
    return save_draft(desk.submit({"playbook": KEY, "version": "1"}, by, **LIMITS))


LIMITS = {"silence.high_touch_bd": "8", "silence.low_touch_bd": "15"}


def test_leaders_alone_make_a_draft_and_discard_it() -> None:
    for kind, key in (("button", "practice"), ("form", "practice"), ("button", DISCARD)):
        roles = set(whole().deeds[kind, key].roles or ())
        assert roles == {Role.LEAD, Role.MANAGER, Role.OPS}


def test_the_form_brings_the_name_and_says_which_signs_are_taken(
    desk: Desk, people: dict[str, Member], task: Task
) -> None:
    for locale in Locale:
        asked = desk.ask(by=people["manager"], value=str(task.id), locale=locale)
        opened = ask_practice(asked)
        assert isinstance(opened, OpenForm)
        assert problems_of(opened.view) == []
        told = text_of(opened.view)
        assert TITLE in told
        assert (
            "使用中:利用低下フォロー" if locale is Locale.JA else "Usage drop follow-up"
        ) in told
        signs = elements_of(opened.view["blocks"])[1]["options"]
        assert "renewal" not in {each["value"] for each in signs}


def test_it_is_a_draft_told_to_a_person_of_ops_and_opens_nothing(
    desk: Desk, people: dict[str, Member], task: Task
) -> None:
    made = make(desk, task, people["manager"])
    assert isinstance(made, CloseForm)
    assert "大野さんに確認を依頼しました" in str(made)
    [draft] = stored(desk)
    assert (draft.status, draft.version, draft.made_by) == ("draft", 1, str(people["manager"].id))
    with desk.store.reading(desk.workspace.id) as unit:
        document = get_playbook(unit, KEY, 1)
        assert KEY not in {each.document.key for each in list_active(unit)}
        [post] = unit.session.scalars(select(OutboxItem))
        actions = list(
            unit.session.scalars(select(AuditEntry.action).filter_by(subject=f"{KEY}:1"))
        )
    assert (document.name.ja, document.steps[0].name.en) == ("活用会", TITLE)
    assert [sign.key for sign in document.signals] == ["silence"]
    assert document.results[0].name.by_locale() == {"ja": "実施した", "en": "Done"}
    assert post.audience == people["ops"].slack_user
    assert "仮説:使い方の不安が減る" in str(post.payload)
    assert actions == ["playbook_drafted"]


def test_what_is_left_empty_is_asked_for_and_a_second_draft_is_refused(
    desk: Desk, people: dict[str, Member], task: Task
) -> None:
    refused = make(desk, task, people["manager"], hypothesis="  ")
    assert isinstance(refused, FormErrors)
    assert set(refused.errors) == {"hypothesis"}
    assert stored(desk) == []
    make(desk, task, people["manager"])
    with pytest.raises(AlreadyDone):
        make(desk, task, people["ops"])
    assert len(stored(desk)) == 1


def test_a_task_of_a_playbook_or_none_at_all_is_no_practice(
    desk: Desk, people: dict[str, Member]
) -> None:
    account = desk.add_account("アクメ商事")
    other = add_task(desk, account, TODAY, origin=Origin.MONTHLY.value)
    for task_id in (other.id, 7):
        with pytest.raises(Refusal) as found:
            ask_practice(desk.ask(by=people["ops"], value=str(task_id)))
        assert found.value.code == "no_such_practice"


def test_a_second_person_puts_it_into_use_with_the_limits_of_the_form(
    desk: Desk, people: dict[str, Member], task: Task
) -> None:
    make(desk, task, people["manager"])
    opened = open_draft(desk.ask(by=people["ops"], value=KEY))
    assert isinstance(opened, OpenForm)
    assert "活用会を開く(5営業日以内)" in text_of(opened.view)
    assert "今の版" not in text_of(opened.view)
    with pytest.raises(Refusal) as found:
        use(desk, people["manager"])
    assert found.value.code == "playbook_own_draft"
    assert "使い始めました" in str(use(desk, people["ops"]))
    with desk.store.reading(desk.workspace.id) as unit:
        [mine] = [each for each in list_active(unit) if each.document.key == KEY]
    assert mine.document.signals[0].limits == {"high_touch_bd": 8.0, "low_touch_bd": 15.0}
    with pytest.raises(Refusal):
        use(desk, people["ops"])


def test_before_the_start_one_person_is_enough(
    desk: Desk, people: dict[str, Member], task: Task
) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(Workspace, unit.workspace_id).started_on = None
    make(desk, task, people["manager"])
    use(desk, people["manager"])
    assert [each.status for each in stored(desk)] == ["active"]


def test_a_discarded_draft_can_be_made_again_but_one_in_use_cannot_be_discarded(
    desk: Desk, people: dict[str, Member], task: Task
) -> None:
    make(desk, task, people["manager"])
    dropped = drop_practice(desk.ask(by=people["ops"], value=f"{KEY}:1"))
    assert isinstance(dropped, Private)
    assert "破棄しました" in text_of(dropped.message)
    assert stored(desk) == []
    with pytest.raises(Refusal):
        drop_practice(desk.ask(by=people["ops"], value=f"{KEY}:1"))
    make(desk, task, people["manager"])
    use(desk, people["ops"])
    with pytest.raises(Refusal):
        drop_practice(desk.ask(by=people["ops"], value=f"{KEY}:1"))
    assert [each.status for each in stored(desk)] == ["active"]


def test_where_nobody_else_leads_it_says_who_is_missing(desk: Desk, task: Task) -> None:
    ensure_shipped(desk.store, desk.workspace.id)
    alone = desk.hire("工藤", Role.MANAGER)
    assert "ほかにいません" in str(make(desk, task, alone))
