"""A task and its alert in whatever order people press: days worked, one outcome, nothing blamed."""

import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from bot.ask import Person
from bot.core.outcome import Told
from bot.core.refusal import AlreadyDone, BadInput
from bot.core.vocabulary import Role
from bot.people import build_person
from bot.services.episodes import claim, start_waiting, stop_waiting
from bot.services.outcomes import record_outcome
from bot.services.people import calendar_of
from bot.services.playbooks import ensure_shipped
from bot.services.tasks import drop_task, hand_over, move_task, wait_for_customer
from bot.store.migrate import upgrade
from bot.store.tables import Episode, Member, OutcomeCheck, Task, TaskOutcome
from bot.store.tasks import list_by_id
from bot.store.unit import Unit
from tests.commands.desk import Desk
from tests.commands.loop_records import add_episode, add_task

# Into the year's end and out of it again, past a long weekend.
FIRST = date(2026, 12, 24)
DAYS = st.integers(-2, 40)
WHICH = st.integers(0, 1)


class AnyOrder(RuleBasedStateMachine):
    """Two people, an alert with two tasks, and days that go by."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{Path(self.folder.name) / 'any.sqlite3'}"
        upgrade(url)
        self.desk, self.today = Desk(url), FIRST
        ensure_shipped(self.desk.store, self.desk.workspace.id)
        self.people: list[Member] = [
            self.desk.sato,
            self.desk.hire("Smith", Role.CSM, zone="Europe/London"),
        ]
        acme = self.desk.add_account("アクメ商事")
        self.episode = add_episode(self.desk, acme, opened_on=FIRST)
        given = {"episode": self.episode, "made_on": FIRST}
        self.tasks = [add_task(self.desk, acme, FIRST, **given).id for _ in range(2)]

    def teardown(self) -> None:
        self.desk.engine.dispose()
        self.folder.cleanup()

    def _by(self, who: int) -> Person:
        return build_person(self.people[who], self.desk.workspace)

    @rule(days=st.integers(1, 5))
    def days_go_by(self, days: int) -> None:
        self.today += timedelta(days=days)
        now = datetime(self.today.year, self.today.month, self.today.day, tzinfo=UTC)
        self.desk.clock.move_to(now)

    @rule(who=WHICH, which=WHICH)
    def somebody_asks(self, who: int, which: int) -> None:
        with suppress(AlreadyDone), self.desk.store.writing(self.desk.workspace.id) as unit:
            wait_for_customer(unit, self.tasks[which], by=self._by(who), today=self.today)

    @rule(who=WHICH, deed=st.sampled_from([claim, start_waiting, stop_waiting]))
    def somebody_presses_the_alert(self, who: int, deed: object) -> None:
        with suppress(AlreadyDone), self.desk.store.writing(self.desk.workspace.id) as unit:
            if deed is start_waiting:
                start_waiting(unit, self.episode.id, self._by(who), self.today)
            elif deed is claim:
                claim(unit, self.episode.id, self._by(who))
            else:
                stop_waiting(unit, self.episode.id, self._by(who))

    @rule(who=WHICH, which=WHICH, days=DAYS)
    def somebody_moves_it(self, who: int, which: int, days: int) -> None:
        on = self.today + timedelta(days=days)
        with (
            suppress(AlreadyDone, BadInput),
            self.desk.store.writing(self.desk.workspace.id) as unit,
        ):
            move_task(unit, self.tasks[which], on, "理由", by=self._by(who), today=self.today)

    @rule(who=WHICH, which=WHICH, to=WHICH)
    def somebody_hands_it_over(self, who: int, which: int, to: int) -> None:
        with suppress(AlreadyDone), self.desk.store.writing(self.desk.workspace.id) as unit:
            owner_id = self.people[to].id
            hand_over(unit, self.tasks[which], owner_id, by=self._by(who), today=self.today)

    @rule(who=WHICH, which=WHICH, result=st.sampled_from(["met", "waiting", "unreachable"]))
    def somebody_records(self, who: int, which: int, result: str) -> None:
        told = Told("打診", result, "前向き")
        with suppress(AlreadyDone), self.desk.store.writing(self.desk.workspace.id) as unit:
            record_outcome(unit, self.tasks[which], told, by=self._by(who), today=self.today)

    @rule(who=WHICH)
    def somebody_drops_the_first(self, who: int) -> None:
        with suppress(AlreadyDone), self.desk.store.writing(self.desk.workspace.id) as unit:
            drop_task(unit, self.tasks[0], "理由", by=self._by(who), today=self.today)

    @invariant()
    def nothing_is_due_on_a_day_off_or_overdue_while_it_waits(self) -> None:
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            for row in list_by_id(unit, self.tasks, self.today):
                assert calendar_of(unit, row.owner_id).is_business_day(row.due_on)
                if row.waiting_until_on is not None:
                    assert not row.is_overdue(self.today)

    @invariant()
    def what_is_done_has_one_outcome_and_its_checks(self) -> None:
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            done = unit.session.scalars(select(Task.id).filter_by(state="done")).all()
            recorded = unit.session.scalars(select(TaskOutcome.task_id)).all()
            checks = unit.session.scalars(select(OutcomeCheck.outcome_id)).all()
        assert sorted(done) == sorted(recorded)
        assert len(checks) == 2 * len(recorded)

    @invariant()
    def the_alert_is_closed_by_its_last_outcome_alone(self) -> None:
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            states = _states(unit)
            episode = unit.session.scalars(select(Episode)).one()
        is_over = "done" in states and not {"open", "waiting"} & set(states)
        if episode.state == "closed":
            assert is_over
            assert episode.open_as is None
        waits = {state == "waiting" for state in states if state in ("open", "waiting")}
        if waits:
            assert waits == {episode.state == "waiting"}


def _states(unit: Unit) -> list[str]:
    return list(unit.session.scalars(select(Task.state)))


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
