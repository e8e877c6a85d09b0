"""A customer base lived through night by night, with its people, for stories about alerts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import func, select

from bot.core.alert import list_opening
from bot.core.vocabulary import Band
from bot.services.recompute import recompute
from bot.services.watch.night import begin_night
from bot.store.bulk.usage import write_usage
from bot.store.bulk.usage_read import read_window
from bot.store.metrics import list_packings
from bot.store.tables import (
    Account,
    AccountScore,
    Episode,
    Member,
    PlaybookHit,
    ScoreRun,
    Task,
    Workspace,
)
from tests.recompute.customers import Customers, at


@dataclass
class Company(Customers):
    """Customers whose nights are watched; `opened` and `cleared` are those of the last night."""

    people: dict[str, int] = field(default_factory=dict)
    opened: int = 0
    cleared: int = 0

    def hire(self, name: str, **facts: Any) -> int:
        """A CSM who is here, works in Japan and has no lead, unless `facts` say otherwise."""
        with self.store.writing(self.workspace_id) as unit:
            made = Member(**{"name": name, "roles": ["csm"], "known_at": unit.at} | facts)
            unit.add(made)
            unit.session.flush()
            self.people[name] = made.id
        return made.id

    def start(self, on: date | None) -> None:
        """The day from which on alerts may open."""
        with self.store.writing(self.workspace_id) as unit:
            unit.session.get_one(Workspace, self.workspace_id).started_on = on

    def night(self, on: date) -> None:
        """One nightly run."""
        self.clock.at = at(on)
        watch = begin_night(self.store, self.workspace_id, on)
        recompute(self.store, self.workspace_id, on, watcher=watch)
        watch.finish()
        self.opened, self.cleared = watch.opened, watch.cleared

    def nights(self, first_on: date, last_on: date, step: int = 1) -> dict[date, int]:
        """Every night of a span, or every `step`-th; the days on which anything opened."""
        opened = {}
        for n in range(0, (last_on - first_on).days + 1, step):
            on = first_on + timedelta(days=n)
            self.night(on)
            if self.opened:
                opened[on] = self.opened
        return opened

    def episodes(self, playbook: str | None = None) -> list[Episode]:
        """All of them, oldest first."""
        wanted = select(Episode).order_by(Episode.opened_on, Episode.id)
        if playbook is not None:
            wanted = wanted.filter_by(playbook=playbook)
        with self.store.reading(self.workspace_id) as unit:
            return list(unit.session.scalars(wanted))

    def episode(self, playbook: str) -> Episode:
        """The only one of that playbook."""
        [found] = self.episodes(playbook)
        return found

    def tasks(self, episode: Episode) -> list[Task]:
        """Its tasks by the day they are due."""
        wanted = select(Task).filter_by(episode_id=episode.id).order_by(Task.due_on)
        with self.store.reading(self.workspace_id) as unit:
            return list(unit.session.scalars(wanted))

    def hits(self) -> set[tuple[str, str, date]]:
        """Playbook, signal and first day of every hit on file."""
        with self.store.reading(self.workspace_id) as unit:
            rows = unit.session.scalars(select(PlaybookHit))
            return {(row.playbook, row.signal, row.since_on) for row in rows}

    def close(self, episode: Episode, on: date, ending: str = "outcome") -> None:
        """As closing an episode leaves it."""
        with self.store.writing(self.workspace_id) as unit:
            row = unit.session.get_one(Episode, (self.workspace_id, episode.id))
            row.state, row.open_as, row.ending, row.closed_on = "closed", None, ending, on

    def write_metric(self, ref: str, metric: str, first_on: date, values: list[float]) -> None:
        """One metric of an account over some days; the others stay as they were."""
        ids = np.array([self.accounts[ref]], dtype=np.int64)
        with self.store.writing(self.workspace_id) as unit:
            write_usage(unit, (metric,), ids, first_on, np.array([[values]]))

    def scale(self, metric: str, on: date, by: float, until_on: date | None = None) -> None:
        """A metric of everybody becomes so much of itself from a day on, by default on it alone."""
        with self.store.writing(self.workspace_id) as unit:
            ids = np.sort(np.array(unit.session.scalars(select(Account.id)).all(), dtype=np.int64))
            days = on, until_on or on
            told = read_window(
                unit.connection,
                self.workspace_id,
                list_packings(unit),
                ids,
                [metric],
                days,
                is_span=False,
            )
            write_usage(unit, (metric,), ids, on, np.round(told.astype(np.float64) * by))

    def count(self, band: Band, on: date) -> int:
        """How many accounts a night left in a band."""
        with self.store.reading(self.workspace_id) as unit:
            wanted = select(func.count()).select_from(AccountScore)
            found = wanted.filter_by(run_on=on, band=band.value)
            return unit.session.scalars(found).one()

    def unwatch(self, on: date) -> None:
        """As a night leaves it that did not come to its end."""
        with self.store.writing(self.workspace_id) as unit:
            unit.session.get_one(ScoreRun, (self.workspace_id, on)).watched_at = None

    def opening(self, episode: Episode) -> list[dict[str, Any]]:
        """The values of each sign as the alert opened with them."""
        return [each["values"] for each in list_opening(episode.evidence)]

    def signals(self, episode: Episode) -> list[str]:
        """Keys of what it opened with, in the order in which it is told."""
        return [each["signal"] for each in list_opening(episode.evidence)]


def titles(tasks: Iterable[Task]) -> list[tuple[str, str]]:
    """Step and due day of tasks, as text."""
    return [(task.step or "", task.due_on.isoformat()) for task in tasks]
