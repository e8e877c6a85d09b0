"""Giving a score by hand: the form, and what is said once it is recorded."""

from datetime import date

from bot.core.say import Say
from bot.core.standing import Standing
from bot.core.vocabulary import Band
from bot.views.blocks import actions, section
from bot.views.elements import button, radio, text_input
from bot.views.limits import shorten
from bot.views.reply import Block, Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import SCORED_BY_HAND, band_word, word

FORM, BAND, REASON = "score", "band", "reason"
LONGEST_REASON = 200
_NAME = 80


def build_score_form(
    say: Say, account_id: int, name: str, standing: Standing, chosen: str | None
) -> View:
    """Three bands and a line why; the line is required beside a measured score."""
    is_measured = standing.measured is not Band.UNKNOWN
    about = say(
        "score",
        "form_about",
        name=shorten(name, _NAME),
        measured=band_word(say, standing.measured) if is_measured else "",
        score=standing.shown,
    )
    bands = [(band_word(say, band), band.value) for band in SCORED_BY_HAND]
    why = text_input(REASON, most=LONGEST_REASON)
    return form(
        FORM,
        title=say("score", "form_title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        carried={"account": str(account_id)},
        blocks=[
            section(about),
            question(BAND, say("score", "label_band"), radio(bands, BAND, chosen)),
            question(
                REASON,
                say("score", "label_reason"),
                why,
                hint=say("score", "hint_reason"),
                optional=not is_measured,
            ),
        ],
    )


def build_recorded(
    say: Say, account_id: int, name: str, band: Band, expires_on: date, *, has_reason: bool
) -> Message:
    """What was recorded; without a reason there is a way to add one."""
    told = say(
        "score",
        "recorded",
        name=shorten(name, _NAME),
        band=band_word(say, band),
        expires_on=expires_on,
    )
    return message(
        told, [section(told), *([] if has_reason else _add_reason(say, account_id, band))]
    )


def build_reason_wanted(say: Say, account_id: int, name: str, band: Band) -> Message:
    """Nothing was recorded: a measured score stands, so a line why is needed."""
    told = say("score", "ask_reason", name=shorten(name, _NAME))
    return message(told, [section(told), *_add_reason(say, account_id, band)])


def _add_reason(say: Say, account_id: int, band: Band) -> list[Block]:
    return actions([button(say("score", "add_reason"), "score", f"{account_id}:{band}")])
