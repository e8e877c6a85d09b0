"""`sakidori recompute`: today, the touched alone, days that have passed, and a look that writes
nothing."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.clock import SystemClock, today
from bot.core.contact import Contact
from bot.core.vocabulary import TouchKind
from bot.services.install import Joining, install_workspace
from bot.services.touches import record_touch
from bot.store.engine import build_engine
from bot.store.tables import Account, AuditEntry, Member, NpsAnswer
from bot.store.unit import Store, Unit

pytestmark = pytest.mark.row("B19", "C15")


@pytest.fixture
def store(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two customers without a feed, and what they answered a week ago."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SAKIDORI_STATE_DIR", str(tmp_path))
    store = Store(build_engine(sqlite_url), SystemClock())
    workspace = install_workspace(store, Joining("", "T0SANDBOX", "Sandbox", "U0BOT"))
    with store.writing(workspace.id) as unit:
        unit.add(Member(name="佐藤", roles=["csm"], known_at=unit.at))
        for place, name in enumerate(("アクメ商事", "みなと商事")):
            made = Account(ref=name, name=name, usage_expected=False, known_at=unit.at)
            unit.add(made)
            unit.session.flush()
            for age in (7, 9):
                _answer(unit, made.id, 9 - 4 * place, age)
    return store


def _answer(unit: Unit, account_id: int, score: int, age: int) -> None:
    on = unit.at.date() - timedelta(days=age)
    kept = NpsAnswer(account_id=account_id, ref=f"{on}", responded_on=on, score=score, role="user")
    kept.known_at = unit.at
    unit.add(kept)


def run(*words: str) -> Result:
    return CliRunner().invoke(build_app(words), words)


def on(store: Store) -> date:
    return today(store.clock, "Asia/Tokyo")


def touch_one(store: Store, name: str = "アクメ商事") -> None:
    """Somebody tells of a meeting three days ago."""
    workspace = store.list_workspaces()[0]
    with store.writing(workspace.id) as unit:
        found = unit.session.scalars(select(Account).filter_by(name=name)).one()
        member = unit.session.scalars(select(Member)).one()
        contact = Contact(on(store) - timedelta(days=3), TouchKind.MEETING)
        record_touch(unit, found.id, contact, member.id, on(store))


def test_a_look_back_finds_what_was_stored_and_then_names_what_came_late(store: Store) -> None:
    touch_one(store, "みなと商事")
    assert "2 accounts scored" in run("recompute").output
    same = run("recompute", "--from", on(store).isoformat(), "--dry-run").output
    assert "(model version 1): 2 as stored, 0 learned later, 0 unexplained\n" in same
    touch_one(store)
    late = run("recompute", "--from", on(store).isoformat(), "--dry-run").output
    assert "1 as stored, 1 learned later (touches 1), 0 unexplained" in late
    assert "  アクメ商事: " in late
    assert "late: touches" in late
    assert "Nothing was written." in late
    # Once the touched are scored, the day knows of it, and is again what is stored.
    assert (
        "1 accounts scored of the accounts that facts have moved"
        in run("recompute", "--touched").output
    )
    again = run("recompute", "--from", on(store).isoformat(), "--dry-run").output
    assert "2 as stored, 0 learned later" in again


def test_days_are_rewritten_only_when_asked_and_it_is_on_record(store: Store) -> None:
    first, last = on(store) - timedelta(days=2), on(store) - timedelta(days=1)
    done = run("recompute", "--from", first.isoformat(), "--to", last.isoformat())
    assert "2 days scored." in done.output
    with store.reading(store.list_workspaces()[0].id) as unit:
        [entry] = unit.session.scalars(select(AuditEntry).filter_by(action="recompute_history"))
    assert entry.change == {"from_on": first.isoformat(), "to_on": last.isoformat()}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--dry-run",), "Say since when: --from YYYY-MM-DD."),
        (("--to", "2026-01-05"), "Say since when: --from YYYY-MM-DD."),
        (("--from", "2026-01-05", "--touched"), "--touched is of today; leave out --from."),
        (("--from", "2026-01-05", "--to", "2026-01-04"), "Days go from --from to --to"),
        (("--from", "2026-01-05", "--to", "2999-01-04"), "not beyond today"),
        (("--from", "2026-01-05", "--to", "2026-01-06", "--dry-run"), "No day from 2026-01-05"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_mend(
    store: Store, words: tuple[str, ...], told: str
) -> None:
    assert told in str(run("recompute", *words).exception)
    assert store.list_workspaces()
