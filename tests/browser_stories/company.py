"""A dozen customers of one CSM in two files as people keep them, brought into a house."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from bot.clock import FixedClock, today
from bot.services.imports import batches
from bot.services.imports.applying import Applying
from bot.services.imports.drops import keep_copy
from bot.services.imports.opening import open_file
from bot.services.imports.reading import build_report
from bot.services.recompute import recompute_history
from bot.store.base import IdSource
from tests.house import House


@dataclass
class StoryClock(FixedClock):
    """Runs from `at` as the wall's does, so that child processes live in the same minute."""

    begun_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at + (datetime.now(UTC) - self.begun_at)

    def real_now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.monotonic()


FRIDAY = date(2026, 11, 20)
AS_CONTRACTS = {"kind": "contracts", "tax:arr_amount": "excluded"}
_SCORED_DAYS = 21
_USED_DAYS = 84
_NAMES = (
    "アクメ商事株式会社",
    "株式会社ベータ物流",
    "ガンマ食品",
    "デルタ社",
    "風見電機",
    "風見運輸",
    "ゼータ工業",
    "イータ社",
    "イプシロン社",
    "カッパ社",
    "シータ社",
    "Brackenfield Foods",
)
# The last two are new: nothing was ever measured of them.
_UNMEASURED = 2


def write_customers(folder: Path, owner_named: str = "佐藤") -> Path:
    """A title over the table, 〃 for the owner, the money in thousands, a sum at the end."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "顧客一覧"
    sheet.append(["顧客一覧(2026年11月)"])
    sheet.append([])
    sheet.append(
        ["顧客ID", "顧客名", "担当者", "更新日", "解約通知期限", "ARR(千円)", "契約席数", "区分"]
    )
    for number, name in enumerate(_NAMES, start=1):
        renews_on = date(2027, 1, 4) + timedelta(days=40 * (number - 1))
        owner = owner_named if number == 1 else "〃"
        notice_on = f"{renews_on - timedelta(days=31):%Y/%m/%d}"
        amount = 5000 - 300 * number
        sheet.append([f"C-{number:02}", name, owner, renews_on, notice_on, amount, 40, "ミッド"])
    sheet.append(["合計", None, None, None, None, 36600, 480])
    path = folder / "顧客一覧.xlsx"
    book.save(path)
    return path


def write_usage(folder: Path) -> Path:
    """Weekday use per customer; that of the first falls to a fifth a week ago."""
    lines = ["日付,顧客ID,ログイン数,アクティブユーザー数,主要機能利用回数,利用機能数"]
    for back in range(_USED_DAYS, 0, -1):
        on = FRIDAY - timedelta(days=back)
        if on.weekday() < 5:
            lines += [_used(on, back, number) for number in range(len(_NAMES) - _UNMEASURED)]
    path = folder / "usage_2026-11.csv"
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    return path


def _used(on: date, back: int, number: int) -> str:
    share = 0.2 if number == 0 and back <= 7 else 1.0
    counts = [round(each * share) for each in (60 + number, 30, 200 + number, 8)]
    return ",".join([f"{on:%Y/%m/%d}", f"C-{number + 1:02}", *map(str, counts)])


def take_in(house: House, path: Path, answers: dict[str, str] | None = None) -> None:
    """Import a file as the command line does, in this process."""
    store, workspace_id = house.bot.store, house.workspace.id
    on = today(house.clock, house.workspace.zone)
    copy = keep_copy(house.bot.settings.sakidori_state_dir, workspace_id, path)
    opened = open_file(store, workspace_id, copy, answers or {}, on)
    report = build_report(store, workspace_id, path.name, opened)
    assert report.is_ready, report
    with store.writing(workspace_id) as unit:
        batch = batches.receive_confirmed(unit, copy, report, answers or {}, "test")
    Applying(store, workspace_id, batch, opened, on, lambda *_: None, IdSource()).run(report)


def score(house: House) -> None:
    """Health of every customer, for each of the last three weeks as of that day."""
    begins = FRIDAY - timedelta(days=_SCORED_DAYS)
    store, workspace_id = house.bot.store, house.workspace.id
    recompute_history(store, workspace_id, begins, FRIDAY, actor="test", tell=lambda _: None)


@contextmanager
def saying(house: House) -> Iterator[None]:
    """Whatever waits to be said is said by itself meanwhile, as in the bot's own process."""
    stop = threading.Event()
    house.bot.sender.wait = time.sleep
    thread = threading.Thread(target=house.bot.sender.run, args=(stop,), name="sender")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        house.check()
