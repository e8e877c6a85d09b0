"""How data gets in: by dropping a file into the ops channel."""

from bot.core.say import Say
from bot.views.blocks import context, section
from bot.views.reply import Message
from bot.views.surfaces import message


def build_import_help(say: Say, ops_channel: str | None) -> Message:
    """The three steps; where there is no ops channel yet, that is said."""
    blocks = [section(say("import_help", "how", channel=ops_channel))]
    if ops_channel is None:
        blocks.append(section(say("import_help", "no_channel")))
    return message(say("import_help", "fallback"), [*blocks, context(say("import_help", "kinds"))])
