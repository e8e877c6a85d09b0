"""The only builder of the whole house.  Nobody inside the house imports it."""

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from bot.children import ChildProcesses
from bot.config import Settings
from bot.core.say import Say
from bot.core.vocabulary import Locale
from bot.foundation import Foundation, build_clock
from bot.job_runner import JobRunner
from bot.people import read_locale
from bot.registry import Registry, whole
from bot.runner import Runner
from bot.scheduler import Ticker
from bot.services.ports import Ports
from bot.slack.answers import Answers
from bot.slack.app import Application, Edge, build_app
from bot.slack.directory import Directories
from bot.slack.events import Events
from bot.slack.line import Line
from bot.slack.pace import PACE_SECONDS, Pace
from bot.slack.pool import Pool
from bot.slack.sender import Sender
from bot.slack.tokens import Tokens
from bot.slack.web_line import WebLine
from bot.slack.workspaces import WorkspaceBook

QUICK_WORKERS = 4


@dataclass
class House(Foundation):
    """Everything; each part is made when it is first asked for.

    `stopping` is set when the process is told to end: whoever works through many items looks at it
    between them.
    """

    registry: Registry = field(default_factory=whole)
    given_line: Line | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    @cached_property
    def tokens(self) -> Tokens:
        """Bot tokens."""
        return Tokens(self.settings.slack_bot_token, self.settings.sakidori_token_key)

    @cached_property
    def line(self) -> Line:
        """The way out to Slack; the command line may give another."""
        settings = self.settings
        return self.given_line or WebLine(
            settings.slack_api_url,
            self.tokens,
            settings.sakidori_slack_seconds,
            self.clock.now if settings.sakidori_demo else None,
        )

    @cached_property
    def heavy(self) -> ChildProcesses:
        """Child processes on the same database."""
        return ChildProcesses(
            self.settings.sakidori_state_dir,
            {
                "DATABASE_URL": self.settings.database_url,
                "SAKIDORI_STATE_DIR": str(self.settings.sakidori_state_dir),
            },
            self.clock,
            self.settings.sakidori_work_seconds,
        )

    @cached_property
    def directories(self) -> Directories:
        """What Slack says of people and channels."""
        return Directories(self.line, self.store, self.settings.sakidori_file_limit_mb)

    def ports_of(self, workspace_id: int) -> Ports:
        """The outside, for one workspace."""
        directory = self.directories.of(workspace_id)
        voices: dict[Locale, Say] = {each: self.texts.speak(each) for each in Locale}
        return Ports(directory, self.heavy, voices[read_locale(directory.workspace.locale)], voices)

    @cached_property
    def runner(self) -> Runner:
        """Answers requests."""
        ops = self.settings.sakidori_ops
        return Runner(self.store, self.registry, self.texts, self.ports_of, ops)

    @cached_property
    def ticker(self) -> Ticker:
        """Finds what is due."""
        lease = timedelta(seconds=self.settings.sakidori_job_lease_seconds)
        runner = JobRunner(self.store, self.clock, self.texts, lease)
        jobs = self.registry.jobs
        return Ticker(self.store, self.clock, jobs, runner, self.ports_of, self.stopping)

    @cached_property
    def book(self) -> WorkspaceBook:
        """Who may speak to us."""
        return WorkspaceBook(self.store, self.tokens)

    @cached_property
    def answers(self) -> Answers:
        """Says replies."""
        return Answers(self.line, self.store, self.runner.voice_of)

    @cached_property
    def events(self) -> Events:
        """The inbox."""
        return Events(self.runner, self.answers, self.book, self.directories)

    @cached_property
    def sender(self) -> Sender:
        """Says what waits in the outbox; a stand-in for Slack needs no pacing beyond its own."""
        seconds = 0.0 if self.settings.sakidori_demo else PACE_SECONDS
        pace = Pace(self.clock.elapsed, seconds)
        return Sender(
            self.store,
            self.line,
            self.directories,
            self.texts,
            pace,
            lease=timedelta(seconds=self.settings.sakidori_send_lease_seconds),
            settles_after=timedelta(seconds=self.settings.sakidori_settle_seconds),
        )

    @cached_property
    def edge(self) -> Edge:
        """The listeners and their pools."""
        settings = self.settings
        return Edge(
            runner=self.runner,
            answers=self.answers,
            events=self.events,
            book=self.book,
            pool=Pool("work", settings.sakidori_workers, settings.sakidori_queue),
            quick=Pool("quick", QUICK_WORKERS, settings.sakidori_queue),
            prefix=settings.sakidori_prefix,
        )

    @cached_property
    def app(self) -> Application:
        """The Bolt application."""
        secret = self.settings.slack_signing_secret
        return build_app(self.edge, secret.get_secret_value() if secret else None)

    def close(self) -> None:
        """Finish what is in hand and let the database go."""
        if "edge" in self.__dict__:
            self.edge.pool.close()
            self.edge.quick.close()
        super().close()


def build_house(settings: Settings) -> House:
    """The house on the wall clock, or on a clock the demo may shift."""
    return House(settings, build_clock(settings))
