"""Choosing the language the bot speaks with a person."""

from bot.core.say import Say
from bot.core.vocabulary import Locale
from bot.views.blocks import actions, section
from bot.views.elements import Choice, button
from bot.views.reply import Message
from bot.views.surfaces import message


def build_language(say: Say) -> Message:
    """A button for each language."""
    told = say("language", "ask")
    buttons = [
        button(label, "language", value, number=number)
        for number, (label, value) in enumerate(language_choices(say), start=1)
    ]
    return message(told, [section(told), *actions(buttons)])


def build_changed(say: Say) -> Message:
    """Said in the new language."""
    told = say("language", "changed")
    return message(told, [section(told)])


def language_choices(say: Say) -> list[Choice]:
    """The languages, by name."""
    return [(say("language", f"name_{locale}"), locale.value) for locale in Locale]
