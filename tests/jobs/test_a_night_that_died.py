"""A process that dies between what a night holds back and the word to ops: one notice, not none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core.slots import Slot, SlotReason, SlotState
from bot.core.vocabulary import Role
from bot.job_runner import LEASE, JobRunner
from bot.registry import whole
from bot.schedule import Turn
from bot.services.ports import Ports
from bot.store.breaks import NOTICE as BREAK
from bot.store.tables import OutboxItem
from bot.store.waves import NOTICE as WAVE
from tests.commands.desk import FRIDAY, Bench, Desk
from tests.commands.nights import NIGHT
from tests.commands.test_break_decided import add_break
from tests.commands.test_wave_decided import add_wave

pytestmark = pytest.mark.row("B1", "E27")

DAY = timedelta(days=1)


class Killed(BaseException):
    """Nothing catches it, as nothing catches a SIGKILL."""


@dataclass
class DyingBench(Bench):
    """Its first child has done its night when the parent dies; the next finds all that is there."""

    night: Callable[[], object] = lambda: None
    nights: list[datetime] = field(default_factory=list)

    def run(self, name: str, **arguments: object) -> dict[str, object]:
        if name == "recompute" and not self.asked:
            self.asked.append((name, arguments))
            self.night()
            raise Killed
        return super().run(name, **arguments)


@pytest.fixture(params=[(WAVE, add_wave), (BREAK, add_break)], ids=[WAVE, BREAK])
def died(desk: Desk, request: pytest.FixtureRequest) -> tuple[Desk, str]:
    """The night of the 20th found something, and its process died before it could say so."""
    word, add = request.param
    desk.hire("大野", Role.OPS)
    desk.bench = DyingBench(NIGHT, night=lambda: add(desk))
    with pytest.raises(Killed):
        run(desk, FRIDAY)
    assert notices(desk, word) == []
    return desk, word


def run(desk: Desk, at: datetime) -> bool:
    desk.clock.move_to(at)
    on = at.date()
    slot = Slot(on.isoformat(), on, at, SlotState.DUE, SlotReason.ON_TIME)
    turn = Turn(whole().jobs["nightly"], "workspace", None, slot)
    ports: Ports = desk.ports
    return JobRunner(desk.store, desk.clock, desk.texts).run(desk.workspace.id, turn, ports)


def notices(desk: Desk, word: str) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        keys = unit.session.scalars(select(OutboxItem.key).order_by(OutboxItem.key))
        return [key for key in keys if key.startswith(f"{word}:")]


def test_whoever_takes_the_night_over_tells_it_once(died: tuple[Desk, str]) -> None:
    desk, word = died
    assert not run(desk, FRIDAY + LEASE)
    assert run(desk, FRIDAY + LEASE + timedelta(seconds=1))
    [key] = notices(desk, word)
    assert key.startswith(f"{word}:2026-11-20:")
    assert not run(desk, FRIDAY + 2 * LEASE)
    run(desk, FRIDAY + DAY)
    assert notices(desk, word) == [key]


def test_where_nobody_took_it_over_in_time_the_next_night_tells_it_once(
    died: tuple[Desk, str],
) -> None:
    desk, word = died
    for days in (1, 2):
        assert run(desk, FRIDAY + days * DAY)
    [key] = notices(desk, word)
    assert key.startswith(f"{word}:2026-11-20:")
