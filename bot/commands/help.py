"""`/sakidori` and `/sakidori help`: every command, from the registry. Open to everybody."""

from bot.ask import Ask
from bot.registry import command, whole
from bot.views.help import build_help
from bot.views.reply import Private, Reply


@command("help", roles=(), slash="/sakidori")
def show_help(ask: Ask) -> Reply:
    """The commands this person may use; a word that is none of them is named."""
    may = [
        (deed.key, deed.slash)
        for deed in whole().commands()
        if not deed.roles or ask.person.roles & deed.roles
    ]
    return Private(build_help(ask.say, may, ask.text))
