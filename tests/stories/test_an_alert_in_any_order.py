"""Two people, clicks, redeliveries, dying processes, restarts and nights in whatever order.

They leave one alert, one message that says how it stands, each task once and one outcome to each.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.alert_message import list_out_of_date, refresh
from bot.ask import Ask
from bot.commands.alert import alert_cause, alert_claim, alert_wait
from bot.commands.alert_forms import keep_false_alarm, keep_hand_over, keep_snooze
from bot.core.outcome import Told
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import CommonResult, EpisodeState, Hypothesis, Role
from bot.jobs.alerts import alerts, alerts_team
from bot.services.episodes import claim, start_waiting
from bot.services.outcomes import record_outcome
from bot.services.playbooks import ensure_shipped
from bot.store.alert_messages import find_message
from bot.store.tables import Episode, Member, OutboxItem, Task, TaskOutcome, Touch
from bot.views.reply import FormErrors, Reply
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode, add_task

Row = TypeVar("Row")

TOKYO = ZoneInfo("Asia/Tokyo")
PEOPLE = st.sampled_from(["sato", "mori"])
TWICE = st.booleans()
UNDONE = ("open", "waiting")


class AlertLife(RuleBasedStateMachine):
    """One alert of 佐藤, whose lead 森 acts on it as well."""

    template: Path
    folder: Path
    count = 0

    @initialize()
    def open_alert(self) -> None:
        type(self).count += 1
        path = self.folder / f"{self.count}.sqlite3"
        shutil.copyfile(self.template, path)
        self.url = f"sqlite:///{path}"
        self.desk = Desk(self.url)
        self.on, self.is_left_behind = TODAY, False
        ensure_shipped(self.desk.store, self.desk.workspace.id)
        mori = self.desk.hire("森", Role.LEAD, locale="en")
        self.members = {"sato": self.desk.sato, "mori": mori}
        acme = self.desk.add_account("アクメ商事", arr=1, second_id=mori.id)
        self.episode_id = add_episode(self.desk, acme).id
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            episode = unit.session.scalars(select(Episode)).one()
        for due_on in (date(2026, 11, 24), date(2026, 12, 4)):
            add_task(self.desk, acme, due_on, episode=episode)
        self._work_a_morning()

    @rule(by=PEOPLE, twice=TWICE)
    def claims(self, by: str, twice: bool) -> None:
        self._press(alert_claim, by, twice)

    @rule(by=PEOPLE, cause=st.sampled_from(Hypothesis), twice=TWICE)
    def names_a_cause(self, by: str, cause: Hypothesis, twice: bool) -> None:
        self._press(alert_cause, by, twice, f":{cause}")

    @rule(by=PEOPLE, twice=TWICE)
    def reaches_out(self, by: str, twice: bool) -> None:
        self._press(alert_wait, by, twice)

    @rule(by=PEOPLE, days=st.integers(-1, 9), twice=TWICE)
    def snoozes(self, by: str, days: int, twice: bool) -> None:
        until_on = (self.on + timedelta(days=days)).isoformat()
        self._submit(keep_snooze, by, twice, until_on=until_on, reason="休暇")

    @rule(by=PEOPLE, to=PEOPLE, twice=TWICE)
    def hands_over(self, by: str, to: str, twice: bool) -> None:
        person = self.members[to].slack_user
        self._submit(keep_hand_over, by, twice, person=person)

    @rule(by=PEOPLE, twice=TWICE)
    def says_it_was_none(self, by: str, twice: bool) -> None:
        self._submit(keep_false_alarm, by, twice, reason="検証環境")

    @rule(
        by=PEOPLE,
        result=st.sampled_from(["met", *CommonResult]),
        closes=st.booleans(),
        twice=TWICE,
    )
    def records_an_outcome(self, by: str, result: str, closes: bool, twice: bool) -> None:
        told = Told(done="打ち合わせ", result=result, impression="前向き")
        ask = self._ask(by)
        for _ in range(1 + twice):
            task_id = self._next_task()
            if task_id is None:
                return
            with suppress(Refusal), ask.writing() as unit:
                record_outcome(unit, task_id, told, by=ask.person, today=ask.today, closes=closes)
            refresh(ask, self.episode_id)
            self.is_left_behind = False

    @rule(by=PEOPLE, verb=st.sampled_from(["claim", "wait"]))
    def dies_before_the_message_is_kept(self, by: str, verb: str) -> None:
        """The process goes between the commit and the message."""
        ask = self._ask(by)
        with suppress(Refusal), ask.writing() as unit:
            if verb == "claim":
                claim(unit, self.episode_id, ask.person)
            else:
                start_waiting(unit, self.episode_id, ask.person, ask.today)
            self.is_left_behind = True

    @rule()
    def restarts(self) -> None:
        """Another process on the same data."""
        self.desk.store.engine.dispose()

    @rule(has_signs=st.booleans(), days=st.integers(1, 4))
    def nights_pass(self, has_signs: bool, days: int) -> None:
        self.on += timedelta(days=days)
        with self.desk.store.writing(self.desk.workspace.id) as unit:
            episode = unit.session.scalars(select(Episode)).one()
            if episode.open_as:
                since_on = episode.clear_since_on or self.on
                episode.clear_since_on = None if has_signs else since_on
        self._work_a_morning()

    @precondition(lambda self: hasattr(self, "on"))
    @invariant()
    def there_is_one_alert_and_its_end_is_whole(self) -> None:
        episode, tasks = self._episode(), self._all(Task)
        undone = [each for each in tasks if each.state in UNDONE]
        assert len(tasks) == len({each.key for each in tasks})
        if episode.state == EpisodeState.CLOSED:
            assert (episode.open_as, undone) == (None, [])
            assert episode.ending
        else:
            assert episode.open_as == episode.playbook
        if episode.state == EpisodeState.WAITING:
            assert {(each.state, each.waiting_until_on) for each in undone} <= {
                ("waiting", episode.waiting_until_on)
            }
        else:
            assert episode.waiting_until_on is None
            assert all(each.state != "waiting" for each in undone)

    @precondition(lambda self: hasattr(self, "on"))
    @invariant()
    def everything_is_on_record_once(self) -> None:
        outcomes = [each.task_id for each in self._all(TaskOutcome)]
        assert len(outcomes) == len(set(outcomes))
        touches = [(each.member_id, each.touched_on) for each in self._all(Touch) if not each.note]
        assert len(touches) == len(set(touches))

    @precondition(lambda self: hasattr(self, "on") and not self.is_left_behind)
    @invariant()
    def its_message_is_one_and_says_how_it_stands(self) -> None:
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            live = find_message(unit, self.episode_id)
            wanted = select(OutboxItem).filter_by(kind="post", thread_of_id=None)
            posts = list(unit.session.scalars(wanted))
            owner = unit.session.scalars(
                select(Member).filter_by(id=self._episode().owner_id)
            ).one()
        assert live is not None
        assert live.audience == owner.slack_user
        assert list_out_of_date(self._ask("sato"), [self.episode_id]) == []
        shown = [each for each in posts if each.audience == owner.slack_user]
        assert live.id in {each.id for each in shown}

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.engine.dispose()

    def _press(self, deed: Callable[[Ask], Reply], by: str, twice: bool, more: str = "") -> None:
        for _ in range(1 + twice):
            with suppress(Refusal):
                deed(self._ask(by, value=f"{self.episode_id}{more}"))
        self.is_left_behind = False

    def _submit(self, deed: Callable[[Ask], Reply], by: str, twice: bool, **said: Any) -> None:
        carried = {"episode": str(self.episode_id), "from": str(self._episode().owner_id)}
        for _ in range(1 + twice):
            try:
                reply = deed(self.desk.submit(carried, by=self.members[by], **said))
            except AlreadyDone:
                self.is_left_behind = False
            else:
                # What the form finds wrong with itself is not looked up in the alert.
                self.is_left_behind &= isinstance(reply, FormErrors)

    def _ask(self, by: str, **more: Any) -> Ask:
        return self.desk.ask(by=self.members[by], **more)

    def _work_a_morning(self) -> None:
        at = datetime.combine(self.on, time(8, 30), TOKYO)
        self.desk.clock.move_to(at)
        for member in self.members.values():
            alerts(self.desk.turn(member, self.on))
        alerts_team(self.desk.turn(None, self.on))
        self.is_left_behind = False

    def _next_task(self) -> int | None:
        undone = [each for each in self._all(Task) if each.state in UNDONE]
        return min(undone, key=lambda each: each.due_on).id if undone else None

    def _episode(self) -> Episode:
        [episode] = self._all(Episode)
        return episode

    def _all(self, kind: type[Row]) -> list[Row]:
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            return list(unit.session.scalars(select(kind)))


@pytest.mark.row("D7", "D40", "E8")
def test_whatever_the_order_one_of_each_is_left(sqlite_template: Path, tmp_path: Path) -> None:
    class Life(AlertLife):
        template, folder = sqlite_template, tmp_path

    run_state_machine_as_test(Life, settings=settings(max_examples=8, stateful_step_count=12))
    assert Life.count >= 1
