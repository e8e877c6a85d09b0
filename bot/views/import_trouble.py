"""What is said of an import that broke: nothing is in, or how much of it, and how to go on."""

from bot.core.say import Say
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.reply import Message
from bot.views.surfaces import message

GO_ON = "import_go_on"


def build_failed(say: Say, name: str, reference: str) -> Message:
    """It could not be read or applied; the reference is in the log too."""
    text = say("import", "failed", name=name, reference=reference)
    return message(text, [section(text)])


def build_late(say: Say, name: str, reference: str) -> Message:
    """It took too long, twice; nothing of it is in."""
    text = say("import", "late", name=name, reference=reference)
    return message(text, [section(text)])


def build_stopped(
    say: Say, name: str, batch_id: int, done: int, total: int, reference: str
) -> Message:
    """It broke with rows in: how many of how many, and the button to go on."""
    text = say("import", "stopped", name=name, done=done, total=total, reference=reference)
    again = button(say("import", "go_on"), GO_ON, str(batch_id), style="primary")
    return message(text, [section(text), *actions([again])])
