"""Facts that come by the ways the product has: a file applied, a touch told, words written down."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from bot.core.contact import Contact
from bot.core.import_report import ImportReport
from bot.core.voc import Heard
from bot.core.vocabulary import TouchKind
from bot.health.model import load_shipped
from bot.ingest.reading import Reading
from bot.services.imports.applying import Applying
from bot.services.imports.opening import Opened
from bot.services.touches import record_touch
from bot.services.voc import record_voc
from bot.store.base import IdSource
from bot.store.bulk.usage import write_usage
from bot.store.tables import AccountScore, HealthModel, ImportBatch
from tests.recompute.customers import METRICS, USUAL, Customers, at

Shown = dict[int, tuple[int, float | None, str, float, bytes]]


def use_segments(customers: Customers) -> None:
    """The shipped model with variants by stage and touch: more measures than the first one has."""
    document = load_shipped("by_segment").model_dump(mode="json")
    made = {"made_by": "shipped", "made_at": customers.clock.at}
    customers.add(HealthModel(version=1, status="active", document=document, **made))


def bring(customers: Customers, kind: str, *rows: dict[str, Any]) -> None:
    """Rows of a file as they are once it is read; they are linked, compared and written."""
    batch = ImportBatch(
        file_name=f"{kind}.csv",
        sha256="0",
        staged_at_path="x",
        state="applying",
        report={},
        started_at=customers.clock.at,
    )
    customers.add(batch)
    today = customers.clock.at.date() + timedelta(days=1)
    opened = Opened(Reading(tables={kind: pd.DataFrame(list(rows))}))
    store, ours = customers.store, customers.workspace_id
    applying = Applying(store, ours, batch.id, opened, today, lambda *_: None, IdSource())
    applying.run(ImportReport(batch.file_name))


def use_all(
    customers: Customers, refs: Sequence[str], first_on: date, share: Sequence[float]
) -> None:
    """Usage of all of them from a day on, `share` of the usual day by day; NaN deletes the day."""
    ids = np.array(sorted(customers.accounts[ref] for ref in refs), dtype=np.int64)
    values = np.round(np.array(USUAL)[:, None] * np.array(share))
    block = np.broadcast_to(values, (len(ids), *values.shape))
    with customers.store.writing(customers.workspace_id) as unit:
        write_usage(unit, METRICS, ids, first_on, block, np.ones(block.shape, dtype=np.bool_))


def touch(customers: Customers, ref: str, on: date, member_id: int, note: str) -> None:
    """A touch that somebody tells."""
    contact = Contact(on, TouchKind.MEETING, note=note)
    with customers.store.writing(customers.workspace_id) as unit:
        record_touch(unit, customers.accounts[ref], contact, member_id, on)


def hear(customers: Customers, ref: str, on: date, text: str, sentiment: str) -> None:
    """Words that somebody writes down."""
    heard = Heard(on, text, sentiment, speaker_role="decision_maker")
    with customers.store.writing(customers.workspace_id) as unit:
        record_voc(unit, customers.accounts[ref], heard, 1, on)


def scores_of(customers: Customers, on: date) -> Shown:
    """All that is stored of a day, to the last bit."""
    with customers.store.reading(customers.workspace_id) as unit:
        rows = unit.session.query(AccountScore).filter_by(run_on=on)
        return {
            row.account_id: (row.model_version, row.score, row.band, row.coverage, row.details)
            for row in rows
        }


def pass_time(customers: Customers, on: date | None = None) -> None:
    """A minute later; or the morning of a day."""
    customers.clock.move_to(at(on) if on else customers.clock.at + timedelta(minutes=1))
