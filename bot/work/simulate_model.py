"""Tries a draft of the health model on the workspace's accounts, and tells whoever asked.

Whoever waits longer than two seconds sees how far it is. What breaks is told with a reference.
"""

import os
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
from bot.store.tables import Member
from bot.views.model_simulation import build_simulation
from bot.views.model_told import build_line
from bot.views.notices import render_refusal
from bot.views.reply import Message
from bot.work.bench import Bench, put_newest
from bot.work.tell_unsimulated import key_of

_SECONDS_BETWEEN_STEPS = 2.0


def work(
    bench: Bench, *, workspace_id: int, version: int, revision: int, on: str, slack_user: str
) -> dict[str, object]:
    """Keep what was found with the draft; the person's direct message shows it."""
    with bench.store.reading(workspace_id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=slack_user)).one()
        reader = build_person(member, unit.workspace)
    key = f"{key_of(version, revision, os.getpid())}{bench.clock.now().isoformat()}"
    told = _Told(bench, workspace_id, reader, key, version)

    def find() -> Simulation | Refusal:
        try:
            return _simulate(told, revision, date.fromisoformat(on))
        except Refusal as refusal:
            return refusal

    found = attempt(find, task="simulate_model")
    told.show(_tell(told, found))
    return {"simulated": isinstance(found, Simulation)}


@dataclass
class _Told:
    """One post in the direct message, which changes as the work goes on."""

    bench: Bench
    workspace_id: int
    reader: Person
    key: str
    version: int
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
        self.show(build_line(self.say, "progress", number=self.version, share=done / total))

    def show(self, made: Message) -> None:
        with self.bench.store.writing(self.workspace_id) as unit:
            put_newest(unit, self.key, self.reader.slack_user, made)


def _simulate(told: _Told, revision: int, on: date) -> Simulation:
    store, workspace_id, actor = told.bench.store, told.workspace_id, told.reader.slack_user
    told.step(0, 1)
    with store.reading(workspace_id) as unit:
        document = read_document(get_seen(unit, told.version, revision).document)
    found = simulate(store, workspace_id, document, revision, on, told.step)
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
