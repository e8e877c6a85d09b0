"""`python -m tests.quarter`: lives a quarter of the sample company and prints what the loop did.

The demo is played day by day in a folder of its own, with a team that works with the alerts and
tasks (`team`). Then the same nights are lived without people, with days off and without
(`nights`). Everything promised never to happen is counted; any of it makes the exit code 1.
"""

import argparse
import shutil
import signal
import sys
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import FixedClock
from bot.store.engine import build_engine
from bot.store.migrate import upgrade
from bot.store.unit import Store
from sandbox.demo import scene
from sandbox.demo.__main__ import staged, stop_once
from sandbox.visitor import Visitor
from tests.quarter.album import opened
from tests.quarter.counts import Counts, count
from tests.quarter.nights import live
from tests.quarter.overdue import Overdue
from tests.quarter.report import find_broken, list_lines
from tests.quarter.team import Team

_DAY_SECONDS = 900
# Three quarters of nights: with the year's end, with Golden Week, with Obon.
SPANS = (date(2026, 10, 19), date(2026, 3, 30), date(2026, 7, 6))


def main(arguments: list[str] | None = None) -> int:
    """Play, count, print; 1 when a promise was broken."""
    options = _read(arguments)
    signal.signal(signal.SIGTERM, stop_once)
    shutil.rmtree(options.folder, ignore_errors=True)
    caused = _count_caused(options.folder / "nights", options.weeks * 7, options.spans)
    counts, overdue, did = _play(options)
    for line in list_lines(counts, caused, overdue, did):
        _say(line)
    broken = find_broken(counts, caused, overdue)
    _say("kept every promise" if not broken else "broken: " + ", ".join(broken))
    return 1 if broken else 0


def _read(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quarter", description=__doc__)
    parser.add_argument("--weeks", type=int, default=13)
    parser.add_argument("--spans", type=int, default=len(SPANS), help="quarters of nights alone")
    parser.add_argument("--pictures", action="store_true", help="take those of the README anew")
    parser.add_argument("--port", type=int, default=8480)
    parser.add_argument("--folder", type=Path, default=Path("var/quarter"))
    return parser.parse_args(arguments)


def _count_caused(folder: Path, days: int, spans: int) -> dict[date, list[str]]:
    """Alerts of each span that would not have opened had no day been off."""
    folder.mkdir(parents=True)
    template = folder / "template.sqlite3"
    upgrade(f"sqlite:///{template}")
    found = {}
    for first in SPANS[:spans]:
        span = [first + timedelta(days=each) for each in range(days)]
        lives = [
            {(each.account, each.playbook) for each in opened if not each.is_watch}
            for opened in (
                live(template, folder / f"{first}-{worked}", span, is_worked=worked)
                for worked in (False, True)
            )
        ]
        found[first] = [" ".join(each) for each in sorted(lives[0] - lives[1])]
        _say(f"nights from {first}: {len(lives[0])} alerts, {len(found[first])} caused by days off")
    return found


def _play(options: argparse.Namespace) -> tuple[Counts, Overdue, dict[str, int]]:
    did: dict[str, int] = {}
    folder, days = options.folder / "demo", options.weeks * 7
    with ExitStack() as stack:
        address = stack.enter_context(staged(folder, options.port, 0, ahead=days))
        store = Store(build_engine(f"sqlite:///{folder.resolve() / 'sakidori.sqlite3'}"), _clock())
        workspace_id = store.list_workspaces()[0].id
        album = opened(address, store, workspace_id) if options.pictures else None
        pictures = stack.enter_context(album) if album else None
        team = Team(Visitor(address), store, workspace_id, did)
        overdue = Overdue(store, workspace_id)
        for _ in range(days):
            today = _next_day(team.visitor)
            overdue.look()
            if pictures:
                pictures.look(today)
            team.work(today)
            overdue.note()
            _say(f"{today:%a %Y-%m-%d}")
        with store.reading(workspace_id) as unit:
            return count(unit), overdue, did


def _next_day(visitor: Visitor) -> date:
    now = datetime.fromisoformat(visitor.next_day(_DAY_SECONDS)["now"])
    return now.astimezone(ZoneInfo(scene.ZONE)).date()


def _clock() -> FixedClock:
    return FixedClock(scene.begins_at())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
