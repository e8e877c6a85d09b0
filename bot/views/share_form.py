"""Sharing a card or a meeting's view: where to, and what is said afterwards."""

from bot.core.say import Say
from bot.views.blocks import context, section
from bot.views.elements import channel_select
from bot.views.limits import shorten
from bot.views.reply import Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import word

# What can be shared; each names its button, its form and its sentences.
CARD, MEETING = "share", "share_meeting"
CHANNEL = "channel"
_NAME = 80


def build_share_form(say: Say, what: str, ref: int, name: str, channel: str | None) -> View:
    """The picker, starting on the channel the person is in."""
    picker = channel_select(CHANNEL, say("channel", "choose"), channel)
    hint = say("channel", "share_hint")
    return form(
        what,
        title=say("channel", "share_title"),
        submit=say("channel", "share_submit"),
        close=word(say, "cancel"),
        carried={"shared": str(ref)},
        blocks=[
            section(say("channel", f"{what}_about", name=shorten(name, _NAME))),
            question(CHANNEL, say("channel", "share_label"), picker, hint=hint),
        ],
    )


def with_sharer(say: Say, shared: Message, slack_user: str) -> Message:
    """The message with a line saying who shared it."""
    told = context(say("channel", "shared_by", user=slack_user))
    return message(shared.text, [told, *shared.blocks])


def build_shared(say: Say, what: str, name: str, channel: str, *, is_public: bool) -> Message:
    """What the sharer is told."""
    told = say(
        "channel", f"{what}_done", name=shorten(name, _NAME), channel=channel, is_public=is_public
    )
    return message(told, [section(told)])
