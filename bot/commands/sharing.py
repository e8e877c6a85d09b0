"""What shares something into a channel: where from, where to, once, never where outsiders read."""

from collections.abc import Callable

from bot.ask import Ask
from bot.core.refusal import AlreadyDone
from bot.core.say import Say
from bot.services.settings import judge_channel
from bot.store import outbox
from bot.views.reply import CloseForm, FormErrors, Message, Reply
from bot.views.share_form import CHANNEL, build_shared, with_sharer


def find_channel_here(ask: Ask) -> str | None:
    """The channel the button was pressed in, where customer data may be shown at all."""
    return None if ask.where.is_direct or ask.where.is_shared_outside else ask.where.channel


def share_into_channel(
    ask: Ask, what: str, ref: int, build: Callable[[Say], tuple[str, Message]]
) -> Reply:
    """Into the outbox, in the workspace's language; once per thing, person, day and channel.

    `build` gives the name of what is shared and its message in a voice. A channel that may hold no
    customer data is refused at the field.
    """
    channel = ask.fields[CHANNEL].value
    if not channel:
        return FormErrors({CHANNEL: ask.say("channel", "needed")})
    facts = ask.ports.directory.get_channel(channel, fresh=True)
    if problem := judge_channel(facts):
        return FormErrors({CHANNEL: ask.say("channel", problem)})
    voice = ask.ports.workspace_voice
    name, built = build(voice)
    made = with_sharer(voice, built, ask.person.slack_user)
    key = f"{what}:{ref}:{channel}:{ask.today.isoformat()}:{ask.person.member_id}"
    with ask.writing() as unit:
        put = outbox.put(unit, key=key, audience=channel, text=made.text, blocks=made.blocks)
    if put is None:
        raise AlreadyDone
    is_public = facts.kind == "public"
    return CloseForm(build_shared(ask.say, what, name, facts.name, is_public=is_public))
