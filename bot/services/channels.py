"""Which channels the workspace uses for what, and whose files are imported without a press."""

from enum import StrEnum

from sqlalchemy import select

from bot.core.refusal import Refusal
from bot.services.imports.batches import trust_deliveries
from bot.services.ports import ChannelFacts
from bot.services.settings import judge_channel
from bot.store.tables import Member
from bot.store.unit import Unit


class Purpose(StrEnum):
    """`OPS` takes files and notices of the operation, `CS` is the team's own channel."""

    OPS = "ops"
    CS = "cs"


def set_channel(unit: Unit, purpose: Purpose, facts: ChannelFacts, actor: str) -> None:
    """Use this channel from now on; refused where strangers would read along."""
    problem = judge_channel(facts)
    if problem is not None:
        raise Refusal(f"channel_{problem}")
    workspace = unit.workspace
    if purpose is Purpose.OPS:
        workspace.ops_channel = facts.channel
    else:
        workspace.cs_channel = facts.channel
    unit.audit(actor, "channel_set", facts.channel, purpose=purpose.value)


def trust_deliverer(unit: Unit, slack_user: str, actor: str) -> None:
    """Import this member's files without asking; for a robot that delivers every morning."""
    found = unit.session.scalars(select(Member.id).filter_by(slack_user=slack_user)).first()
    if found is None:
        raise Refusal("no_such_member", said=slack_user)
    trust_deliveries(unit, [found], actor)
