"""What a night opens at once, and what it keeps back because too much of it came late together.

Refuses to hold back a deadline, what came in time, and a few: those open as always.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.core.waves import (
    OPENED_A_NIGHT,
    WAITS_BUSINESS_DAYS,
    LateCause,
    Wave,
    WaveState,
    most_at_once,
)
from bot.people import build_calendar
from bot.services.playbooks import PlaybookVersion
from bot.services.watch.causes import Asked, LateCourse
from bot.services.watch.eve import Eve
from bot.store.bulk.episodes import insert_episodes, insert_tasks
from bot.store.bulk.once import insert_once
from bot.store.tables import Account, AlertWave, Episode, PlaybookHit
from bot.store.unit import Unit
from bot.store.waves import keep_cause

Row = dict[str, Any]
Built = tuple[Row, list[Row]]


@dataclass(frozen=True)
class Opening:
    """An alert that is due; `built` is None on a day off of whoever is to act."""

    version: PlaybookVersion
    asked: Asked
    built: Built | None


@dataclass
class _Late:
    """What one playbook is to open by late facts; the rows are kept while they are few."""

    version: PlaybookVersion
    account_ids: list[int] = field(default_factory=list)
    rows: list[Built] = field(default_factory=list)
    causes: dict[str, LateCause] = field(default_factory=dict)


class Holding:
    """One night's waves. Blocks are sorted by `sort`; `close` does what the whole night decides."""

    def __init__(self, eve: Eve) -> None:
        self._eve = eve
        self._most = most_at_once(eve.watched)
        self._course: LateCourse | None = None
        self._late: dict[str, _Late] = {}
        self._letting: dict[int, list[tuple[int, Built]]] = {}
        self._places = {
            (wave.playbook, account_id): (wave, place)
            for wave in eve.waves
            for place, account_id in enumerate(wave.held)
        }

    def is_left_out(self, playbook: str, asked: Asked) -> bool:
        """Whether people have said that this sign of the account is to open nothing."""
        found = self._find(playbook, asked)
        return found is not None and found[0].state is WaveState.LEFT_OUT

    def sort(self, unit: Unit, openings: Sequence[Opening]) -> list[Built]:
        """What opens now; the rest is kept for the end of the night, or waits for people."""
        now: list[Built] = []
        unheld: list[Opening] = []
        for each in openings:
            found = self._find(each.version.document.key, each.asked)
            if found is None and not each.version.document.has_deadline:
                unheld.append(each)
            elif found is None or found[0].state is not WaveState.OPEN:
                now += [each.built] if each.built else []
            elif each.built:
                self._let(*found, each.built)
        return [*now, *self._sort_by_facts(unit, [each for each in unheld if each.built])]

    def close(self, unit: Unit) -> int:
        """Open what are few after all, hold back what are many, let some of what waits go."""
        few = [each for each in self._late.values() if len(each.account_ids) <= self._most]
        opened = insert_built(unit, [built for each in few for built in each.rows])
        for each in self._late.values():
            if len(each.account_ids) > self._most:
                self._hold(unit, each)
        opened += sum(self._let_go(unit, each) for each in self._eve.waves if each.asks)
        return opened

    def _find(self, playbook: str, asked: Asked) -> tuple[Wave, int] | None:
        """The wave of this very sign: what has begun anew since is news."""
        found = self._places.get((playbook, asked.account_id))
        return found if found is not None and asked.began_on <= found[0].found_on else None

    def _sort_by_facts(self, unit: Unit, openings: Sequence[Opening]) -> list[Built]:
        if not openings:
            return []
        self._course = self._course or LateCourse(unit, self._eve.runs)
        causes = self._course.list_late(unit, [each.asked for each in openings])
        now = []
        for each, late in zip(openings, causes, strict=True):
            assert each.built is not None
            if late:
                self._keep(each.version, each.asked.account_id, each.built, late)
            else:
                now.append(each.built)
        return now

    def _keep(
        self, version: PlaybookVersion, account_id: int, built: Built, causes: Iterable[LateCause]
    ) -> None:
        key = version.document.key
        kept = self._late.setdefault(key, _Late(version))
        kept.account_ids.append(account_id)
        if len(kept.account_ids) <= self._most:
            kept.rows.append(built)
        else:
            kept.rows.clear()
        for cause in causes:
            known = kept.causes.get(cause.kind)
            # The feed of usage is one, whoever it is of.
            kept.causes[cause.kind] = known.join(cause) if known else cause

    def _let(self, wave: Wave, place: int, built: Built) -> None:
        if self._eve.run_on >= wave.ends_on and wave.opened_on != self._eve.run_on:
            going = [*self._letting.get(wave.id, []), (place, built)]
            self._letting[wave.id] = sorted(going, key=lambda each: each[0])[:OPENED_A_NIGHT]

    def _hold(self, unit: Unit, late: _Late) -> None:
        document, on = late.version.document, self._eve.run_on
        home = build_calendar(unit.workspace)
        values = {
            "playbook": document.key,
            "title": document.name.by_locale(),
            "found_on": on,
            "ends_on": home.add_business_days(on, WAITS_BUSINESS_DAYS),
            "held": _sort_by_money(unit, late.account_ids),
            "watched": self._eve.watched,
            "causes": [keep_cause(late.causes[kind]) for kind in sorted(late.causes)],
            "noted_on": on,
        }
        insert_once(unit, AlertWave, ["playbook", "found_on"], values)

    def _let_go(self, unit: Unit, wave: Wave) -> int:
        """Some of a wave that nobody has decided on; it is over when nothing of it holds."""
        row = unit.session.get_one(AlertWave, (unit.workspace_id, wave.id), with_for_update=True)
        if row.state != WaveState.OPEN.value:
            return 0
        going = self._letting.get(wave.id, [])
        opened = insert_built(unit, [built for _, built in going])
        if opened:
            row.opened, row.opened_on = row.opened + opened, self._eve.run_on
        if not _holds_any(unit, wave):
            row.state, row.noted_on = WaveState.OVER.value, self._eve.run_on
        return opened


def insert_built(unit: Unit, built: Sequence[Built]) -> int:
    """Open these with their tasks; how many nobody had opened before."""
    if not built:
        return 0
    made = insert_episodes(unit, [episode for episode, _ in built])
    insert_tasks(unit, [task for row, tasks in built if row["id"] in made for task in tasks])
    return len(made)


def _sort_by_money(unit: Unit, account_ids: Sequence[int]) -> list[int]:
    """Most yearly value first; those without a known one last."""
    wanted = select(Account.id, Account.arr_base).where(Account.is_active)
    money = dict(unit.session.execute(wanted).all())
    return sorted(account_ids, key=lambda each: (-(money.get(each) or 0), each))


def _holds_any(unit: Unit, wave: Wave) -> bool:
    """Whether any sign of it lasts that has not opened since."""
    hits = select(PlaybookHit.account_id).where(
        PlaybookHit.playbook == wave.playbook, PlaybookHit.since_on <= wave.found_on
    )
    opened = select(Episode.account_id).where(
        Episode.playbook == wave.playbook, Episode.opened_on >= wave.found_on
    )
    lasting = set(unit.session.scalars(hits)) - set(unit.session.scalars(opened))
    return not lasting.isdisjoint(wave.held)
