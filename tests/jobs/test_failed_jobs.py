"""A job that breaks: ops hears of it once a day, with the reference that is in the log."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.ask import JobTurn
from bot.core.slots import Slot, SlotReason, SlotState
from bot.registry import Registry, whole
from bot.schedule import Turn
from bot.store.tables import JobRun, OutboxItem
from bot.views.reply import Post
from tests.house import FRIDAY, OPS, OPS_ROOM, House, open_house


def breaks(turn: JobTurn) -> list[Post]:
    raise ZeroDivisionError("the secret of アクメ")


@pytest.fixture
def broken(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """A house whose every job breaks."""
    jobs = {name: replace(job, run=breaks) for name, job in whole().jobs.items()}
    yield from open_house("http", sqlite_url, tmp_path, registry=Registry(whole().deeds, jobs))


def turn_of(house: House, name: str, hours: int = 0) -> Turn:
    at = FRIDAY + timedelta(hours=hours)
    slot = Slot(at.isoformat(), at.date(), at, SlotState.DUE, SlotReason.ON_TIME)
    return Turn(house.bot.registry.jobs[name], "workspace", None, slot)


def run(house: House, turn: Turn) -> None:
    ports = house.bot.ports_of(house.workspace.id)
    assert house.bot.ticker.runner.run(house.workspace.id, turn, ports)


def told(house: House) -> list[str]:
    with house.bot.store.reading(house.workspace.id) as unit:
        wanted = select(OutboxItem).where(OutboxItem.key.startswith("job-failed:"))
        return [item.payload["text"] for item in unit.session.scalars(wanted)]


@pytest.mark.row("X16")
def test_ops_hears_with_the_reference_of_the_log_and_nothing_else(
    broken: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        run(broken, turn_of(broken, "link_people"))
    broken.send()
    said = broken.reads(OPS, OPS_ROOM)[-1]
    assert "「メンバーの照合」が失敗しました" in said
    assert "アクメ" not in said
    found = re.search(r"参照番号 ([0-9a-f]{8})", said)
    assert found, said
    assert found[1] in caplog.text
    with broken.bot.store.reading(broken.workspace.id) as unit:
        [kept] = unit.session.scalars(select(JobRun))
    assert (kept.state, kept.reason) == ("failed", f"reference {found[1]}")


def test_three_tries_and_the_next_slots_of_the_day_are_one_notice(broken: House) -> None:
    for hours in (0, 0, 0, 1, 2):
        run(broken, turn_of(broken, "link_people", hours))
    assert len(told(broken)) == 1
    run(broken, turn_of(broken, "link_people", 24))
    run(broken, turn_of(broken, "resume_work"))
    assert len(told(broken)) == 3


def test_a_job_with_words_of_its_own_is_not_told_twice(broken: House) -> None:
    assert whole().jobs["nightly"].tells_own_failure
    run(broken, turn_of(broken, "nightly"))
    assert told(broken) == []


def test_whose_turn_it_was_is_said_and_without_a_channel_each_ops_person_hears(
    broken: House,
) -> None:
    with broken.bot.store.writing(broken.workspace.id) as unit:
        unit.workspace.ops_channel = None
    broken.run_job("digest")
    said = broken.reads(OPS)[-1]
    assert "「ダイジェスト」が失敗しました" in said
    assert "さんの分" in said
    assert len(told(broken)) == 1
