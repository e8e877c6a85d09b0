"""Who answers for an account, by hand. Refuses nothing a file says later: it may name another."""

from enum import StrEnum

from sqlalchemy import func, select

from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Role
from bot.store.tables import Account, Episode, Member, Task
from bot.store.tasks import UNDONE
from bot.store.unit import Unit


class Post(StrEnum):
    """担当者 or 副担当."""

    OWNER = "owner"
    SECOND = "second"


def set_post(unit: Unit, account_id: int, post: Post, member: Member, actor: str) -> int | None:
    """The member answers for the account from now on; gives who did before.

    Holds until the file names somebody else than it does now. Whoever has no role yet becomes a
    CSM, or nothing would reach them.
    """
    account = unit.session.get_one(Account, (unit.workspace_id, account_id))
    before = account.owner_id if post is Post.OWNER else account.second_id
    if before == member.id:
        raise AlreadyDone("owner_already", name=member.name, account=account.name)
    if post is Post.OWNER:
        account.owner_id, account.owner_over = member.id, account.owner_named or ""
    else:
        account.second_id, account.second_over = member.id, account.second_named or ""
    become_csm(unit, member, actor)
    known = str(before) if before else None
    unit.audit(actor, f"{post.value}_set", str(account_id), member=str(member.id), before=known)
    return before


def count_left(unit: Unit, account_id: int, member_id: int) -> tuple[int, int]:
    """Open alerts and tasks of the account that stay with who answered for it before."""
    mine = {"account_id": account_id, "owner_id": member_id}
    alerts = select(func.count()).select_from(Episode).filter_by(**mine)
    tasks = select(func.count()).select_from(Task).filter_by(**mine)
    return (
        unit.session.scalars(alerts.where(Episode.open_as.is_not(None))).one(),
        unit.session.scalars(tasks.where(Task.state.in_(UNDONE))).one(),
    )


def become_csm(unit: Unit, member: Member, actor: str) -> None:
    """The role CSM for somebody who answers for accounts and has none."""
    if not member.roles:
        member.roles = [Role.CSM.value]
        unit.audit(actor, "roles_given", member.slack_user or "", roles=member.roles)
