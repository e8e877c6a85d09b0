"""`python -m sandbox.demo`: everything a visitor needs, behind one address."""

import argparse
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from sandbox.company.manifest import read_manifest
from sandbox.company.people import OPS_CHANNEL, TEAM_CHANNEL
from sandbox.company.writing import write_company
from sandbox.demo import scene
from sandbox.demo.bot import Bot, BotProblem
from sandbox.kinds import Json
from sandbox.server import SandboxServer, free_port

FOLDER = Path("var/demo")


def main(arguments: list[str] | None = None) -> int:
    """Set the scene, play the days, then serve until stopped; returns the exit code."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, stop_once)
    try:
        with staged(options.folder, options.port, options.days) as address:
            _say(f"\nSakidori's demo is ready: {address}   (Ctrl-C ends it)")
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    except (BotProblem, OSError) as problem:
        sys.stderr.write(f"The demo could not start: {problem}\n")
        return 1
    return 0


def stop_once(number: int, _: object) -> None:
    """For SIGTERM: told to stop, a demo must not leave the bot behind, nor when told so again."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def staged(folder: Path, port: int, days: int, ahead: int = scene.FUTURE_DAYS) -> Iterator[str]:
    """A running sandbox and bot after `days` played days; gives the page's address.

    Files of so many days are there to be delivered: `ahead` at most can be played.
    """
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "files").mkdir(parents=True)
    company = folder / "company"
    tell = _Teller()
    tell("writing the sample company, starting the bot")
    bot = _bot(folder, port)
    spec = scene.build_spec(company, bot.call("manifest"), bot.url)
    bot.ops = scene.first_ops(spec)
    with SandboxServer(spec, port=port, bot_url=f"{bot.url}/slack/events") as slack:
        try:
            # Half of the time goes into starting Python, and every machine has a second core.
            with ThreadPoolExecutor(1) as aside:
                joined = aside.submit(_join, bot)
                write_company(company, scene.plan(ahead))
                joined.result()
            _furnish(bot, spec, company, tell)
            bot.start()
            _choose_channel(slack, spec)
            _play(slack, days, tell)
            yield slack.url
        finally:
            bot.stop()


def _bot(folder: Path, port: int) -> Bot:
    return Bot(
        folder=folder.resolve(),
        api_url=f"http://127.0.0.1:{port}/api/",
        bot_token="xoxb-sandbox",
        signing_secret="sandbox-signing-secret",
        ops="",
        port=free_port(),
        starts_at=scene.begins_at(),
    )


def _join(bot: Bot) -> None:
    """The bot learns where it is; it rests until it has something to say: morning in New York
    would not wait for the scores."""
    bot.start()
    bot.stop()


def _furnish(bot: Bot, spec: Json, company: Path, tell: "_Teller") -> None:
    """The bot as its first ops person would set it up, by its own command line."""
    names = read_manifest(company)["import_order"]
    tell(f"importing {len(names)} files")
    with ThreadPoolExecutor(1) as aside:
        settled = aside.submit(_settle_in, bot, spec)
        bot.call("import", *(str((company / name).resolve()) for name in names))
        settled.result()
    tell("scoring the history, each day as of that day")
    bot.call("recompute", "--from", scene.HISTORY_SCORED_FROM.isoformat())
    bot.call("workspace", "start")


def _settle_in(bot: Bot, spec: Json) -> None:
    """Which channels are used for what, and who delivers the files of every morning."""
    bot.call("channel", "set", "ops", scene.channel_id(spec, OPS_CHANNEL))
    bot.call("channel", "set", "cs", scene.channel_id(spec, TEAM_CHANNEL))
    bot.call("member", "add", scene.ROBOT_NAME, "--role", "ops", "--slack-user", scene.ROBOT)
    bot.call("channel", "trust", scene.ROBOT)


def _choose_channel(slack: SandboxServer, spec: Json) -> None:
    """One CSM reads the digest in the team's channel; the others in their direct message."""
    visitor, person = slack.visitor, scene.CHANNEL_READER
    visitor.opens_home(person)
    visitor.waits_for(lambda: visitor.home(person).get("blocks"))
    visitor.clicks_home(person, "settings")
    visitor.waits_for(lambda: visitor.modal(person).get("callback_id") == "settings")
    visitor.submits(person, {"channel": scene.channel_id(spec, TEAM_CHANNEL)})


def _play(slack: SandboxServer, days: int, tell: "_Teller") -> None:
    for number in range(days):
        tell(f"playing day {number + 1} of {days}")
        slack.visitor.next_day(seconds=600)


class _Teller:
    """One line a step, with the seconds since the start."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, what: str) -> None:
        _say(f"[{time.monotonic() - self._began:5.1f} s] {what}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    played = (scene.SHOWN_ON - scene.BEGINS_ON).days
    parser.add_argument("--days", type=int, default=played, help="days to play before it opens")
    return parser


if __name__ == "__main__":
    sys.exit(main())
