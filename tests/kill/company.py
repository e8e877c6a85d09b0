"""A small department and the files it is sent: who reads when, and what a day's files say.

Later files of a stream correct earlier ones, so that files applied in the wrong order show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Json = dict[str, Any]

TOKYO, LONDON, NEW_YORK = "Asia/Tokyo", "Europe/London", "America/New_York"
OPS_ROOM, TEAM_ROOM = "C0OPS", "C0TEAM"
OPS, ROBOT = "U0OPS", "U0ROBOT"
OWNED = 4
"""Accounts of each reader; all others belong to nobody, and make the files large."""


@dataclass(frozen=True)
class Reader:
    """Somebody with a book; `channel` is where their digest goes, None is their direct message."""

    slack_user: str
    name: str
    zone: str
    locale: str = "ja"
    channel: str | None = None

    @property
    def email(self) -> str:
        """As in the members file and in Slack."""
        return f"{self.slack_user.lower()}@example.com"


STAFF = (
    *(Reader(f"U0TOKYO{n}", f"東京{n}", TOKYO) for n in range(9)),
    Reader("U0ROOM", "部屋", TOKYO, channel=TEAM_ROOM),
    *(Reader(f"U0LONDON{n}", f"Smith {n}", LONDON, "en") for n in range(3)),
    *(Reader(f"U0YORK{n}", f"Jones {n}", NEW_YORK, "en") for n in range(3)),
)
NIGHT_STAFF = tuple(Reader(f"U0YORK{n}", f"Jones {n}", NEW_YORK, "en") for n in range(6))
"""All in New York, for a run that has no time for a nightly recompute."""


@dataclass(frozen=True)
class Company:
    """`accounts` customers in all, the first few of them in the readers' books."""

    staff: tuple[Reader, ...]
    accounts: int

    def spec(self) -> Json:
        """The sandbox's workspace."""
        people = [(one.slack_user, one.name, one.zone, one.locale) for one in self.staff]
        people += [(OPS, "大野", TOKYO, "ja"), (ROBOT, "データ配信", TOKYO, "ja")]
        everybody = [user for user, *_ in people]
        return {
            "team": {"id": "T0KILL", "name": "Kill"},
            "users": [
                {
                    "id": user,
                    "name": user[2:].lower(),
                    "real_name": name,
                    "email": f"{user.lower()}@example.com",
                    "tz": zone,
                    "locale": "ja-JP" if locale == "ja" else "en-US",
                }
                for user, name, zone, locale in people
            ],
            "channels": [
                {"id": OPS_ROOM, "name": "cs-ops", "kind": "private", "members": [OPS, "U0BOT"]},
                {"id": TEAM_ROOM, "name": "cs-team", "members": [*everybody, "U0BOT"]},
            ],
        }

    def first_files(self, folder: Path, on: date) -> list[Path]:
        """Members, customers and a few weeks of use, as of the day before the first one."""
        files = [self._members(folder), self.write_accounts(folder, 0)]
        return [*files, self.write_usage(folder, 0, on - timedelta(days=1), days=30)]

    def _members(self, folder: Path) -> Path:
        rows = [
            f"{one.email},{one.name},{one.slack_user},csm,{one.zone},{one.locale}"
            for one in self.staff
        ]
        rows.append(f"{OPS.lower()}@example.com,大野,{OPS},ops,{TOKYO},ja")
        return _write(folder / "members.csv", "email,name,slack user,roles,zone,locale", rows)

    def write_accounts(self, folder: Path, number: int) -> Path:
        """The customer list; its seats and goals say by which file they were written."""
        rows = (
            f"A{n},顧客{n},{self._owner(n)},{10 + (n * 7 + number * 13) % 90},目標{number}"
            for n in range(self.accounts)
        )
        name = folder / f"accounts-{number}.csv"
        return _write(name, "顧客ID,顧客名,担当者,席数,導入目的", rows)

    def _owner(self, n: int) -> str:
        return self.staff[n // OWNED].name if n < OWNED * len(self.staff) else ""

    def write_usage(self, folder: Path, number: int, until: date, days: int) -> Path:
        """Daily use of everybody; the days of an earlier file are said anew with other values."""
        rows = (
            f"A{n},{until - timedelta(days=back)},{(n * 3 + back + number) % 40},{(n + back) % 9}"
            for n in range(self.accounts)
            for back in range(days)
        )
        return _write(folder / f"usage-{number}.csv", "顧客ID,日付,ログイン数,エクスポート数", rows)

    def write_tickets(self, folder: Path, number: int, on: date) -> Path:
        """Inquiries; every file has some of the one before with another state."""
        rows = (
            f"T{ticket},A{ticket % self.accounts},{on - timedelta(days=3)},"
            f"{('open', 'pending', 'solved')[number % 3]},件{ticket} 第{number}報"
            for ticket in range(number * self.accounts // 2, (number + 2) * self.accounts // 2)
        )
        return _write(folder / f"tickets-{number}.csv", "チケットID,顧客ID,起票日,状態,件名", rows)

    def write_nps(self, folder: Path, number: int, on: date) -> Path:
        """Answers to a survey, of another tenth of the customers each time."""
        rows = (
            f"A{n},{on - timedelta(days=1)},person{n}@x.example,{(n + number) % 11},回答{number}"
            for n in range(number % 10, self.accounts, 10)
        )
        return _write(folder / f"nps-{number}.csv", "顧客ID,回答日,回答者,スコア,コメント", rows)


def _write(path: Path, header: str, rows: Sequence[str] | Iterator[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
