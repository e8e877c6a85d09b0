"""What came late is kept while a night's wave or a look back at past days may still ask for it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.store.bulk.touched import USAGE
from bot.store.tables import LateFact
from bot.store.unit import Store

# A year and a month: days of a year ago can be compared. A wave asks back for weeks at most.
KEPT = timedelta(days=400)
# So many at a time, so that nobody waits for the writing of it.
MOST_AT_ONCE = 1_000
# Named, so that they are found by the index of kind and instant.
KINDS = (
    "accounts",
    "contact_activity",
    "contacts",
    "contracts",
    "incidents",
    "invoices",
    "marketing_events",
    "nps",
    "outcomes",
    "tickets",
    "touches",
    USAGE,
    "usage_monthly",
    "voc",
)


def is_kept_since(started_at: datetime, now: datetime) -> bool:
    """Whether all that came late for a run begun then is still on file."""
    return started_at >= now - KEPT


def tidy_late_facts(store: Store, workspace_id: int) -> int:
    """Remove the first of what is older than that; of how many rows."""
    with store.reading(workspace_id) as unit:
        wanted = select(LateFact.id).where(
            LateFact.kind.in_(KINDS), LateFact.known_at < unit.at - KEPT
        )
        over = list(unit.session.scalars(wanted.limit(MOST_AT_ONCE)))
    if over:
        with store.writing(workspace_id) as unit:
            unit.session.execute(delete(LateFact).where(LateFact.id.in_(over)))
    return len(over)
