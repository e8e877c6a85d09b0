"""What a channel is used for from now on."""

from bot.core.say import Say
from bot.views.blocks import section
from bot.views.reply import Message
from bot.views.surfaces import message


def build_channel_set(say: Say, purpose: str, name: str, is_public: bool) -> Message:
    """One line; a public channel is said to be one."""
    text = say("channel", f"set_{purpose}", name=name)
    warning = [section(say("channel", "public", name=name))] if is_public else []
    return message(text, [section(text), *warning])
