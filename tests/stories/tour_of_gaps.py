"""A tour of what ops does about data: for the test that wants everything done."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import delete, update

from bot.store.tables import (
    AlertWave,
    HealthModel,
    ImportBatch,
    PlaybookHit,
    PlaybookReview,
    Task,
    UnlinkedRef,
    UsageBreak,
)
from tests.house import OPS, OPS_ROOM, House


def break_usage(house: House) -> None:
    """As the run of the day finds it: the night's notice tells it and asks what it was."""
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.add(
            UsageBreak(
                metric="logins",
                began_on=date(2026, 11, 19),
                found_on=date(2026, 11, 20),
                noted_on=date(2026, 11, 20),
                factors={"2026-11-19": 0.7},
                compared=118,
                moved=111,
            )
        )


def hold_alerts_back(house: House, account_id: int) -> None:
    """As a night leaves it after three weeks of invoices in one file."""
    night = {"playbook": "late_payment", "signal": "late_payment", "since_on": date(2026, 11, 20)}
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.add(PlaybookHit(account_id=account_id, **night))
        unit.add(
            AlertWave(
                playbook="late_payment",
                title={"ja": "入金の確認", "en": "Late payment check"},
                found_on=date(2026, 11, 20),
                ends_on=date(2026, 11, 30),
                held=[account_id],
                watched=128,
                causes=[],
                noted_on=date(2026, 11, 20),
            )
        )


def link_an_id(house: House) -> None:
    """From the page of gaps: the imports, and whose an id is that a file brought."""
    with house.bot.store.writing(house.workspace.id) as unit:
        batch = ImportBatch(file_name="t.csv", sha256="", staged_at_path="", state="applied")
        batch.report, batch.started_at = {}, unit.at
        unit.add(batch)
        unit.session.flush()
        facts = {"kind": "tickets", "row_count": 3, "batch_id": batch.id}
        unit.add(UnlinkedRef(ref="X-1", known_at=unit.at, **facts))
    house.says(OPS, "/sakidori gaps")
    house.clicks(OPS, "import")
    house.says(OPS, "/sakidori gaps")
    house.clicks(OPS, "link_ids")
    house.submits(OPS, ref_0="アクメ")


def go_by_the_steps(house: House, person: str) -> Iterator[str]:
    """Everything lies and nothing was looked at again: each step's way is there."""
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.session.execute(update(Task).values(due_on=date(2026, 11, 2)))
        unit.session.execute(update(HealthModel).values(approved_at=None))
        unit.session.execute(delete(PlaybookReview))
    for deed in ("alerts", "model", "summary"):
        yield house.says(person, "/sakidori gaps")
        yield house.clicks(person, deed)


def say_what_it_was(house: House) -> None:
    """One press where ops reads, after the night has told of it; and one of what it held back."""
    house.clicks(OPS, "break_decided#2", OPS_ROOM)
    house.clicks(OPS, "wave_decided#1", OPS_ROOM)
