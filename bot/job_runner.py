"""Runs one turn of a job once: claim, read, and in one transaction say and close.

A process killed between claim and close leaves a lease behind; when it has passed, another takes
the turn over. What it says has a key of its own, so saying it again puts nothing twice.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.ask import JobTurn
from bot.clock import Clock
from bot.core.say import Say
from bot.core.slots import SlotState
from bot.core.vocabulary import Locale
from bot.errors import Failure, attempt
from bot.schedule import Turn
from bot.services.ports import Ports
from bot.store import job_runs, outbox
from bot.store.members import list_ops_users
from bot.store.unit import Store, Unit
from bot.texts import Texts
from bot.views.job_list import build_job_failed
from bot.views.reply import Post

log = logging.getLogger(__name__)

# Longer than the slowest job (a full recompute) takes.
LEASE = timedelta(minutes=30)


@dataclass(frozen=True)
class JobRunner:
    """What a turn needs; one for the process."""

    store: Store
    clock: Clock
    texts: Texts
    lease: timedelta = LEASE

    def run(self, workspace_id: int, turn: Turn, ports: Ports) -> bool:
        """Run `turn` unless somebody else has it; True when this call did it."""
        if turn.slot.state is SlotState.MISSED:
            self._record_missed(workspace_id, turn)
            return False
        run_id = self._claim(workspace_id, turn)
        if run_id is None:
            return False
        self._work(workspace_id, turn, run_id, ports)
        return True

    def _claim(self, workspace_id: int, turn: Turn) -> int | None:
        with self.store.writing(workspace_id) as unit:
            return job_runs.claim(
                unit,
                turn.job.name,
                turn.audience,
                turn.slot.key,
                self.clock.real_now(),
                self.lease,
            )

    def _work(self, workspace_id: int, turn: Turn, run_id: int, ports: Ports) -> None:
        made = attempt(
            lambda: turn.job.run(self._turn(workspace_id, turn, ports)), job=turn.job.name
        )
        if isinstance(made, Failure):
            self._fail(workspace_id, turn, run_id, made.reference)
            return
        with self.store.writing(workspace_id) as unit:
            for post in made:
                put_post(unit, post)
            job_runs.close(unit, run_id, job_runs.DONE)
        log.info(
            "job done", extra={"action": "job_done", "job": turn.job.name, "slot": turn.slot.key}
        )

    def _fail(self, workspace_id: int, turn: Turn, run_id: int, reference: str) -> None:
        """Ops hears of it in the transaction that closes the run."""
        posts = self._failure_posts(workspace_id, turn, reference)
        with self.store.writing(workspace_id) as unit:
            for post in posts:
                put_post(unit, post)
            job_runs.close(unit, run_id, job_runs.FAILED, f"reference {reference}")

    def _failure_posts(self, workspace_id: int, turn: Turn, reference: str) -> list[Post]:
        """To the ops channel, else to each ops person; of each job once a day at most."""
        if turn.job.tells_own_failure:
            return []
        with self.store.reading(workspace_id) as unit:
            channel, users = unit.workspace.ops_channel, list_ops_users(unit)
            say = self.texts.speak(unit.workspace.locale)
        name = turn.person.name if turn.person else ""
        shown = build_job_failed(say, turn.job.name, name, reference)
        key = f"job-failed:{turn.job.name}:{turn.slot.local_day}"
        return [
            Post(f"{key}:{audience}", audience, shown, holds_customer_data=False)
            for audience in ([channel] if channel else users)
        ]

    def _turn(self, workspace_id: int, turn: Turn, ports: Ports) -> JobTurn:
        voices: dict[Locale, Say] = {one: self.texts.speak(one) for one in Locale}
        return JobTurn(
            workspace_id=workspace_id,
            store=self.store,
            slot=turn.slot,
            at=self.clock.now(),
            person=turn.person,
            voices=voices,
            ports=ports,
        )

    def _record_missed(self, workspace_id: int, turn: Turn) -> None:
        with self.store.writing(workspace_id) as unit:
            job_runs.record_missed(
                unit,
                turn.job.name,
                turn.audience,
                turn.slot.key,
                turn.slot.reason,
                self.clock.real_now(),
            )
        log.warning(
            "job missed",
            extra={"action": "job_missed", "job": turn.job.name, "slot": turn.slot.key},
        )


def put_post(unit: Unit, post: Post) -> int | None:
    """Put a job's or command's message into the outbox; None when it was there already."""
    return outbox.put(
        unit,
        key=post.key,
        audience=post.audience,
        text=post.message.text,
        blocks=post.message.blocks,
        thread_of_key=post.thread_of_key,
        holds_customer_data=post.holds_customer_data,
    )
