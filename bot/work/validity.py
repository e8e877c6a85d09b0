"""Looks at which measures went with leaving, keeps it, and tells whoever asked, if anybody did.

Whoever waits longer than two seconds sees how far it is. What breaks is told with a reference; for
the month's job it is the job's to tell.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.ask import Person
from bot.core.validity import Validity
from bot.errors import Failure, attempt
from bot.people import build_person
from bot.services.validity.compute import compute_validity
from bot.services.validity.pages import build_page
from bot.store.tables import Member
from bot.store.validity import asked_key, drop_run, find_by_id, keep_run
from bot.views.reply import Message
from bot.views.validity import build_line, build_validity
from bot.work.bench import Bench, put_newest

_SECONDS_BETWEEN_STEPS = 2.0


def work(
    bench: Bench, *, workspace_id: int, run_id: int, on: str, slack_user: str = ""
) -> dict[str, object]:
    """Keep what was found under `run_id`; the person's direct message shows it."""
    if not slack_user:
        return {"kept": _keep(bench, workspace_id, run_id, _compute(bench, workspace_id, on, None))}
    told = _Told(bench, workspace_id, _read_reader(bench, workspace_id, slack_user), run_id)

    def find() -> bool:
        return _keep(bench, workspace_id, run_id, _compute(bench, workspace_id, on, told))

    found = attempt(find, task="validity")
    if isinstance(found, Failure):
        with bench.store.writing(workspace_id) as unit:
            drop_run(unit, run_id)
        told.show(told.line("failed", reference=found.reference))
        return {"kept": False}
    told.show_page()
    return {"kept": found}


@dataclass
class _Told:
    """One post in the direct message, which changes as the work goes on."""

    bench: Bench
    workspace_id: int
    reader: Person
    run_id: int
    shown_at: float = 0.0

    def line(self, name: str, **context: object) -> Message:
        return build_line(self.bench.texts.speak(self.reader.locale), name, **context)

    def step(self, done: int, total: int) -> None:
        now = self.bench.clock.elapsed()
        self.shown_at = self.shown_at or now
        if now - self.shown_at < _SECONDS_BETWEEN_STEPS:
            return
        self.shown_at = now
        self.show(self.line("progress", share=done / total))

    def show(self, made: Message) -> None:
        with self.bench.store.writing(self.workspace_id) as unit:
            put_newest(unit, asked_key(self.run_id), self.reader.slack_user, made)

    def show_page(self) -> None:
        """The run as the reader sees it; nothing where it is gone."""
        reader = self.reader
        with self.bench.store.reading(self.workspace_id) as unit:
            made = find_by_id(unit, self.run_id)
            page = (
                build_page(unit, made, reader.locale, reader.zone, reader.roles) if made else None
            )
        if page is not None:
            self.show(build_validity(self.bench.texts.speak(reader.locale), page))


def _read_reader(bench: Bench, workspace_id: int, slack_user: str) -> Person:
    with bench.store.reading(workspace_id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=slack_user)).one()
        return build_person(member, unit.workspace)


def _compute(bench: Bench, workspace_id: int, on: str, told: _Told | None) -> Validity:
    tell = told.step if told else lambda *_: None
    return compute_validity(bench.store, workspace_id, date.fromisoformat(on), tell)


def _keep(bench: Bench, workspace_id: int, run_id: int, found: Validity) -> bool:
    with bench.store.writing(workspace_id) as unit:
        return keep_run(unit, run_id, found)
