"""Gaps between words and use as people read them, in a fixed number of statements."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from bot.core.vocabulary import Hypothesis, Mismatch, MismatchAnswer
from bot.core.words_gap import WORDS_DAYS, Gap, Said
from bot.store.book import find_rows
from bot.store.standing import last_run_on
from bot.store.tables import Account, CsmPulse, ManualScore, Member, VocRemark, WordsGap
from bot.store.unit import Unit

_SHOWN = 3
_By = aliased(Member, name="answered_by")


def gap_key(gap_id: int) -> str:
    """The outbox key of the note about it."""
    return f"words_gap:{gap_id}"


def list_untold(unit: Unit, member_id: int, on: date) -> list[tuple[WordsGap, Account]]:
    """What is due, of accounts the member answers for, is second for, or leads the owner of.

    Only what the last run still saw: on old data nobody is told anything.
    """
    ours = Account.workspace_id == Member.workspace_id
    led = select(Member.id).where(ours, Member.lead_id == member_id)
    theirs = or_(
        Account.owner_id == member_id,
        Account.second_id == member_id,
        Account.owner_id.in_(led),
        Account.second_id.in_(led),
    )
    wanted = (
        select(WordsGap, Account)
        .join(Account, _is_of(Account))
        .where(WordsGap.ended_on.is_(None), WordsGap.told_on.is_(None))
        .where(WordsGap.due_on <= on, WordsGap.seen_on == last_run_on(on))
        .where(Account.is_active, theirs)
    )
    return [(gap, account) for gap, account in unit.session.execute(wanted.order_by(WordsGap.id))]


def get_gap(unit: Unit, gap_id: int, on: date) -> Gap:
    """One of them, with the words it rests on; raises NoResultFound for an unknown id."""
    wanted = _select().where(WordsGap.id == gap_id)
    row, by = unit.session.execute(wanted).one()
    return _build(unit, row, by, on)


def find_open_gap(unit: Unit, account_id: int, member_id: int, on: date) -> Gap | None:
    """The account's one that was told and is not answered yet, for those who answer for it."""
    answers = or_(
        Account.owner_id == member_id,
        Account.second_id == member_id,
        WordsGap.told_to_id == member_id,
    )
    wanted = _select().join(Account, _is_of(Account)).where(answers)
    wanted = wanted.where(WordsGap.account_id == account_id, *_UNANSWERED)
    found = unit.session.execute(wanted).first()
    return _build(unit, *found, on) if found else None


def list_unanswered(unit: Unit, lead_id: int, on: date) -> list[tuple[Gap, str]]:
    """Those that nobody of the lead's people answered in time, each told on one day only.

    With the name of whoever answers for the account now, else of whoever was told.
    """
    owner_id = func.coalesce(Account.owner_id, WordsGap.told_to_id)
    wanted = (
        select(WordsGap, Member.name)
        .join(Account, _is_of(Account))
        .join(Member, (Member.workspace_id == WordsGap.workspace_id) & (Member.id == owner_id))
        .where(*_UNANSWERED, WordsGap.answer_by_on <= on)
        .where(Member.lead_id == lead_id, WordsGap.told_to_id != lead_id)
        .where(or_(WordsGap.lead_told_on.is_(None), WordsGap.lead_told_on == on))
    )
    found = unit.session.execute(wanted.order_by(WordsGap.answer_by_on, WordsGap.id)).all()
    rows = find_rows(unit, [gap.account_id for gap, _ in found], on)
    return [(_read(gap, rows[gap.account_id], "", ()), name) for gap, name in found]


def _is_of(entity: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = (entity.workspace_id == WordsGap.workspace_id) & (
        entity.id == WordsGap.account_id
    )
    return made


_UNANSWERED = (
    WordsGap.told_on.is_not(None),
    WordsGap.answer.is_(None),
    WordsGap.ended_on.is_(None),
)


def _select() -> Select[WordsGap, str]:
    by = (_By.workspace_id == WordsGap.workspace_id) & (_By.id == WordsGap.answered_by_id)
    return select(WordsGap, _By.name).outerjoin(_By, by)


def _build(unit: Unit, row: WordsGap, by: str | None, on: date) -> Gap:
    account = find_rows(unit, [row.account_id], on)[row.account_id]
    return _read(row, account, by or "", list_said(unit, row.account_id, row.seen_on))


def _read(row: WordsGap, account: Any, by: str, said: Sequence[Said]) -> Gap:
    return Gap(
        id=row.id,
        row=account,
        kind=Mismatch(row.kind),
        since_on=row.since_on,
        tone=row.tone,
        slope=row.slope,
        change=row.change,
        seen_on=row.seen_on,
        answer_by_on=row.answer_by_on,
        told_to_id=row.told_to_id,
        answer=MismatchAnswer(row.answer) if row.answer else None,
        cause=Hypothesis(row.cause) if row.cause else None,
        answered_by=by,
        answered_on=row.answered_on,
        said=said,
    )


def list_said(unit: Unit, account_id: int, on: date) -> list[Said]:
    """The words of the last 60 days: the newest remarks, the last pulse, the score by hand."""
    first_on = on - timedelta(days=WORDS_DAYS - 1)
    remarks = (
        select(VocRemark)
        .where(VocRemark.account_id == account_id, VocRemark.said_on.between(first_on, on))
        .order_by(VocRemark.said_on.desc(), VocRemark.id)
        .limit(_SHOWN)
    )
    return [
        *(_of_remark(each) for each in unit.session.scalars(remarks)),
        *_list_own(unit, account_id, first_on, on),
    ]


def _of_remark(said: VocRemark) -> Said:
    return Said(
        kind="voc",
        on=said.said_on,
        tone=said.sentiment or "",
        role=said.speaker_role,
        confidence=said.confidence,
        text=said.text,
        read_as=said.read_as or "",
    )


def _list_own(unit: Unit, account_id: int, first_on: date, on: date) -> list[Said]:
    pulses = (
        select(CsmPulse.felt_on, CsmPulse.feeling)
        .where(CsmPulse.account_id == account_id, CsmPulse.felt_on.between(first_on, on))
        .where(CsmPulse.taken_back_on.is_(None))
        .order_by(CsmPulse.felt_on.desc(), CsmPulse.known_at.desc(), CsmPulse.id)
    )
    given = (
        select(ManualScore.given_on, ManualScore.band)
        .where(ManualScore.account_id == account_id, ManualScore.expires_on >= on)
        .where(ManualScore.given_on.between(first_on, on))
        .order_by(ManualScore.given_on.desc(), ManualScore.known_at.desc(), ManualScore.id)
    )
    found = [("pulse", unit.session.execute(pulses).first())]
    found += [("score", unit.session.execute(given).first())]
    return [Said(kind, row[0], row[1]) for kind, row in found if row is not None]
