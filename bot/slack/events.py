"""Events: kept before they are acknowledged, worked from the inbox, answered at most once."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.core.refusal import Busy
from bot.runner import Runner
from bot.services.install import remove_workspace
from bot.slack.answers import Answers, Asked
from bot.slack.directory import Directories
from bot.slack.pool import Pool
from bot.slack.requests import meaning_of, read_event, team_of
from bot.slack.workspaces import WorkspaceBook
from bot.store import inbox
from bot.store.tables import InboxEvent, Workspace
from bot.store.unit import Store

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
# After these, what we believed of the person or channel may be wrong.
CHANGES = frozenset({"user_change", "member_joined_channel", "member_left_channel"})
GONE = frozenset({"app_uninstalled", "tokens_revoked"})


@dataclass
class Events:
    """The inbox of every workspace."""

    runner: Runner
    answers: Answers
    book: WorkspaceBook
    directories: Directories

    @property
    def store(self) -> Store:
        """The database the inbox lies in."""
        return self.runner.store

    def receive(self, body: dict[str, Any]) -> bool:
        """Keep an event; False when the same thing was kept before, or is nobody's business.

        People react all day long: what is passed over in silence is not written down either.
        """
        workspace = self.book.get(*team_of(body))
        if self._is_chatter(body):
            return False
        with self.store.writing(workspace.id) as unit:
            return inbox.receive(unit, meaning_of(body), body["event"]["type"], body)

    def _is_chatter(self, body: dict[str, Any]) -> bool:
        request = read_event(body)
        deed = self.runner.find_deed(request)
        if deed is None or not deed.is_hushed:
            return False
        # Read anew: which reaction is meant may have been changed a moment ago.
        workspace = self.store.find_workspace(*team_of(body))
        return workspace is None or self.runner.is_passed_over(request, workspace)

    def wake(self, pool: Pool) -> None:
        """Work the inbox soon; a full queue is no loss, since the clock works it as well."""
        try:
            pool.submit(self.work_all)
        except Busy:
            log.info("inbox waits", extra={"action": "inbox_waits"})

    def work_all(self) -> int:
        """Work everything that waits, in every workspace; how many events were worked."""
        return sum(self._work_workspace(workspace) for workspace in self.store.list_workspaces())

    def _work_workspace(self, workspace: Workspace) -> int:
        worked = 0
        while (event := self._claim(workspace)) is not None:
            self._work(workspace, event)
            worked += 1
        return worked

    def _claim(self, workspace: Workspace) -> InboxEvent | None:
        with self.store.writing(workspace.id) as unit:
            return inbox.claim(unit, self.store.clock.real_now(), LEASE)

    def _work(self, workspace: Workspace, event: InboxEvent) -> None:
        request = read_event(event.body)
        self._note_facts(workspace, event)
        asked = Asked(request, workspace)
        known = self.runner.find_deed(request) is not None
        reply = self.runner.handle(request) if known else None
        # Finished before it is answered: a process killed in between must not answer twice.
        with self.store.writing(workspace.id) as unit:
            inbox.finish(unit, event.id)
        if reply is not None:
            self.answers.say(asked, reply)

    def _note_facts(self, workspace: Workspace, event: InboxEvent) -> None:
        """What an event tells about people, channels and the app itself is believed at once."""
        if event.kind in GONE:
            remove_workspace(self.store, workspace)
            self.book.forget(workspace)
        told = event.body["event"]
        for subject in (told.get("user"), told.get("channel")):
            name = subject.get("id") if isinstance(subject, dict) else subject
            if event.kind in CHANGES and name:
                self.directories.of(workspace.id).forget(str(name))
