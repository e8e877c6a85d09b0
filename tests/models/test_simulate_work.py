"""The work of a child process: what whoever asked is told, whatever becomes of it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import FixedClock
from bot.health.edits import with_bands
from bot.health.model import load_default
from bot.services.models.drafts import change_draft, find_draft, start_draft
from bot.store.simulations import ask_simulation, begin_simulation, list_waiting_simulations
from bot.store.tables import AskedSimulation, OutboxItem
from bot.work import simulate_model
from bot.work.bench import Bench
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.models.conftest import OTA, SUDA

pytestmark = pytest.mark.row("E27")


@dataclass
class SlowClock(FixedClock):
    """Three seconds pass whenever somebody looks."""

    def elapsed(self) -> float:
        self.ticks += 3.0
        return self.ticks


def ask(desk: Desk, version: int = 2, revision: int = 1, user: str = OTA) -> int:
    with desk.store.writing(desk.workspace.id) as unit:
        return ask_simulation(unit, version, revision, user)


def work(
    desk: Desk, asked_id: int | None = None, on: str = TODAY.isoformat(), slow: bool = False
) -> bool:
    clock = SlowClock(FRIDAY) if slow else desk.clock
    done = simulate_model.work(
        Bench(desk.store, desk.texts, clock, Path("/nowhere")),
        workspace_id=desk.workspace.id,
        asked_id=asked_id or ask(desk),
        on=on,
    )
    return bool(done["simulated"])


def told(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.store.reading(desk.workspace.id) as unit:
        rows = unit.session.scalars(select(OutboxItem).order_by(OutboxItem.kind))
        return [(row.kind, row.audience, str(row.payload)) for row in rows]


@pytest.fixture
def drafted(desk: Desk) -> Desk:
    with desk.store.writing(desk.workspace.id) as unit:
        start_draft(unit, with_bands(load_default(), 60, 75), OTA)
    return desk


def test_whoever_asked_is_told_once_and_the_result_stays_with_the_draft(drafted: Desk) -> None:
    assert work(drafted)
    [(kind, audience, text)] = told(drafted)
    assert (kind, audience) == ("post", OTA)
    assert "試算の結果|ヘルスモデルの下書き 第2版" in text
    assert "区分が変わる顧客" in text
    assert "含まれないもの" in text
    with drafted.store.reading(drafted.workspace.id) as unit:
        row = find_draft(unit)
        assert row is not None
        assert row.status == "simulated"
        assert row.simulation is not None
        assert row.simulation["accounts"] == 3


def test_whoever_waits_sees_how_far_it_is(drafted: Desk) -> None:
    assert work(drafted, slow=True)
    kinds = [kind for kind, _, _ in told(drafted)]
    assert kinds == ["post", "update"]
    assert "第2版を試算しています" in told(drafted)[0][2]
    assert "試算の結果" in told(drafted)[1][2]


def test_a_draft_that_changed_meanwhile_is_not_simulated_and_it_is_said(drafted: Desk) -> None:
    asked_id = ask(drafted)
    with drafted.store.writing(drafted.workspace.id) as unit:
        change_draft(unit, 2, 1, load_default(), SUDA)
    assert not work(drafted, asked_id)
    [(_, _, text)] = told(drafted)
    assert "試算していません" in text
    assert "須田さんが" in text


def test_what_breaks_is_told_with_a_reference(drafted: Desk) -> None:
    assert not work(drafted, on="someday")
    [(_, _, text)] = told(drafted)
    assert "参照番号" in text


def test_what_was_asked_for_is_over_with_its_answer_and_is_not_done_again(drafted: Desk) -> None:
    asked_id = ask(drafted)
    assert work(drafted, asked_id)
    assert not work(drafted, asked_id)
    assert len(told(drafted)) == 1
    with drafted.store.reading(drafted.workspace.id) as unit:
        assert unit.session.scalars(select(AskedSimulation)).all() == []


def test_what_waits_is_asked_for_once_by_each_and_begun_by_one(any_desk: Desk) -> None:
    mine = ask(any_desk)
    assert ask(any_desk) == mine
    others = [ask(any_desk, revision=2), ask(any_desk, user=SUDA), ask(any_desk, version=3)]
    assert len({mine, *others}) == 4
    with any_desk.store.writing(any_desk.workspace.id) as unit:
        begun = [begin_simulation(unit, mine, FRIDAY) for _ in range(2)]
        waiting = list_waiting_simulations(unit)
    assert begun == [True, False]
    assert sorted(waiting) == sorted(others)
    assert ask(any_desk) != mine
