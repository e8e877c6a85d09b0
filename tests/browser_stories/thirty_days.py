"""`python -m tests.browser_stories.thirty_days`: presses "next day" and writes down what is read.

A demo of its own, in a folder of its own. Everything new or changed in the watched places goes to
a log, day by day, for somebody to read; what rules can find is listed at the end.
"""

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from bot.slack.reading import read_message, read_view
from sandbox.demo.__main__ import staged, stop_once
from sandbox.kinds import Json
from sandbox.visitor import Visitor
from tests.browser_stories.nonsense import Known, list_nonsense, list_repeated

WATCHED = ("sato", "tanaka", "takahashi", "carter", "watanabe", "yamamoto", "kobayashi", "kato")
WATCHED_CHANNELS = ("cs-team", "cs-ops", "ext-acme-shoji")
# Reads a book of Japanese accounts in English from the first day on.
SWITCHED = "takahashi"
TOKYO = ZoneInfo("Asia/Tokyo")
_SECONDS = 900


@dataclass
class Place:
    """Somewhere to read: a person's eyes on a channel, or on the home tab without one."""

    title: str
    user: str
    language: str
    channel: str = ""
    seen: dict[str, str] = field(default_factory=dict)

    def read_new(self, visitor: Visitor) -> list[str]:
        """Texts that were not there, or not so, at the last look."""
        shown = dict(self._shown(visitor))
        new = [text for key, text in shown.items() if self.seen.get(key) != text]
        self.seen = shown
        return new

    def _shown(self, visitor: Visitor) -> Iterator[tuple[str, str]]:
        if not self.channel:
            yield "home", read_view(_open_home(visitor, self.user))
            return
        for message in visitor.messages(self.user, self.channel):
            yield message["ts"], _read(message)
            if message["reply_count"]:
                replies = visitor.thread(self.user, self.channel, message["ts"])[1:]
                yield from ((each["ts"], f"  ↳ {_read(each)}") for each in replies)


def _open_home(visitor: Visitor, user: str) -> Json:
    """The home as published at this opening, not the one that stood there before."""
    before = visitor.home(user).get("hash")
    visitor.opens_home(user)
    visitor.waits_for(lambda: visitor.home(user).get("hash", before) != before, 60)
    return visitor.home(user)


def _read(message: Json) -> str:
    files = " ".join(f"[file {each['name']}]" for each in message.get("files") or [])
    return "\n".join(part for part in (read_message(message), files) if part)


def list_places(visitor: Visitor) -> list[Place]:
    """Every watched place of the workspace."""
    shown = visitor.get("/page/api/workspace")
    users = {each["name"]: each for each in shown["users"]}
    channels = {each["name"]: each for each in shown["channels"]}
    places = []
    for name in WATCHED:
        user, language = users[name]["id"], users[name]["locale"][:2]
        direct = visitor.direct(user)
        places.append(Place(f"{name} ({language}) messages", user, language, direct))
        places.append(Place(f"{name} ({language}) home", user, language))
    for name in WATCHED_CHANNELS:
        reader = channels[name]["members"][0]
        places.append(Place(f"#{name}", reader, "ja", channels[name]["id"]))
    return places


def read_known(visitor: Visitor, company: Path) -> Known:
    """Names of people, channels and accounts, which no language changes."""
    shown = visitor.get("/page/api/workspace")
    people = [each["real_name"] for each in shown["users"]]
    book = load_workbook(company / "accounts.xlsx", read_only=True)
    cells = {str(cell) for sheet in book for row in sheet.values for cell in row if cell}
    files = [each.name for each in company.rglob("*.*")]
    return Known(
        names=(*people, *files, *(each for each in cells if len(each) > 1)),
        users=frozenset(each["id"] for each in shown["users"]),
    )


@dataclass
class Diary:
    """Writes the log and keeps what rules found."""

    out: TextIO
    known: Known
    found: list[str] = field(default_factory=list)

    def write_day(self, day: str, visitor: Visitor, places: Sequence[Place]) -> None:
        """One day of every place."""
        self.out.write(f"\n######## {day}\n")
        for place in places:
            new = place.read_new(visitor)
            for text in new:
                self.out.write(f"\n--- {day} {place.title} ({len(text)} letters)\n{text}\n")
                self._judge(day, place, text)
        self.out.flush()

    def _judge(self, day: str, place: Place, text: str) -> None:
        found = list_nonsense(text, place.language, self.known)
        if place.channel:
            # In App Home an account may stand under today and in the book.
            found += [f"said twice: {each}" for each in list_repeated(text.splitlines())]
        self.found += [f"{day} {place.title}: {each}" for each in found]


def play(visitor: Visitor, company: Path, days: int, log: Path) -> list[str]:
    """Press "next day" so often, and read; what rules found."""
    users = {each["name"]: each["id"] for each in visitor.get("/page/api/workspace")["users"]}
    visitor.speaks(users[SWITCHED], "en-US")
    visitor.types(users[SWITCHED], visitor.direct(users[SWITCHED]), "/sakidori language en")
    places = list_places(visitor)
    with log.open("w", encoding="utf-8") as out:
        diary = Diary(out, read_known(visitor, company))
        diary.write_day("before", visitor, places)
        for _ in range(days):
            done = visitor.next_day(_SECONDS)
            now = datetime.fromisoformat(done["now"]).astimezone(TOKYO)
            diary.write_day(f"{now:%a %Y-%m-%d %H:%M}", visitor, places)
            sys.stdout.write(f"{now:%a %Y-%m-%d}\n")
            sys.stdout.flush()
    return diary.found


def main(arguments: list[str] | None = None) -> int:
    """Play and print what was found; 1 when there was anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=36, help="six days of the demo, then thirty")
    parser.add_argument("--port", type=int, default=8460)
    parser.add_argument("--folder", type=Path, default=Path("var/thirty_days"))
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, stop_once)
    with staged(options.folder, options.port, 0) as address:
        log = options.folder / "read.txt"
        company = options.folder / "company"
        found = play(Visitor(address), company, options.days, log)
    sys.stdout.write("".join(f"{each}\n" for each in found) + f"{log}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
