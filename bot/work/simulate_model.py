"""Tries a draft of the health model on the workspace's accounts, and tells whoever asked.

Whoever waits longer than two seconds sees how far it is. What breaks is told with a reference.
Refuses to begin what another process has begun, or what is told of already.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.ask import Person
from bot.core.model_simulation import Simulation
from bot.core.refusal import Refusal
from bot.core.say import Say
from bot.errors import Failure, attempt
from bot.health.model import read_document
from bot.people import build_person
from bot.services.models.drafts import get_seen, keep_simulation
from bot.services.models.pages import find_page_of_draft
from bot.services.models.simulating import simulate
from bot.store.simulations import (
    begin_simulation,
    end_simulation,
    find_simulation,
    note_sign,
    simulation_key,
)
from bot.store.tables import Member
from bot.store.unit import Unit
from bot.views.model_simulation import build_simulation
from bot.views.model_told import build_line
from bot.views.notices import render_refusal
from bot.views.reply import Message
from bot.work.bench import Bench, put_newest

_SECONDS_BETWEEN_STEPS = 2.0


def work(bench: Bench, *, workspace_id: int, asked_id: int, on: str) -> dict[str, object]:
    """Keep what was found with the draft; the direct message of whoever asked shows it."""
    with bench.store.writing(workspace_id) as unit:
        is_ours = begin_simulation(unit, asked_id, bench.clock.real_now())
    if not is_ours:
        return {"simulated": False}
    told = _read_told(bench, workspace_id, asked_id)

    def find() -> Simulation | Refusal:
        try:
            return _simulate(told, date.fromisoformat(on))
        except Refusal as refusal:
            return refusal

    found = attempt(find, task="simulate_model")
    told.end(_tell(told, found))
    return {"simulated": isinstance(found, Simulation)}


@dataclass
class _Told:
    """One post in the direct message, which changes as the work goes on."""

    bench: Bench
    workspace_id: int
    reader: Person
    asked_id: int
    version: int
    revision: int
    shown_at: float = 0.0

    @property
    def say(self) -> Say:
        return self.bench.texts.speak(self.reader.locale)

    def step(self, done: int, total: int) -> None:
        now = self.bench.clock.elapsed()
        self.shown_at = self.shown_at or now
        if now - self.shown_at < _SECONDS_BETWEEN_STEPS:
            return
        self.shown_at = now
        made = build_line(self.say, "progress", number=self.version, share=done / total)
        with self.bench.store.writing(self.workspace_id) as unit:
            note_sign(unit, self.asked_id, self.bench.clock.real_now())
            self._put(unit, made)

    def end(self, made: Message) -> None:
        with self.bench.store.writing(self.workspace_id) as unit:
            end_simulation(unit, self.asked_id)
            self._put(unit, made)

    def _put(self, unit: Unit, made: Message) -> None:
        put_newest(unit, simulation_key(self.asked_id), self.reader.slack_user, made)


def _read_told(bench: Bench, workspace_id: int, asked_id: int) -> _Told:
    with bench.store.reading(workspace_id) as unit:
        asked = find_simulation(unit, asked_id)
        assert asked is not None
        wanted = select(Member).filter_by(slack_user=asked.slack_user)
        reader = build_person(unit.session.scalars(wanted).one(), unit.workspace)
    return _Told(bench, workspace_id, reader, asked_id, asked.version, asked.revision)


def _simulate(told: _Told, on: date) -> Simulation:
    store, workspace_id, actor = told.bench.store, told.workspace_id, told.reader.slack_user
    told.step(0, 1)
    with store.reading(workspace_id) as unit:
        document = read_document(get_seen(unit, told.version, told.revision).document)
    found = simulate(store, workspace_id, document, told.revision, on, told.step)
    with store.writing(workspace_id) as unit:
        keep_simulation(unit, told.version, found, actor)
    return found


def _tell(told: _Told, found: Simulation | Refusal | Failure) -> Message:
    if isinstance(found, Failure):
        return build_line(told.say, "failed", number=told.version, reference=found.reference)
    if isinstance(found, Simulation):
        with told.bench.store.reading(told.workspace_id) as unit:
            draft = find_page_of_draft(unit, told.reader)
        if draft is not None:
            return build_simulation(told.say, draft, found)
        found = Refusal("no_such_model_draft")
    return build_line(told.say, "not_simulated", told=render_refusal(told.say, found))
