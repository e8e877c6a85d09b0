"""A workspace of 10,000 accounts for the command benchmark: contracts and two days of scores."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from bot.clock import SystemClock
from bot.core.hours import local_day
from bot.core.names import fold_name
from bot.services.install import Joining, install_workspace
from bot.store.base import IdSource
from bot.store.engine import build_engine
from bot.store.migrate import upgrade
from bot.store.tables import Account, AccountScore, Contract, Member, ScoreRun
from bot.store.unit import Store, Unit

TEAM, USER = "T0BENCH", "U0BENCH"
ACCOUNTS = 10_000
BOOK = 40
CHUNK = 1_000
ZONE = "Asia/Tokyo"
BANDS = ("red", "yellow", "green", "green", "green")


def build(folder: Path) -> str:
    """A filled SQLite database in `folder`; its URL."""
    url = f"sqlite:///{folder / 'commands.sqlite3'}"
    upgrade(url)
    store = Store(build_engine(url), SystemClock())
    workspace = install_workspace(store, Joining("", TEAM, "bench", "U0BOT"))
    today = local_day(store.clock.now(), ZONE)
    with store.writing(workspace.id) as unit:
        owner = _add_owner(unit)
        for on in (today - timedelta(days=1), today):
            at = unit.at
            unit.add(ScoreRun(run_on=on, model_version=1, started_at=at, finished_at=at))
    ids = IdSource()
    for start in range(0, ACCOUNTS, CHUNK):
        with store.writing(workspace.id) as unit:
            for number in range(start, start + CHUNK):
                _add_account(unit, number, ids.next(), owner, today)
    store.engine.dispose()
    return url


def name_of(number: int) -> str:
    """A name that its number alone makes unlike all others."""
    return f"株式会社ベンチ{number:05d}商事"


def _add_owner(unit: Unit) -> int:
    owner = Member(slack_user=USER, name="bench", roles=["csm"], zone=ZONE, known_at=unit.at)
    owner.locale = "ja"
    unit.add(owner)
    unit.session.flush()
    return owner.id


def _add_account(unit: Unit, number: int, account_id: int, owner: int, today: date) -> None:
    name = name_of(number)
    account = Account(
        id=account_id,
        ref=f"A{number:05d}",
        name=name,
        folded=fold_name(name),
        owner_id=owner if number < BOOK else None,
        arr_base=Decimal(1_000_000 + number),
        known_at=unit.at,
    )
    unit.add(account)
    unit.session.flush()
    for row in _facts(account, number, today):
        unit.add(row)


def _facts(account: Account, number: int, today: date) -> Iterator[Contract | AccountScore]:
    yield Contract(
        account_id=account.id,
        ref=f"C{number:05d}",
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=165),
        arr_amount=account.arr_base,
        currency="JPY",
        known_at=account.known_at,
    )
    for days, score in ((1, 60.0), (0, 55.0)):
        yield AccountScore(
            run_on=today - timedelta(days=days),
            account_id=account.id,
            model_version=1,
            score=score,
            band=BANDS[number % len(BANDS)],
            coverage=0.9,
            data_on=today - timedelta(days=1),
            details=b"",
        )
