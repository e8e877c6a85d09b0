"""What becomes of an alert's tasks stands in its thread, once, in the words of who reads there."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.outcome_kept import keep_outcome
from bot.commands.task import keep_dropped, keep_new_date, keep_owner, task_wait
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Locale, Role
from bot.services.playbooks import ensure_shipped
from bot.store import outbox
from bot.store.tables import OutboxItem, Task
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode, add_task


def _start(desk: Desk, tasks: int = 4) -> list[Task]:
    """An alert whose message stands before 佐藤, with so many tasks."""
    ensure_shipped(desk.store, desk.workspace.id)
    acme = desk.add_account("アクメ商事")
    episode = add_episode(desk, acme)
    with desk.store.writing(desk.workspace.id) as unit:
        outbox.put(unit, key=f"episode:{episode.id}", audience=desk.sato.slack_user or "", text="!")
    return [add_task(desk, acme, TODAY, episode=episode, title=f"仕事{n}") for n in range(tasks)]


def _lines(desk: Desk) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        lines = select(OutboxItem).where(OutboxItem.thread_of_id.is_not(None))
        found = unit.session.scalars(lines.order_by(OutboxItem.created_at, OutboxItem.id))
        return [each.payload["text"] for each in found]


def _ref(task: Task) -> dict[str, str]:
    return {"task": str(task.id)}


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (
            Locale.JA,
            ["「仕事0」の期限を11/30(月)に", "森さんに変更", "取りやめ", "打ち合わせを実施"],
        ),
        (Locale.EN, ["“仕事0” to Mon 30 Nov", "over to 森", "dropped “仕事2”", "Result: Met"]),
    ],
)
def test_each_change_is_a_line_in_the_reader_s_words(
    desk: Desk, locale: Locale, words: list[str]
) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(type(desk.sato), (desk.workspace.id, desk.sato.id)).locale = locale
    mori = desk.hire("森", Role.LEAD)
    moved, handed, dropped, done = _start(desk)
    keep_new_date(desk.submit(_ref(moved), due_on="2026-11-30", reason="先方の決算"))
    keep_owner(desk.submit(_ref(handed), owner=mori.slack_user or ""))
    keep_dropped(desk.submit(_ref(dropped), reason="不要になった"))
    keep_outcome(desk.submit(_ref(done), result="met", impression="前向き"))
    told = _lines(desk)
    for said in (*words, "先方の決算", "不要になった", "前向き"):
        assert [line for line in told if said in line], said
    assert len(told) == len(set(told))


def test_a_second_press_adds_no_line(desk: Desk) -> None:
    [task] = _start(desk, 1)
    given: dict[str, Any] = {"result": "met", "impression": "前向き"}
    keep_outcome(desk.submit(_ref(task), **given))
    first = _lines(desk)
    with pytest.raises(AlreadyDone):
        keep_outcome(desk.submit(_ref(task), **given))
    assert _lines(desk) == first
    assert len([line for line in first if "前向き" in line]) == 1


def test_waiting_is_told_by_the_alert_itself(desk: Desk) -> None:
    [task] = _start(desk, 1)
    task_wait(desk.ask(value=str(task.id)))
    assert len([line for line in _lines(desk) if "返信待ち" in line]) == 1
