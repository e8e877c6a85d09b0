"""Takes received files away once nobody needs them. Never one that an open import still needs."""

import shutil
from datetime import timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from bot.services.imports.batches import APPLIED, CANCELLED, FAILED
from bot.store.tables import ImportBatch
from bot.store.unit import Store, Unit

# While refused rows may be asked for, and ids that nobody knew be linked.
KEPT_APPLIED = timedelta(days=14)
# While refused rows that were asked for just before are on their way.
KEPT_OTHERWISE = timedelta(days=1)


def tidy(store: Store, workspace_id: int, state: Path) -> int:
    """Remove the files and stagings of imports that are over; of how many."""
    with store.reading(workspace_id) as unit:
        over = list(unit.session.scalars(select(ImportBatch).where(_is_over(unit))))
    for batch in over:
        _remove(state, Path(batch.staged_at_path).parent)
    if over:
        with store.writing(workspace_id) as unit:
            ids = [batch.id for batch in over]
            gone = update(ImportBatch).where(ImportBatch.id.in_(ids), _is_over(unit))
            unit.session.execute(
                gone.values(staged_at_path=""),
                execution_options={"synchronize_session": False},
            )
    return len(over)


def _is_over(unit: Unit) -> ColumnElement[bool]:
    ended_at = func.coalesce(ImportBatch.ended_at, ImportBatch.started_at)
    applied = and_(ImportBatch.state == APPLIED, ended_at < unit.at - KEPT_APPLIED)
    dropped = ImportBatch.state.in_([CANCELLED, FAILED])
    return and_(
        ImportBatch.staged_at_path != "",
        or_(applied, and_(dropped, ended_at < unit.at - KEPT_OTHERWISE)),
    )


def _remove(state: Path, folder: Path) -> None:
    """A folder of ours alone: a file that was handed in from elsewhere stays where it is."""
    if folder.resolve().parent == (state / "drops").resolve():
        shutil.rmtree(folder, ignore_errors=True)
