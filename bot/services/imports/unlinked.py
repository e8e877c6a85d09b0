"""Ids of files that nobody answers to, kept until somebody says whose they are. Free of pandas."""

from sqlalchemy import delete, func, select

from bot.core.import_report import ImportReport
from bot.store.tables import Account, AccountAlias, UnlinkedRef
from bot.store.unit import Unit

_KNOWN = (AccountAlias.ref, Account.ref)


def keep_unlinked(unit: Unit, report: ImportReport, batch_id: int) -> None:
    """Those of an applied file, as far as its report names them; it may have been read before."""
    unit.session.execute(delete(UnlinkedRef).where(UnlinkedRef.batch_id == batch_id))
    kind = report.counts[0].kind if report.counts else ""
    for each in report.unlinked:
        forget_unlinked(unit, each.ref)
        facts = {"kind": kind, "row_count": each.rows, "batch_id": batch_id}
        unit.add(UnlinkedRef(ref=each.ref[:255], known_at=unit.at, **facts))


def forget_unlinked(unit: Unit, ref: str) -> None:
    """It has been said whose it is, or is about to be kept anew."""
    unit.session.execute(delete(UnlinkedRef).where(UnlinkedRef.ref == ref[:255]))


def count_unlinked(unit: Unit) -> int:
    """How many nobody answers to yet."""
    wanted = select(func.count(UnlinkedRef.id))
    for known in _KNOWN:
        wanted = wanted.where(UnlinkedRef.ref.not_in(select(known)))
    return unit.session.scalars(wanted).one()


def list_unlinked(unit: Unit, most: int) -> list[UnlinkedRef]:
    """Those nobody answers to yet, most rows first."""
    wanted = select(UnlinkedRef).order_by(UnlinkedRef.row_count.desc(), UnlinkedRef.ref)
    for known in _KNOWN:
        wanted = wanted.where(UnlinkedRef.ref.not_in(select(known)))
    return list(unit.session.scalars(wanted.limit(most)))
