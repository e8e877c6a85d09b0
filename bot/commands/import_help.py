"""`/sakidori import`: how data gets in."""

from bot.ask import Ask
from bot.registry import command
from bot.views.import_help import build_import_help
from bot.views.reply import Private, Reply


@command("import")
def tell_import(ask: Ask) -> Reply:
    """The steps, naming the ops channel of the workspace."""
    with ask.reading() as unit:
        channel = unit.workspace.ops_channel
    return Private(build_import_help(ask.say, channel))
