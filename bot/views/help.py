"""What the bot can do, from the registry; and one helpful line for what it does not understand."""

from collections.abc import Sequence

from bot.core.say import Say
from bot.views.blocks import section
from bot.views.limits import shorten
from bot.views.reply import Message
from bot.views.surfaces import message

Command = tuple[str, str | None]
"""A command's word and, where it has one, its own slash command."""

_SAID = 60


def build_help(say: Say, commands: Sequence[Command], said: str = "") -> Message:
    """All `commands`; `said` is a word that is none of them."""
    first = say("help", "unknown", said=shorten(said, _SAID)) if said else say("help", "title")
    lines = [_line(say, word, slash) for word, slash in commands]
    return message(say("help", "fallback"), [section(first), *map(section, lines)])


def build_lost(say: Say, said: str) -> Message:
    """One line for what is neither a command nor an account."""
    told = say("help", "lost", said=shorten(said, _SAID))
    return message(told, [section(told)])


def words_of(say: Say, word: str) -> list[str]:
    """Other words people use for a command in this language."""
    return say(f"command_{word}", "also").split()


def _line(say: Say, word: str, slash: str | None) -> str:
    own = slash if slash and slash.removeprefix("/") == word else None
    return say(
        "help",
        "line",
        slash=own,
        word=word,
        usage=say(f"command_{word}", "usage"),
        told=say(f"command_{word}", "told"),
    )
