"""Accounts that nobody answers for, and the ways to mend it: name, link, hand over, join.

What ops says of a name of the files is kept, so that the next file with it is understood.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from sqlalchemy import func, select, update

from bot.core.names import fold_name
from bot.core.setup import Gap, OwnerGap
from bot.core.vocabulary import EpisodeState
from bot.services.imports.derive import CALLED
from bot.services.owners import become_csm
from bot.services.people import link_member
from bot.services.ports import Directory, PersonFacts
from bot.store.members import get_member
from bot.store.tables import Account, Episode, Member, Task
from bot.store.tasks import UNDONE
from bot.store.unit import Store, Unit

# users.info allows a hundred a minute; more people than these own no accounts in one team.
_MOST_ASKED = 60
_POSTS = ((Account.owner_id, Account.owner_named), (Account.second_id, Account.second_named))


def list_gaps(unit: Unit) -> list[OwnerGap]:
    """Names nobody answers to, members nobody in Slack is, who left, and doubles."""
    counts = _count_accounts(unit)
    members = list(unit.session.scalars(select(Member).order_by(Member.name, Member.id)))
    doubles = _list_doubles(members, counts)
    asked = {member_id for gap in doubles for member_id in gap.member_ids}
    unlinked = [
        one
        for one in members
        if one.is_active and not one.slack_user and counts[one.id] and one.id not in asked
    ]
    left = [one for one in members if not one.is_active and counts[one.id]]
    return [
        *_list_named(unit),
        *(_of_member(Gap.UNLINKED, one, counts[one.id]) for one in unlinked),
        *(_of_member(Gap.LEFT, one, counts[one.id]) for one in left),
        *doubles,
    ]


def mend(unit: Unit, gap: OwnerGap, facts: PersonFacts | None, actor: str) -> None:
    """Close the gap with the Slack person chosen; a double is joined into one member."""
    if gap.kind is Gap.DOUBLE:
        _join(unit, [get_member(unit, each) for each in gap.member_ids], actor)
        return
    assert facts is not None
    if gap.kind is Gap.UNLINKED:
        _link(unit, get_member(unit, gap.member_ids[0]), facts, actor)
        return
    successor = link_member(unit, facts)
    unit.session.flush()
    become_csm(unit, successor, actor)
    if gap.kind is Gap.LEFT:
        _hand_over(unit, get_member(unit, gap.member_ids[0]), successor)
    _call(unit, gap.names, successor)
    _own_named(unit, gap.names, successor)
    unit.audit(actor, "owner_gap_closed", gap.name, kind=gap.kind.value, member=str(successor.id))


def find_leavers(store: Store, workspace_id: int, directory: Directory) -> int:
    """Ask Slack whether those with accounts are still there; who is not is no active member."""
    with store.reading(workspace_id) as unit:
        counts = _count_accounts(unit)
        wanted = select(Member).where(Member.is_active, Member.slack_user.is_not(None))
        asked = [one for one in unit.session.scalars(wanted) if counts[one.id]][:_MOST_ASKED]
    gone = [one.id for one in asked if directory.get_person(one.slack_user or "").is_deleted]
    if gone:
        with store.writing(workspace_id) as unit:
            unit.session.execute(update(Member).where(Member.id.in_(gone)).values(is_active=False))
            for member_id in gone:
                unit.audit("slack", "member_left", str(member_id))
    return len(gone)


def _count_accounts(unit: Unit) -> Counter[int]:
    """Active accounts by owner and by second."""
    counts: Counter[int] = Counter()
    for post, _ in _POSTS:
        wanted = select(post, func.count()).where(Account.is_active).group_by(post)
        counts.update({who: count for who, count in unit.session.execute(wanted) if who})
    return counts


def _list_named(unit: Unit) -> list[OwnerGap]:
    """Names of owners and seconds that are no member's, most accounts first."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for post, named in _POSTS:
        wanted = select(named, func.count()).where(Account.is_active, post.is_(None))
        for name, count in unit.session.execute(wanted.group_by(named)):
            if name:
                written[fold_name(name)][name] += count
    made = [_of_name(folded, names) for folded, names in written.items()]
    return sorted(made, key=lambda gap: (-gap.account_count, gap.name))


