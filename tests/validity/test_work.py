"""The work of a child process: kept once, shown to whoever asked, whatever becomes of it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.clock import FixedClock
from bot.core.vocabulary import Role
from bot.services.health_models import ensure_active
from bot.store.tables import OutboxItem, ValidityRun
from bot.store.validity import begin_run, find_by_id
from bot.work import tell_unlooked, validity
from bot.work.bench import Bench
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.jobs.test_validity import add_ends

pytestmark = pytest.mark.row("B31")


@dataclass
class SlowClock(FixedClock):
    """Three seconds pass whenever somebody looks."""

    def elapsed(self) -> float:
        self.ticks += 3.0
        return self.ticks


def begin(desk: Desk) -> int:
    ensure_active(desk.store, desk.workspace.id)
    with desk.store.writing(desk.workspace.id) as unit:
        run_id = begin_run(unit, TODAY, "U0OPS")
    assert run_id is not None
    return run_id


def work(desk: Desk, run_id: int, *, user: str = "", on: str = "2026-11-20") -> dict[str, object]:
    bench = Bench(desk.store, desk.texts, SlowClock(FRIDAY), Path("/nowhere"))
    return validity.work(
        bench, workspace_id=desk.workspace.id, run_id=run_id, on=on, slack_user=user
    )


def told(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reading(desk.workspace.id) as unit:
        rows = unit.session.scalars(select(OutboxItem).order_by(OutboxItem.kind))
        return [(row.kind, str(row.payload)) for row in rows]


def test_whoever_asked_sees_how_far_it_is_and_then_the_result(past: Desk) -> None:
    past.hire("Ono", Role.MANAGER, slack_user="U0MGR", locale="en")
    run_id = begin(past)
    assert work(past, run_id, user="U0MGR") == {"kept": True}
    posts = told(past)
    assert posts[0][0] == "post"
    assert "being looked at (" in posts[0][1]
    assert posts[-1][0] == "update"
    assert "Measures that tell lost from kept" in posts[-1][1]
    assert "validity_risks" in posts[-1][1]
    with past.store.reading(past.workspace.id) as unit:
        made = find_by_id(unit, run_id)
        assert made is not None
        assert made.validity.is_told


def test_for_the_months_job_nobody_is_told_here(desk: Desk) -> None:
    add_ends(desk, 1, 2)
    assert work(desk, begin(desk)) == {"kept": True}
    assert told(desk) == []


def test_a_second_child_of_the_same_run_keeps_nothing(desk: Desk) -> None:
    run_id = begin(desk)
    assert work(desk, run_id) == {"kept": True}
    assert work(desk, run_id) == {"kept": False}


def test_what_breaks_is_told_with_a_reference_and_leaves_no_run_behind(desk: Desk) -> None:
    desk.hire("大野", Role.OPS, slack_user="U0OPS")
    assert work(desk, begin(desk), user="U0OPS", on="someday") == {"kept": False}
    [(_, text)] = told(desk)
    assert "参照番号" in text
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalar(select(func.count(ValidityRun.id))) == 0


def test_a_child_that_was_ended_from_outside_is_told_and_leaves_no_run_behind(desk: Desk) -> None:
    desk.hire("Ono", Role.OPS, slack_user="U0OPS", locale="en")
    run_id = begin(desk)
    bench = Bench(desk.store, desk.texts, desk.clock, Path("/nowhere"))
    tell_unlooked.work(
        bench, workspace_id=desk.workspace.id, run_id=run_id, slack_user="U0OPS", pid=7
    )
    [(_, text)] = told(desk)
    assert "could not be looked at" in text
    assert begin(desk) != run_id
