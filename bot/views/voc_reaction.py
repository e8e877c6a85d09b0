"""What is offered to somebody who put the reaction for VoC on a message, and which one it is."""

from bot.core.say import Say
from bot.core.voc import Draft
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Message
from bot.views.surfaces import message

FORM_BUTTON = "logvoc_reaction"
_QUOTE = 400


def build_voc_offer(say: Say, draft: Draft, place: str) -> Message:
    """The words, and one button; `place` (channel:ts) is where they stand."""
    words = shorten(draft.text, _QUOTE) if draft.text.strip() else ""
    told = say("voc", "offer", said_on=draft.said_on, text=words, permalink=draft.permalink)
    press = button(say("voc", "form_title"), FORM_BUTTON, place, style="primary")
    return message(told, [section(told), *actions([press])])


def build_reaction_told(say: Say, name: str, *, is_new: bool) -> Message:
    """One line."""
    told = say("voc", "reaction", name=name, is_new=is_new)
    return message(told, [section(told)])
