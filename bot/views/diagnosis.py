"""初回診断: where everything stands on the first day, the ten to begin with, what is missing."""

from bot.core.diagnosis import Diagnosis, Sign, Worst
from bot.core.explanation import USED, Reason
from bot.core.money import Money
from bot.core.say import Say
from bot.core.standing import WORST_FIRST
from bot.views.blocks import actions, context, divider, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import message
from bot.views.why import render_value
from bot.views.words import band_word, named, word

BEGIN = "first_ten"
_NAME = 60


def build_diagnosis(say: Say, found: Diagnosis) -> Message:
    """One message; the one button makes tasks for the accounts it names."""
    worst = [_worst(say, place, each) for place, each in enumerate(found.worst, start=1)]
    text = say("diagnosis", "fallback", on=found.on)
    return message(
        text,
        [
            section(_lead(say, found)),
            section(_bands(say, found)),
            *([divider(), section(_order(say, found))] if worst else []),
            *worst,
            *_begin(say, found),
            divider(),
            section(_missing(say, found)),
            context(_as_of(say, found)),
        ],
    )


def _order(say: Say, found: Diagnosis) -> str:
    return say("diagnosis", "worst", count=len(found.worst), focus=found.focus.value)


def build_begun(say: Say, made: int, asked: int) -> Message:
    """How many tasks there are now."""
    told = say("diagnosis", "begun", count=made, left=asked - made)
    return message(told, [section(told)])


def _lead(say: Say, found: Diagnosis) -> str:
    count = sum(each.count for each in found.landings.values())
    return say("diagnosis", "lead", on=found.on, count=count)


def _bands(say: Say, found: Diagnosis) -> str:
    rows = [
        (
            band_word(say, band),
            found.landings[band].count,
            Money(found.landings[band].arr, found.currency),
        )
        for band in WORST_FIRST
        if band in found.landings
    ]
    return say("diagnosis", "bands", rows=rows, is_provisional=found.is_provisional)


def _worst(say: Say, place: int, each: Worst) -> Block:
    row = each.row
    told = say(
        "diagnosis",
        "row",
        place=place,
        band=band_word(say, row.standing.band),
        name=shorten(row.name, _NAME),
        score=row.standing.shown,
        arr=row.arr,
        owner=row.owner,
        signs=[(sign.label, _value(say, sign), sign.points) for sign in each.signs],
        by_hand=row.standing.by_hand is not None,
    )
    return section(told, button(word(say, "card"), "card", str(row.id)))


def _value(say: Say, sign: Sign) -> str:
    reason = Reason(
        label=sign.label,
        meaning="",
        unit=sign.unit,
        value=sign.value,
        points=sign.points,
        state=USED,
    )
    return render_value(say, reason)


def _begin(say: Say, found: Diagnosis) -> list[Block]:
    if not found.worst:
        return []
    ids = ",".join(str(each.row.id) for each in found.worst)
    told = say("diagnosis", "begin", count=len(found.worst))
    return actions([button(told, BEGIN, ids, style="primary")])


def _missing(say: Say, found: Diagnosis) -> str:
    missing = found.missing
    return say(
        "diagnosis",
        "missing",
        without_owner=missing.without_owner,
        unscored=missing.unscored,
        without_goal=missing.without_goal,
        without_criteria=missing.without_criteria,
        kinds=[named(say, "fact", kind) for kind in missing.kinds],
    )


def _as_of(say: Say, found: Diagnosis) -> str:
    return say("diagnosis", "as_of", weeks=found.weeks, has_trends=found.has_trends)
