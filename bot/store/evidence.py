"""The rows behind an account's measures: the newest few of each kind, one statement a kind."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from sqlalchemy import or_, select

from bot.core.explanation import Evidence
from bot.store.tables import (
    Incident,
    IncidentAccount,
    Invoice,
    NpsAnswer,
    Ticket,
    Touch,
    VocRemark,
)
from bot.store.unit import Unit

_MOST = 3
KINDS = ("invoice", "ticket", "incident", "nps", "voc", "touch")
_RECENT = timedelta(days=90)


def list_evidence(
    unit: Unit, account_id: int, on: date, kinds: Collection[str] = KINDS, most: int = _MOST
) -> list[Evidence]:
    """Unpaid invoices, open inquiries, recent incidents, answers, remarks and touches.

    The newest `most` of each of `kinds`; of touches the last one alone.
    """
    return [row for kind in kinds for row in _READERS[kind](unit, account_id, on, most)]


def _invoices(unit: Unit, account_id: int, on: date, most: int) -> Iterator[Evidence]:
    wanted = (
        select(Invoice)
        .where(Invoice.account_id == account_id, Invoice.due_on < on)
        .where(or_(Invoice.paid_on.is_(None), Invoice.paid_on > on))
        .order_by(Invoice.due_on)
        .limit(most)
    )
    for row in unit.session.scalars(wanted):
        yield Evidence("invoice", row.due_on, text=row.ref, figure=(on - row.due_on).days)


def _tickets(unit: Unit, account_id: int, on: date, most: int) -> Iterator[Evidence]:
    wanted = (
        select(Ticket)
        .where(Ticket.account_id == account_id, Ticket.opened_on <= on)
        .where(or_(Ticket.solved_on.is_(None), Ticket.solved_on > on))
        .order_by(Ticket.opened_on.desc(), Ticket.id)
        .limit(most)
    )
    for row in unit.session.scalars(wanted):
        yield Evidence("ticket", row.opened_on, who=row.category or "", text=row.subject or "")


def _incidents(unit: Unit, account_id: int, on: date, most: int) -> Iterator[Evidence]:
    hit = select(IncidentAccount.incident_id).where(IncidentAccount.account_id == account_id)
    wanted = (
        select(Incident)
        .where(or_(Incident.hits_everyone, Incident.id.in_(hit)))
        .where(Incident.started_on <= on, Incident.started_on > on - _RECENT)
        .order_by(Incident.started_on.desc(), Incident.id)
        .limit(most)
    )
    for row in unit.session.scalars(wanted):
        yield Evidence("incident", row.started_on, text=row.title, until_on=row.ended_on)


def _answers(unit: Unit, account_id: int, on: date, most: int) -> Iterator[Evidence]:
    wanted = (
        select(NpsAnswer)
        .where(NpsAnswer.account_id == account_id, NpsAnswer.responded_on <= on)
        .order_by(NpsAnswer.responded_on.desc(), NpsAnswer.id)
        .limit(most)
    )
    for row in unit.session.scalars(wanted):
        who, text = row.respondent or "", row.comment or ""
        yield Evidence("nps", row.responded_on, who=who, text=text, figure=row.score)


def _remarks(unit: Unit, account_id: int, on: date, most: int) -> Iterator[Evidence]:
    wanted = (
        select(VocRemark)
        .where(VocRemark.account_id == account_id, VocRemark.said_on <= on)
        .order_by(VocRemark.said_on.desc(), VocRemark.id)
        .limit(most)
    )
    for row in unit.session.scalars(wanted):
        who, link = row.speaker or "", row.permalink or ""
        yield Evidence("voc", row.said_on, who=who, text=row.text, permalink=link)


def _touches(unit: Unit, account_id: int, on: date, most: int) -> Iterator[Evidence]:
    wanted = (
        select(Touch)
        .where(Touch.account_id == account_id, Touch.touched_on <= on)
        .order_by(Touch.touched_on.desc(), Touch.id)
        .limit(min(most, 1))
    )
    for row in unit.session.scalars(wanted):
        yield Evidence("touch", row.touched_on, text=row.note or "")


_READERS: dict[str, Callable[[Unit, int, date, int], Iterator[Evidence]]] = {
    "invoice": _invoices,
    "ticket": _tickets,
    "incident": _incidents,
    "nps": _answers,
    "voc": _remarks,
    "touch": _touches,
}
