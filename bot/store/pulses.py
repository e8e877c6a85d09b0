"""Pulses as they are read: the newest of an account, of a book, and a week's counts.

What was taken back is never read.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Select, select

from bot.core.account_card import BookRow
from bot.core.calendar import WorkCalendar
from bot.core.pulse import STALE, Pulse, PulseWeek
from bot.core.pulse_news import PulseNews, find_news, is_asking_day, is_worried_day
from bot.core.vocabulary import Feeling, PulseReason, Touch
from bot.core.week import Week
from bot.store.tables import Account, CsmPulse, Member
from bot.store.unit import Unit

_SHOWN = 5


def find_pulse(unit: Unit, account_id: int, on: date) -> Pulse | None:
    """The newest one as of `on`; None where nobody ever said."""
    return next(iter(list_pulses(unit, account_id, on, 1)), None)


def list_pulses(unit: Unit, account_id: int, on: date, most: int = _SHOWN) -> list[Pulse]:
    """The last ones, newest first."""
    wanted = _select().where(CsmPulse.account_id == account_id, CsmPulse.felt_on <= on)
    newest = wanted.order_by(CsmPulse.felt_on.desc(), CsmPulse.known_at.desc(), CsmPulse.id)
    return [_read(*row) for row in unit.session.execute(newest.limit(most))]


def find_fresh(unit: Unit, account_ids: Sequence[int], on: date) -> dict[int, Pulse]:
    """Each account's newest one that is not stale; accounts without are left out."""
    if not account_ids:
        return {}
    wanted = _select().where(CsmPulse.account_id.in_(account_ids))
    wanted = wanted.where(CsmPulse.felt_on > on - STALE, CsmPulse.felt_on <= on)
    oldest_first = wanted.order_by(CsmPulse.felt_on, CsmPulse.known_at, CsmPulse.id.desc())
    found = [_read(*row) for row in unit.session.execute(oldest_first)]
    return {each.account_id: each for each in found}


def read_news(unit: Unit, rows: Sequence[BookRow], on: date) -> PulseNews:
    """What a book says of pulses; tech touch is not asked about, nobody is expected to feel."""
    ids = [row.id for row in rows]
    if not ids:
        return PulseNews()
    is_tech = select(Account.id).where(Account.id.in_(ids), Account.touch == Touch.TECH.value)
    return find_news(rows, find_fresh(unit, ids, on), set(unit.session.scalars(is_tech)))


def read_morning_news(
    unit: Unit, rows: Sequence[BookRow], calendar: WorkCalendar, today: date
) -> PulseNews:
    """What of it a morning's digest says: worries once a week, questions once a month."""
    tells, asks = is_worried_day(today, calendar), is_asking_day(today, calendar)
    if not tells and not asks:
        return PulseNews()
    news = read_news(unit, rows, today)
    news = news if tells else replace(news, worried=())
    return news if asks else replace(news, asked=(), wanting=0)


def read_pulse_week(unit: Unit, days: Week) -> PulseWeek:
    """Pulses of these days, counted; whose they are is not said."""
    wanted = select(CsmPulse.feeling, CsmPulse.reasons).where(
        CsmPulse.felt_on.between(days.since_on, days.until_on), CsmPulse.taken_back_on.is_(None)
    )
    found = unit.session.execute(wanted).all()
    return PulseWeek(
        feelings=Counter(Feeling(feeling) for feeling, _ in found),
        reasons=Counter(PulseReason(each) for _, reasons in found for each in reasons),
    )


def _select() -> Select[CsmPulse, str]:
    is_by = (Member.workspace_id == CsmPulse.workspace_id) & (Member.id == CsmPulse.member_id)
    made = select(CsmPulse, Member.name).outerjoin(Member, is_by)
    return made.where(CsmPulse.taken_back_on.is_(None))


def _read(row: CsmPulse, by: str | None) -> Pulse:
    return Pulse(
        id=row.id,
        account_id=row.account_id,
        feeling=Feeling(row.feeling),
        reasons=[PulseReason(each) for each in row.reasons],
        words=row.words,
        felt_on=row.felt_on,
        by=by or "",
        member_id=row.member_id,
    )
