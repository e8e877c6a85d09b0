"""Ops hears once of what could not be said, through the same outbox."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from bot.core.say import Say
from bot.core.vocabulary import Role
from bot.store import outbox
from bot.store.tables import Member, OutboxItem, Workspace
from bot.store.unit import Store, Unit
from bot.texts import Texts
from bot.views.blocks import section
from bot.views.limits import FALLBACK_TEXT, cut

# A notice that fails itself is not told of: that would never end.
KEY = "untold:"
TEMPLATE = "outbox"


def tell_failures(store: Store, texts: Texts, workspace: Workspace) -> bool:
    """Put one notice for all failures nobody has heard of; whether there were any."""
    with store.reading(workspace.id) as unit:
        failed = outbox.list_untold(unit)
        audience = _find_ops(unit)
    if not failed:
        return False
    told = [item for item in failed if not item.key.startswith(KEY)]
    text = _failures(texts.speak(workspace.locale), told)
    with store.writing(workspace.id) as unit:
        outbox.mark_told(unit, [item.id for item in failed])
        if told and audience:
            _put(unit, f"{KEY}{told[0].id}", audience, text)
    return True


def tell_unsettled(store: Store, texts: Texts, workspace: Workspace, item: OutboxItem) -> None:
    """Ask ops to look: history cannot be read, so nobody knows whether `item` was said."""
    text = texts.speak(workspace.locale)(TEMPLATE, "unsettled", audience=item.audience)
    with store.writing(workspace.id) as unit:
        audience = _find_ops(unit)
        if audience:
            _put(unit, f"{KEY}{item.id}:unsettled", audience, text)


def _failures(say: Say, told: Sequence[OutboxItem]) -> str:
    """How many, and for each reason where."""
    reasons = Counter((item.problem or "", item.audience) for item in told)
    rows = [(count, audience, reason) for (reason, audience), count in reasons.most_common()]
    return say(TEMPLATE, "not_said", count=len(told), rows=rows)


def _put(unit: Unit, key: str, audience: str, text: str) -> None:
    shown = cut(text, FALLBACK_TEXT)
    outbox.put(
        unit,
        key=key,
        audience=audience,
        text=shown,
        blocks=[section(shown)],
        holds_customer_data=False,
    )


def _find_ops(unit: Unit) -> str | None:
    """The ops channel, else the first ops person."""
    if unit.workspace.ops_channel:
        return unit.workspace.ops_channel
    members = unit.session.scalars(select(Member).filter_by(is_active=True).order_by(Member.id))
    return next((one.slack_user for one in members if Role.OPS in one.roles), None)
