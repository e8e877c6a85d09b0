"""All facts of one account for its card, in a fixed number of queries."""

from datetime import date, timedelta

from sqlalchemy import func, select

from bot.core.account_card import AccountCard, LastTouch, Remark, Renewal
from bot.core.hand_score import list_bands
from bot.core.standing import Standing
from bot.store.aliases import build_alias
from bot.store.book import colleague, find_amounts
from bot.store.hand_scores import list_given, list_held
from bot.store.pulses import find_pulse
from bot.store.renewals import find_renewals
from bot.store.standing import STANDING_COLUMNS, read_standing, with_standing
from bot.store.tables import (
    Account,
    AccountScore,
    Contact,
    Contract,
    Member,
    ScoreRun,
    Touch,
    VocRemark,
)
from bot.store.unit import Unit

_HISTORY = timedelta(days=90)
_Owner = build_alias(Member, "owner")
_Second = build_alias(Member, "second")


def get_card(unit: Unit, account_id: int, on: date) -> AccountCard:
    """The account's card as of `on`; raises sqlalchemy's NoResultFound for an unknown id."""
    account, standing, owner, second = _read_account(unit, account_id, on)
    history = list_history(unit, account_id, on)
    given = list_given(unit, account_id, on)
    held = list_held(unit, on, account_id=account_id) if standing.by_hand else []
    champions, decision_makers = _list_people(unit, account_id)
    return AccountCard(
        id=account.id,
        ref=account.ref,
        name=account.name,
        standing=standing,
        arr=find_amounts(unit, [account], on).get(account_id),
        tier=account.tier,
        touch=account.touch,
        stage=account.stage,
        difficulty=account.difficulty,
        owner_mode=account.owner_mode,
        owner=colleague(owner, account.owner_named),
        second=colleague(second, account.second_named),
        seats=account.seats if account.seats is not None else _sum_seats(unit, account_id, on),
        goal=account.goal,
        success_criteria=account.success_criteria,
        champions=champions,
        decision_makers=decision_makers,
        renewal=find_renewals(unit, [account_id], on).get(account_id, Renewal()),
        remark=_find_remark(unit, account_id, on),
        last_touch=find_last_touch(unit, account_id, on),
        history=history,
        by_hand=list_bands(given, [day for day, _ in history]) if given else (),
        held=next(iter(held), None),
        pulse=find_pulse(unit, account_id, on),
    )


def get_standing(unit: Unit, account_id: int, on: date) -> tuple[str, Standing]:
    """The account's name and where it stands."""
    wanted = with_standing(select(Account.name, *STANDING_COLUMNS).select_from(Account), on)
    found = unit.session.execute(wanted.where(Account.id == account_id)).one()
    return found[0], read_standing(found[1], found[2], found[3])


def list_history(unit: Unit, account_id: int, on: date) -> list[tuple[date, float]]:
    """Measured scores of the 90 days up to `on`, oldest first; days without one are missing."""
    days = select(ScoreRun.run_on).where(
        ScoreRun.run_on > on - _HISTORY, ScoreRun.run_on <= on, ScoreRun.finished_at.is_not(None)
    )
    wanted = (
        select(AccountScore.run_on, AccountScore.score)
        .where(AccountScore.account_id == account_id, AccountScore.run_on.in_(days))
        .order_by(AccountScore.run_on)
    )
    return [(run_on, score) for run_on, score in unit.session.execute(wanted) if score is not None]


def _read_account(
    unit: Unit, account_id: int, on: date
) -> tuple[Account, Standing, Member | None, Member | None]:
    wanted = (
        with_standing(select(Account, *STANDING_COLUMNS, _Owner, _Second).select_from(Account), on)
        .outerjoin(
            _Owner,
            (_Owner.workspace_id == Account.workspace_id) & (_Owner.id == Account.owner_id),
        )
        .outerjoin(
            _Second,
            (_Second.workspace_id == Account.workspace_id) & (_Second.id == Account.second_id),
        )
        .where(Account.id == account_id)
    )
    account, score, manual, given_by, owner, second = unit.session.execute(wanted).one()
    return account, read_standing(score, manual, given_by), owner, second


def _sum_seats(unit: Unit, account_id: int, on: date) -> int | None:
    """Seats of the contracts that run on that day; None where none names any."""
    wanted = (
        select(func.sum(Contract.seats))
        .where(Contract.account_id == account_id)
        .where(Contract.starts_on.is_(None) | (Contract.starts_on <= on))
        .where(Contract.ends_on.is_(None) | (Contract.ends_on >= on))
    )
    return unit.session.scalar(wanted)


def _list_people(unit: Unit, account_id: int) -> tuple[list[str], list[str]]:
    wanted = (
        select(Contact.role, Contact.name, Contact.email)
        .where(Contact.account_id == account_id, Contact.is_active)
        .where(Contact.role.in_(["champion", "decision_maker"]))
        .order_by(Contact.name)
    )
    people: dict[str, list[str]] = {"champion": [], "decision_maker": []}
    for role, name, email in unit.session.execute(wanted):
        if called := name or email:
            people[role].append(called)
    return people["champion"], people["decision_maker"]


def _find_remark(unit: Unit, account_id: int, on: date) -> Remark | None:
    wanted = (
        select(VocRemark)
        .where(VocRemark.account_id == account_id, VocRemark.said_on <= on)
        .order_by(VocRemark.said_on.desc(), VocRemark.id)
        .limit(1)
    )
    said = unit.session.scalars(wanted).first()
    if said is None:
        return None
    return Remark(
        said.said_on, said.speaker, said.speaker_role, said.text, said.read_as, said.permalink
    )


def find_last_touch(unit: Unit, account_id: int, on: date) -> LastTouch | None:
    """The newest touch; a date agreed before it stands while it lies after it."""
    newest = (Touch.touched_on.desc(), Touch.known_at.desc(), Touch.id)
    known = select(Touch).where(Touch.account_id == account_id, Touch.touched_on <= on)
    last = unit.session.scalars(known.order_by(*newest).limit(1)).first()
    if last is None:
        return None
    agreed = known.where(Touch.next_on > last.touched_on).order_by(*newest).limit(1)
    dated = last if last.next_on else unit.session.scalars(agreed).first()
    next_on = dated.next_on if dated else None
    return LastTouch(last.touched_on, last.kind, last.initiated_by, last.note, next_on)
