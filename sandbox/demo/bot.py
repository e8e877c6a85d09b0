"""The bot as the demo sees it: a command line and one running process. Imports nothing of it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sandbox.clock import Clock

_START_SECONDS = 60.0
_STOP_SECONDS = 20.0


class BotProblem(RuntimeError):
    """A command of the bot failed; the message is what it said."""


@dataclass
class Bot:
    """Runs `sakidori …` on one folder of data, at a business time that is `ahead` of the wall."""

    folder: Path
    api_url: str
    bot_token: str
    signing_secret: str
    ops: str
    port: int
    starts_at: datetime
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def url(self) -> str:
        """Where Slack's requests go."""
        return f"http://127.0.0.1:{self.port}"

    def __post_init__(self) -> None:
        self._ahead = (self.starts_at - Clock().now()).total_seconds()

    def call(self, *words: str) -> str:
        """Run a command to its end; what it printed."""
        done = subprocess.run(
            [*self._program(), *words], env=self._environment(), capture_output=True, text=True
        )
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()
            raise BotProblem(f"sakidori {' '.join(words[:2])}: {said}")
        return done.stdout

    def start(self) -> None:
        """Start `sakidori run` and wait until it answers."""
        log = (self.folder / "sakidori.log").open("ab")
        self.process = subprocess.Popen(
            [*self._program(), "run"], env=self._environment(), stdout=log, stderr=log
        )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise BotProblem(f"the bot did not start; see {log.name}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Ask it to finish what is in hand and wait; kill it when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=1):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def _program(self) -> list[str]:
        return [sys.executable, "-m", "bot.cli"]

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.folder / 'sakidori.sqlite3'}",
            "SLACK_API_URL": self.api_url,
            "SLACK_BOT_TOKEN": self.bot_token,
            "SLACK_SIGNING_SECRET": self.signing_secret,
            "SAKIDORI_OPS": self.ops,
            "SAKIDORI_STATE_DIR": str(self.folder / "files"),
            "SAKIDORI_DEMO": "1",
            "SAKIDORI_DEMO_AHEAD": str(self._ahead),
            "PORT": str(self.port),
        }
