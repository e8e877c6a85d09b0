"""`/sakidori channel ops|cs`, typed in the channel that is meant."""

from bot.ask import Ask
from bot.core.refusal import BadInput
from bot.registry import OPS, command
from bot.services.channels import Purpose, set_channel
from bot.views.channel import build_channel_set
from bot.views.reply import Private, Reply


@command("channel", roles=OPS)
def channel(ask: Ask) -> Reply:
    """Use this channel for operations, or for the CS team."""
    said = ask.text.strip().lower()
    if said not in set(Purpose) or ask.where.channel is None or ask.where.is_direct:
        raise BadInput("channel_purpose")
    facts = ask.ports.directory.get_channel(ask.where.channel, fresh=True)
    with ask.writing() as unit:
        set_channel(unit, Purpose(said), facts, ask.person.slack_user)
    return Private(build_channel_set(ask.say, said, facts.name, facts.kind == "public"))
