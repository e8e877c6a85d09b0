"""The start as one deed: watching begins, and with it stands the first diagnosis of everybody.

Refuses to begin without scores, and twice. Read and rendered first, written in one transaction.
"""

from dataclasses import dataclass

from sqlalchemy import select

from bot.core.hours import local_day
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Role
from bot.people import build_person
from bot.services.diagnosis import read_diagnosis
from bot.services.start import start_workspace
from bot.store import outbox
from bot.store.members import list_active
from bot.store.scopes import Scope, get_scope
from bot.store.standing import has_scores
from bot.store.tables import Account, Member
from bot.store.unit import Store, Unit
from bot.texts import Texts
from bot.views.diagnosis import build_diagnosis
from bot.views.reply import Post

_TOLD = {Role.LEAD.value, Role.OPS.value}


@dataclass(frozen=True)
class Started:
    """How many people the diagnosis goes to."""

    told: int


def begin_watching(store: Store, workspace_id: int, texts: Texts, actor: str) -> Started:
    """Start the workspace today and put one diagnosis into the outbox for each lead and ops."""
    posts = _build_posts(store, workspace_id, texts)
    with store.writing(workspace_id) as unit:
        start_workspace(unit, actor)
        for post in posts:
            outbox.put(
                unit,
                key=post.key,
                audience=post.audience,
                text=post.message.text,
                blocks=post.message.blocks,
            )
    return Started(len(posts))


def list_told(unit: Unit) -> list[Member]:
    """Whom the first diagnosis goes to: leads and ops who are in Slack."""
    return [one for one in list_active(unit) if one.slack_user and _TOLD & set(one.roles)]


def _build_posts(store: Store, workspace_id: int, texts: Texts) -> list[Post]:
    with store.reading(workspace_id) as unit:
        workspace = unit.workspace
        if workspace.started_on is not None:
            raise AlreadyDone("already_started", started_on=workspace.started_on)
        on = local_day(unit.at, workspace.zone)
        if not has_scores(unit, on):
            raise Refusal("not_scored_yet")
        people = [build_person(one, workspace) for one in list_told(unit)]
        found = [
            (one, read_diagnosis(unit, _scope_of(unit, one.member_id, one.roles), on, one.locale))
            for one in people
        ]
    return [
        Post(f"diagnosis:{on}:{person.member_id}", person.slack_user, build_diagnosis(say, each))
        for person, each in found
        for say in [texts.speak(person.locale)]
    ]


def _scope_of(unit: Unit, member_id: int, roles: frozenset[Role]) -> Scope:
    """A lead whose team owns nothing yet sees everything."""
    scope = get_scope(unit, member_id, roles)
    if scope.kind == "team":
        owned = select(Account.id).where(Account.owner_id.in_(scope.member_ids)).limit(1)
        if unit.session.scalar(owned) is None:
            return Scope("everything")
    return scope
