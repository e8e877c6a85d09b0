"""What the edge itself shows: a refusal with ways out, and a form that is still loading."""

import logging
from collections.abc import Sequence

from bot.core.refusal import Refusal
from bot.core.say import Say
from bot.views import limits
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.reply import Message, View
from bot.views.surfaces import form, home, message

log = logging.getLogger(__name__)

SAY_AGAIN = "say_again"
MOST_SUGGESTIONS = 5


def render_refusal(say: Say, refusal: Refusal) -> str:
    """The sentence of a refusal; one without a sentence is logged and said in general words."""
    try:
        return say("refusals", refusal.code, **refusal.params)
    except KeyError:
        log.warning("refusal without a sentence: %s", refusal, extra={"action": "refusal"})
        return say("refusals", Refusal.usual_code)


def build_refusal(say: Say, refusal: Refusal, word: str) -> Message:
    """The sentence, and a button for each account the person may have meant.

    Each button repeats the command `word` with the chosen name (see `SAY_AGAIN`).
    """
    text = render_refusal(say, refusal)
    buttons = [
        button(limits.escape_plain(label), SAY_AGAIN, f"{word} {said}", number=number)
        for number, (label, said) in enumerate(_choices(refusal), start=1)
    ]
    return message(text, [section(text), *actions(buttons)])


def build_form_offer(say: Say, word: str, text: str = "") -> Message:
    """Where a command's form cannot be opened at once: a button that gives the command again.

    What follows the word goes with it; where that is too long for a button, it is said so.
    """
    again = f"{word} {text}".strip()
    is_long = len(again) > limits.BUTTON_VALUE
    told = say("edge", "form_offer_long" if is_long else "form_offer")
    press = button(say("edge", "form_open"), SAY_AGAIN, word if is_long else again, style="primary")
    return message(told, [section(told), *actions([press])])


def build_notice_form(say: Say, text: str) -> View:
    """A form that only says something and can be closed."""
    title, close = say("edge", "form_title"), say("edge", "close")
    return form("notice", title=title, submit=None, close=close, blocks=[section(text)])


def build_skeleton(say: Say) -> View:
    """What a form shows until its content is there."""
    return build_notice_form(say, say("edge", "form_wait"))


def build_notice_home(text: str) -> View:
    """An App Home that only says something."""
    return home([section(text)])


def _choices(refusal: Refusal) -> list[tuple[str, str]]:
    """Names as they are, or pairs of what is shown and what is said."""
    named = refusal.params.get("matches") or refusal.params.get("near") or ()
    if isinstance(named, str) or not isinstance(named, Sequence):
        return []
    pairs = [(each, each) if isinstance(each, str) else (each[0], each[1]) for each in named]
    return pairs[:MOST_SUGGESTIONS]
