"""Takes what waits in the outbox and says it, once.  Two senders do no harm.

Slack's certain no ends an item; an answer that never came makes it unknown, and history settles
it later. Stops after the item in hand.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.errors import Failure, attempt
from bot.slack.audience import Audiences, Unfit
from bot.slack.directory import Directories
from bot.slack.line import Line, RateLimited, SlackRefused, Unclear
from bot.slack.pace import Pace
from bot.slack.posting import Parcel, Posting
from bot.slack.settling import Settling
from bot.slack.telling import tell_failures, tell_unsettled
from bot.store import backlog, outbox
from bot.store.tables import OutboxItem, Workspace
from bot.store.unit import Store
from bot.texts import Texts

log = logging.getLogger(__name__)

# Begun anew just before a post and its stand-in, or an upload's few calls, of ten seconds each.
LEASE = timedelta(seconds=120)
# Slack shows a post in history within seconds; the line's time-out and thirty more are plenty.
SETTLES_AFTER = timedelta(seconds=40)
IDLE_SECONDS = 1.0
# After these the whole workspace is mute until somebody mends its token.
MUTE = frozenset(
    {"not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired"}
)
MUTE_SECONDS = 600.0
# Slack's own words for "something of it may have happened".
MAYBE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
UNREACHABLE_SECONDS = 30.0


@dataclass
class Sender:
    """Sends for every workspace; `wait` sleeps, and is the test's to replace."""

    store: Store
    line: Line
    directories: Directories
    texts: Texts
    pace: Pace
    wait: Callable[[float], object] = time.sleep
    lease: timedelta = LEASE
    settles_after: timedelta = SETTLES_AFTER
    unsettled: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.audiences = Audiences(self.line)
        self.posting = Posting(self.line, self.store)
        self.settling = Settling(self.line, self.store, self.audiences)

    def run(self, stop: threading.Event) -> None:
        """Send until told to stop; a database that is away for a while does not end it."""
        while not stop.is_set():
            made = attempt(self.send_round, task="send")
            if isinstance(made, Failure) or made == 0:
                stop.wait(IDLE_SECONDS)

    def drain(self, stop: threading.Event) -> None:
        """Send until nothing waits, however long Slack makes us wait, or until told to stop."""
        while not stop.is_set() and (self.send_round() or self._is_held_up()):
            pass

    def send_round(self) -> int:
        """One item a workspace, and what is left over from before; how many were taken up."""
        return sum(
            self._send_one(workspace)
            for workspace in self.store.list_workspaces()
            if not workspace.settings.get("left")
        )

    def _is_held_up(self) -> bool:
        if not self.pace.held() or not any(
            self._has_due(workspace) for workspace in self.store.list_workspaces()
        ):
            return False
        self.wait(min(self.pace.longest(), IDLE_SECONDS))
        return True

    def _has_due(self, workspace: Workspace) -> bool:
        with self.store.reading(workspace.id) as unit:
            return backlog.has_due(unit)

    def _send_one(self, workspace: Workspace) -> int:
        self._clear_up(workspace)
        held = self.pace.held()
        if _everybody(workspace) in held:
            return 0
        if not self._has_due(workspace):
            # Told when all the rest is said, so that ten failures make one notice.
            return int(tell_failures(self.store, self.texts, workspace))
        with self.store.writing(workspace.id) as unit:
            item = outbox.claim(unit, self.store.clock.real_now(), self.lease, held)
        if item is None:
            return 0
        self._say(workspace, item)
        return 1

    def _say(self, workspace: Workspace, item: OutboxItem) -> None:
        try:
            self.audiences.check(self.directories.of(workspace.id), item)
            parcel = self._address(workspace, item)
            if not self._is_still_ours(workspace, item):
                return
            ts = self.posting.send(workspace, parcel)
        except Unfit as unfit:
            self._unfit(workspace, item, unfit)
        except RateLimited as limited:
            self._later(workspace, item, item.audience, limited.retry_after)
        except SlackRefused as refused:
            self._refused(workspace, item, refused)
        except Unclear as problem:
            self._unknown(workspace, item, str(problem))
        else:
            with self.store.writing(workspace.id) as unit:
                outbox.mark_sent(unit, item, parcel.channel, ts)
            self.pace.spoke(item.audience)
            log.info("said", extra={"action": f"outbox_{item.kind}", "item": item.id})

    def _is_still_ours(self, workspace: Workspace, item: OutboxItem) -> bool:
        """Asking who reads there may have taken longer than the lease, and another went on."""
        with self.store.writing(workspace.id) as unit:
            return outbox.renew(unit, item, self.store.clock.real_now(), self.lease)

    def _address(self, workspace: Workspace, item: OutboxItem) -> Parcel:
        with self.store.reading(workspace.id) as unit:
            parent = outbox.get_parent(unit, item)
        if parent is None:
            return Parcel(item, self._open(workspace, item.audience))
        channel = parent.channel or item.audience
        if item.post_id is not None:
            return Parcel(item, channel, ts=parent.ts)
        return Parcel(item, channel, thread_ts=parent.ts)

    def _open(self, workspace: Workspace, audience: str) -> str:
        try:
            return self.audiences.open(workspace, audience)
        except Unclear as problem:
            # Nothing was said yet, so there is nothing to look up in history.
            raise Unfit("slack_unreachable") from problem

    def _unfit(self, workspace: Workspace, item: OutboxItem, unfit: Unfit) -> None:
        if unfit.reason == "slack_unreachable":
            self._later(workspace, item, item.audience, UNREACHABLE_SECONDS)
        else:
            self._failed(workspace, item, unfit.reason)

    def _refused(self, workspace: Workspace, item: OutboxItem, refused: SlackRefused) -> None:
        if refused.code in MUTE:
            self._later(workspace, item, _everybody(workspace), MUTE_SECONDS)
        elif refused.code in MAYBE:
            self._unknown(workspace, item, refused.code)
        else:
            self._failed(workspace, item, refused.code)

    def _later(self, workspace: Workspace, item: OutboxItem, whom: str, seconds: float) -> None:
        self.pace.hold(whom, seconds)
        with self.store.writing(workspace.id) as unit:
            outbox.return_to_pending(unit, item, unit.at)
        log.info("waits", extra={"action": "outbox_waits", "item": item.id, "seconds": seconds})

    def _failed(self, workspace: Workspace, item: OutboxItem, reason: str) -> None:
        with self.store.writing(workspace.id) as unit:
            outbox.mark_failed(unit, item, reason)
        log.warning("not said: %s", reason, extra={"action": "outbox_failed", "item": item.id})

    def _unknown(self, workspace: Workspace, item: OutboxItem, problem: str) -> None:
        """An update may be said again without harm; a post may not."""
        with self.store.writing(workspace.id) as unit:
            if item.kind == "update":
                outbox.return_to_pending(unit, item, unit.at)
            else:
                outbox.mark_unknown(unit, item, problem)
        self.pace.hold(item.audience, self.pace.seconds)
        log.warning("unclear: %s", problem, extra={"action": "outbox_unclear", "item": item.id})

    def _clear_up(self, workspace: Workspace) -> None:
        """What a dead sender left, what is unknown, and what ops has not been told."""
        real_at = self.store.clock.real_now()
        with self.store.reading(workspace.id) as unit:
            if not backlog.has_lost(unit, real_at):
                return
            unknown = outbox.list_unknown(unit, real_at - self.settles_after)
        with self.store.writing(workspace.id) as unit:
            outbox.expire_leases(unit, real_at)
        for item in unknown:
            self._settle(workspace, item)

    def _settle(self, workspace: Workspace, item: OutboxItem) -> None:
        history = f"history:{workspace.id}"
        if item.id in self.unsettled or history in self.pace.held():
            return
        try:
            self.settling.settle(workspace, item)
        except RateLimited as limited:
            self.pace.hold(history, limited.retry_after)
        except Unclear as problem:
            self.pace.hold(history, IDLE_SECONDS)
            log.info("settled later: %s", problem, extra={"action": "settle", "item": item.id})
        except SlackRefused as refused:
            self._unsettled(workspace, item, refused)

    def _unsettled(self, workspace: Workspace, item: OutboxItem, refused: SlackRefused) -> None:
        log.warning("cannot settle: %s", refused, extra={"action": "settle", "item": item.id})
        if refused.code in MUTE | MAYBE:
            self.pace.hold(f"history:{workspace.id}", UNREACHABLE_SECONDS)
            return
        self.unsettled.add(item.id)
        tell_unsettled(self.store, self.texts, workspace, item)


def _everybody(workspace: Workspace) -> str:
    return f"workspace:{workspace.id}"
