"""Lives through the days and kills as it goes: two clocks, an import, and heavy work."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import psutil
from sqlalchemy import select

from bot.services.imports import batches
from bot.store import job_runs, outbox
from bot.store.tables import ImportBatch, JobRun, OutboxItem
from tests.kill.plan import RESUMED_AFTER, Step
from tests.kill.processes import Part
from tests.kill.world import World

PATIENCE = 300.0
"""Seconds after which what is due will not come any more."""
# Kills of one import, and of one day's heavy work: a job that fails three times is given up.
_MOST_ON_IMPORT, _MOST_ON_CHILDREN = 4, 2
_COLD_SHARE, _LEFT_SHARE = 0.15, 0.25
OPEN = (batches.RECEIVED, batches.WAITING, batches.CONFIRMED, batches.APPLYING)
OPEN_SAID = (outbox.PENDING, outbox.SENDING, outbox.UNKNOWN)


class Overdue(AssertionError):
    """What was due did not come, however long nobody was killed."""


@dataclass
class Errand:
    """An import by command line, until it has ended well."""

    file: Path
    part: Part
    kills: int = 0
    is_left: bool = False


@dataclass
class Campaign:
    """`days` are what files are written for; `imported` the files, in their order."""

    world: World
    dice: random.Random
    usage_days: int
    kills: Counter[str] = field(default_factory=Counter)
    imported: list[Path] = field(default_factory=list)
    delivered: list[Path] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    clocks: list[Part] = field(default_factory=list)
    errand: Errand | None = None
    children_killed: Counter[date] = field(default_factory=Counter)
    import_seconds: float = 1.5

    def live(self, step: Step, kills: int) -> None:
        """One step: so many kills, and on until all that is due then was put down."""
        self.world.move_to(step.at)
        self._bring_files(step)
        self.clocks = [self.world.starter.start(name, "clock") for name in ("clock-a", "clock-b")]
        enough = self.kills.total() + kills
        while self.kills.total() < enough:
            self._kill_one(step)
            self._look_after_errand()
        self._wait(lambda: self._is_through(step), f"{step.day} {step.at}")
        self._wait(lambda: self.errand is None, "an import")
        for clock in self.clocks:
            clock.kill()

    def rest(self, at_last: Step) -> None:
        """Nobody is killed any more; the clocks go on until nothing is open."""
        for number in range(1, 6):
            self.world.move_to(at_last.at + number * RESUMED_AFTER)
            self.clocks = [self.world.starter.start("clock", "clock") for _ in range(2)]
            self._wait(lambda: all(clock.has_started for clock in self.clocks), "a clock")
            is_quiet = self._is_soon(self._is_quiet, PATIENCE / 5)
            codes = [clock.stop() for clock in self.clocks]
            if codes != [0, 0]:
                raise Overdue(f"the clocks did not stop well: {codes}")
            if is_quiet:
                return
        raise Overdue(f"still open: {', '.join(self._open_ends())}")

    def _bring_files(self, step: Step) -> None:
        company, folder = self.world.company, self.world.folder / "files"
        number = len(self.imported) + len(self.delivered) + 1
        yesterday = step.day - timedelta(days=1)
        if step.readers:
            days, is_usage = self.usage_days, len(self.imported) % 2 == 0
            file = (
                company.write_usage(folder, number, yesterday, days)
                if is_usage
                else company.write_accounts(folder, number)
            )
            self.imported.append(file)
            self.errand = Errand(file, self._start_import(file))
        else:
            write = (company.write_tickets, company.write_nps)[number % 2]
            self.delivered.append(write(folder, number, step.day))
            self.world.hand_in(self.delivered[-1])

    def _start_import(self, file: Path) -> Part:
        is_cold = self.dice.random() < _COLD_SHARE
        return self.world.starter.start("import", "import", str(file), is_cold=is_cold)

    def _kill_one(self, step: Step) -> None:
        errand, children = self.errand, self.world.starter.children()
        if errand and errand.kills < _MOST_ON_IMPORT and self.dice.random() < 0.8:
            self._kill_import(errand)
        elif children and self.children_killed[step.day] < _MOST_ON_CHILDREN:
            self._kill_child(step, self.dice.choice(children))
        else:
            self._kill_clock(self.dice.randrange(len(self.clocks)))

    def _kill_import(self, errand: Errand) -> None:
        since = time.monotonic() - errand.part.began_at
        at = self.dice.uniform(0.05, self.import_seconds * 1.1)
        self._pass(max(0.0, at - since))
        self._look_after_errand()
        if self.errand is errand and errand.part.kill():
            self.kills["import"] += 1
            errand.kills += 1
            errand.is_left = self._has_batch(errand.file) and self.dice.random() < _LEFT_SHARE
            if not errand.is_left:
                errand.part = self._start_import(errand.file)

    def _kill_child(self, step: Step, child: psutil.Process) -> None:
        self._pass(self.dice.uniform(0.0, 2.0))
        try:
            child.kill()
        except psutil.NoSuchProcess:
            return
        self.kills["heavy work"] += 1
        self.children_killed[step.day] += 1

    def _kill_clock(self, place: int) -> None:
        clock = self.clocks[place]
        self._wait_for_moment(clock)
        if not clock.kill():
            raise Overdue(f"a clock ended by itself, see {clock.log}")
        self.kills["clock"] += 1
        is_cold = self.dice.random() < _COLD_SHARE
        self.clocks[place] = self.world.starter.start(clock.name, "clock", is_cold=is_cold)

    def _wait_for_moment(self, clock: Part) -> None:
        """At any moment of its start, or at work, or just when it speaks to Slack."""
        chance = self.dice.random()
        if chance < 0.25:
            self._pass(self.dice.uniform(0.02, 1.5))
            return
        self._is_soon(lambda: clock.has_started, 30)
        if chance < 0.6:
            self._pass(self.dice.uniform(0.02, 0.8))
            return
        calls = self.world.sandbox.slack.calls
        last = calls[-1:]
        self._is_soon(lambda: calls[-1:] != last, 3, 0.003)
        self._pass(self.dice.uniform(0.0, 0.03))

    def _look_after_errand(self) -> None:
        """An import that ended well is done; one left to the clocks is theirs from now on."""
        errand = self.errand
        if errand is None:
            return
        if errand.is_left:
            self.errand = None
        elif (code := errand.part.running.poll()) is not None:
            if code == 0:
                took = time.monotonic() - errand.part.began_at
                self.import_seconds = max(1.0, 0.7 * self.import_seconds + 0.3 * took)
                self.errand = None
            else:
                self.refusals.append(errand.part.log.read_text(encoding="utf-8")[-500:])
                errand.part = self._start_import(errand.file)

    def _has_batch(self, file: Path) -> bool:
        with self.world.store.reading(self.world.workspace_id) as unit:
            wanted = select(ImportBatch.id).filter_by(file_name=file.name)
            return unit.session.scalars(wanted).first() is not None

    def _is_through(self, step: Step) -> bool:
        return not self._missing(step)

    def _missing(self, step: Step) -> set[str]:
        ids = self.world.member_ids()
        wanted = {f"digest:{step.day}:{ids[reader.slack_user]}" for reader in step.readers}
        with self.world.store.reading(self.world.workspace_id) as unit:
            keys = select(OutboxItem.key).where(OutboxItem.key.in_(wanted))
            missing = wanted - set(unit.session.scalars(keys))
            night = unit.session.scalars(
                select(JobRun.id).filter_by(job="nightly", slot=str(step.day), state=job_runs.DONE)
            ).first()
        return missing | ({"nightly"} if step.has_night and night is None else set())

    def _is_quiet(self) -> bool:
        return not next(self._open_ends(), None)

    def _open_ends(self) -> Iterator[str]:
        with self.world.store.reading(self.world.workspace_id) as unit:
            said = select(OutboxItem.key).where(OutboxItem.state.in_(OPEN_SAID))
            yield from unit.session.scalars(said)
            runs = select(JobRun).filter_by(state=job_runs.RUNNING)
            yield from (f"{run.job} {run.slot}" for run in unit.session.scalars(runs))
            yield from (f"{one.file_name} {one.state}" for one in batches.list_in(unit, *OPEN))
            yield from (f"{one.file_name} untold" for one in batches.list_untold(unit))
        yield from (f"child {child.pid}" for child in self.world.starter.children())

    def _pass(self, seconds: float) -> None:
        time.sleep(seconds)

    def _wait(self, look: Callable[[], bool], what: str) -> None:
        def seen() -> bool:
            self._look_after_errand()
            return look()

        if not self._is_soon(seen, PATIENCE):
            raise Overdue(f"{what} did not come within {PATIENCE:g} seconds")

    def _is_soon(self, look: Callable[[], bool], seconds: float, between: float = 0.2) -> bool:
        ends = time.monotonic() + seconds
        while not look():
            if time.monotonic() > ends:
                return False
            time.sleep(between)
        return True
