"""What a channel is used for from now on."""

from collections.abc import Sequence

from bot.core.say import Say
from bot.views.blocks import section
from bot.views.limits import shorten
from bot.views.reply import Message
from bot.views.surfaces import message


def build_channel_set(say: Say, purpose: str, name: str, is_public: bool) -> Message:
    """One line; a public channel is said to be one."""
    text = say("channel", f"set_{purpose}", name=name)
    warning = [section(say("channel", "public", name=name))] if is_public else []
    return message(text, [section(text), *warning])


def build_test_post(say: Say, names: Sequence[str]) -> Message:
    """Whose messages will come to the channel it is posted in."""
    told = say("setup", "channel_test", names=[shorten(name, 60) for name in names])
    return message(told, [section(told)])