def _of_name(folded: str, names: Counter[str]) -> OwnerGap:
    return OwnerGap(
        kind=Gap.NAMED,
        key=sha256(folded.encode()).hexdigest()[:16],
        name=names.most_common(1)[0][0],
        account_count=names.total(),
        names=sorted(names),
    )


def _of_member(kind: Gap, member: Member, count: int) -> OwnerGap:
    return OwnerGap(
        kind=kind,
        key=str(member.id),
        name=member.name,
        account_count=count,
        email=member.email or "",
        names=_names_of([member]),
        member_ids=[member.id],
    )


def _list_doubles(members: Sequence[Member], counts: Counter[int]) -> list[OwnerGap]:
    """Active members of one name, one of whom Slack does not know: they may be one person."""
    by_name: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        if one.is_active:
            by_name[fold_name(one.name)].append(one)
    return [
        OwnerGap(
            kind=Gap.DOUBLE,
            key=str(same[0].id),
            name=same[0].name,
            account_count=sum(counts[one.id] for one in same),
            email=", ".join(one.email for one in same if one.email),
            names=_names_of(same),
            member_ids=[one.id for one in same],
        )
        for same in by_name.values()
        if len(same) > 1 and any(not one.slack_user for one in same)
    ]


def _names_of(members: Iterable[Member]) -> list[str]:
    """Everything the files may call them."""
    said = [text for one in members for text in (one.name, one.email) if text]
    return list(dict.fromkeys([*said, *(text.partition("@")[0] for text in said if "@" in text)]))


def _link(unit: Unit, member: Member, facts: PersonFacts, actor: str) -> None:
    """The member is this Slack person; somebody who is that person already takes over."""
    same = unit.session.scalars(select(Member).filter_by(slack_user=facts.slack_user)).one_or_none()
    if same is not None and same.id != member.id:
        _join(unit, [same, member], actor)
        return
    member.slack_user, member.is_active = facts.slack_user, True
    member.zone, member.locale = member.zone or facts.zone, member.locale or facts.locale
    become_csm(unit, member, actor)
    unit.audit(actor, "member_linked", facts.slack_user, member=str(member.id))


def _join(unit: Unit, same: Sequence[Member], actor: str) -> None:
    """One of them stays, the one Slack knows; the others' accounts, roles and names become its."""
    kept, *others = sorted(same, key=lambda one: (one.slack_user is None, one.id))
    for other in others:
        _hand_over(unit, other, kept)
        kept.roles = list(dict.fromkeys([*kept.roles, *other.roles]))
        kept.lead_id = kept.lead_id or (other.lead_id if other.lead_id != kept.id else None)
        other.is_active = False
        unit.audit(actor, "members_joined", str(kept.id), other=str(other.id))
    become_csm(unit, kept, actor)
    _call(unit, _names_of(same), kept)


def _hand_over(unit: Unit, before: Member, after: Member) -> None:
    """Accounts, what is still to be done for them, and the people led."""
    for column, is_meant in (
        (Account.owner_id, Account.id.is_not(None)),
        (Account.second_id, Account.id.is_not(None)),
        (Task.owner_id, Task.state.in_(UNDONE)),
        (Episode.owner_id, Episode.state != EpisodeState.CLOSED.value),
        (Member.lead_id, Member.id != after.id),
    ):
        moved = update(column.class_).where(column == before.id, is_meant)
        # An alert's message stands where `before` reads: it is to be told anew where `after` does.
        anew = {Episode.told_at: None} if column.class_ is Episode else {}
        unit.session.execute(moved.values({column: after.id, **anew}))


def _own_named(unit: Unit, names: Sequence[str], member: Member) -> None:
    """Accounts whose file names the person so."""
    for post, named in _POSTS:
        meant = update(Account).where(named.in_(names), post.is_(None))
        unit.session.execute(meant.values({post: member.id}))


def _call(unit: Unit, names: Iterable[str], member: Member) -> None:
    workspace = unit.workspace
    called = {**workspace.settings.get(CALLED, {}), **{fold_name(n): member.id for n in names}}
    workspace.settings = {**workspace.settings, CALLED: called}
