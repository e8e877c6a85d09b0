"""What whoever gave a score by hand is told: that it ends, or that the measured one has fallen."""

from datetime import date
from math import floor

from bot.core.hand_score import HeldScore, Measured
from bot.core.say import Say
from bot.core.vocabulary import Band
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import message
from bot.views.words import band_word, word

END = "score_end"
_NAME, _FACT = 60, 180


def build_ending(say: Say, held: HeldScore, today: date) -> Message:
    """Three days before its end: what it says, what is measured, and what may be done."""
    return _tell(say, "ending", held, today)


def build_fallen(say: Say, held: HeldScore, today: date) -> Message:
    """The measured band has fallen below the one at giving time."""
    return _tell(say, "fallen", held, today)


def build_ended(say: Say, name: str, measured: Measured) -> Message:
    """It leads no more; what does."""
    told = say("hand_scores", "ended", name=shorten(name, _NAME), **_measured(say, "now", measured))
    return message(told, [section(told)])


def render_fall(say: Say, held: HeldScore) -> str:
    """The card's line: how the measured score stood then and stands now."""
    return say("hand_scores", "fall", **_both(say, held))


def _tell(say: Say, what: str, held: HeldScore, today: date) -> Message:
    about = {
        "name": shorten(held.name, _NAME),
        "band": band_word(say, held.hand.band),
        "reason": shorten(held.hand.reason, _FACT),
        "given_on": held.hand.given_on,
        "expires_on": held.hand.expires_on,
        "left_days": (held.hand.expires_on - today).days,
        "today": today,
        **_both(say, held),
    }
    told = say("hand_scores", what, **about)
    blocks = [section(told), *_buttons(say, held)]
    return message(say("hand_scores", f"{what}_short", **about), blocks)


def _buttons(say: Say, held: HeldScore) -> list[Block]:
    ref = str(held.account_id)
    extend = button(say("hand_scores", "extend"), "score", f"{ref}:{held.hand.band}")
    end = button(say("hand_scores", "end"), END, f"{ref}:{held.id}")
    return actions([extend, end, button(word(say, "card"), "card", ref)])


def _both(say: Say, held: HeldScore) -> dict[str, object]:
    return _measured(say, "then", held.then) | _measured(say, "now", held.now)


def _measured(say: Say, when: str, measured: Measured) -> dict[str, object]:
    is_known = measured.band is not Band.UNKNOWN
    score = None if measured.score is None else floor(measured.score)
    return {
        f"{when}_band": band_word(say, measured.band) if is_known else "",
        f"{when}_score": score,
    }
