"""Bands and the start: thresholds with a preview of who lands where, and what will happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.money import Money
from bot.core.revision import Thresholds
from bot.core.say import Say
from bot.core.setup import Landing
from bot.core.standing import WORST_FIRST
from bot.core.vocabulary import Band, Touch
from bot.views.blocks import actions, context, section
from bot.views.elements import button, text_input
from bot.views.reply import Block, Message
from bot.views.surfaces import message, question
from bot.views.words import band_word

PREVIEW = "setup_preview"
RED, GREEN = "red_below", "green_from"
CADENCE: Mapping[Touch, str] = {Touch.HIGH: "cadence_high", Touch.LOW: "cadence_low"}
"""The field of each way of serving whose follow-ups have a cadence."""


@dataclass(frozen=True)
class Preview:
    """Who lands where with `thresholds`; amounts are in `currency`, `run_on` is the scores' day."""

    thresholds: Thresholds
    landings: Mapping[Band, Landing]
    currency: str
    run_on: date | None


def build_bands(
    say: Say,
    preview: Preview,
    *,
    is_provisional: bool,
    contact_days: Mapping[Touch, int],
) -> list[Block]:
    """Two thresholds, the accounts by band as they would stand, and how often they are spoken to.

    A cadence that is not in `contact_days` is left empty: that of the tier holds.
    """
    at = preview.thresholds
    return [
        section(say("setup", "bands_lead")),
        question(RED, say("setup", "label_red"), text_input(RED, value=str(at.red_below), most=3)),
        question(
            GREEN, say("setup", "label_green"), text_input(GREEN, value=str(at.green_from), most=3)
        ),
        *actions([button(say("setup", "preview"), PREVIEW)]),
        section(render_landings(say, preview)),
        *([context(say("setup", "provisional"))] if is_provisional else []),
        *(_cadence(say, touch, contact_days.get(touch)) for touch in CADENCE),
    ]


def _cadence(say: Say, touch: Touch, days: int | None) -> Block:
    name = CADENCE[touch]
    field = text_input(name, value="" if days is None else str(days), most=3)
    hint = say("setup", "hint_cadence")
    return question(name, say("setup", f"label_{name}"), field, hint=hint, optional=True)


def render_landings(say: Say, preview: Preview) -> str:
    """One line a band with its number and amount; nothing is scored yet where no run ended."""
    if preview.run_on is None:
        return say("setup", "unscored")
    rows = [
        (band_word(say, band), preview.landings[band].count, _money(preview, band))
        for band in WORST_FIRST
        if band in preview.landings and preview.landings[band].count
    ]
    at = preview.thresholds
    return say(
        "setup",
        "landings",
        rows=rows,
        red_below=at.red_below,
        green_from=at.green_from,
        run_on=preview.run_on,
    )


def build_start(
    say: Say, preview: Preview, *, people: Sequence[str], started_on: date | None
) -> list[Block]:
    """What will happen once it is pressed, and who is told first."""
    if started_on is not None:
        return [section(say("setup", "already", on=started_on))]
    if preview.run_on is None:
        return [section(say("setup", "start_unscored"))]
    return [
        section(say("setup", "start_lead")),
        section(render_landings(say, preview)),
        section(say("setup", "start_people", people=people)),
    ]


def build_revision(
    say: Say, now: Preview, proposed: Preview, weeks: int, *, sorts_well: bool
) -> Message:
    """After some weeks: as it is, as it could be, and the way to decide."""
    is_same = now.thresholds == proposed.thresholds
    verdict = "revision_same" if sorts_well else "revision_stuck" if is_same else "revision"
    told = say("setup", verdict, weeks=weeks)
    shown = [say("setup", "revision_now") + "\n" + render_landings(say, now)]
    if not is_same:
        shown.append(say("setup", "revision_then") + "\n" + render_landings(say, proposed))
    way = button(say("setup", "revise"), "setup_bands", style="primary")
    return message(told, [section(told), *map(section, shown), *actions([way])])


def _money(preview: Preview, band: Band) -> Money:
    return Money(preview.landings[band].arr, preview.currency)
