"""What a simulation found: who changes band, money, data, alerts, the past, what it leaves out."""

from collections.abc import Sequence

from bot.core.model_page import Draft
from bot.core.model_simulation import AlertLoad, OwnerLoad, Shifted, Simulation
from bot.core.money import Money
from bot.core.say import Say
from bot.views.back_test import render_how, render_past
from bot.views.blocks import actions, context, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.model import OPEN, warn
from bot.views.reply import Message
from bot.views.surfaces import fit, message
from bot.views.words import band_word

REST = "model_rest"
_NAME, _MOST_MOVES, _MOST_OWNERS = 40, 8, 6


def build_simulation(say: Say, draft: Draft, found: Simulation) -> Message:
    """At most what one can read at once; owners by week are behind a button."""
    lead = say(
        "model_simulation",
        "lead",
        version=draft.line.number,
        run_on=found.run_on,
        against=found.against,
        accounts=found.accounts,
    )
    parts = [
        _bands(say, found),
        _first(say, draft, found),
        _coverage(say, found),
        _alerts(say, draft, found),
        *render_past(say, found.past),
    ]
    notes = [render_how(say, found.past, draft.labels), say("model_simulation", "left_out")]
    ways = [
        button(say("model_simulation", "back"), OPEN, style="primary"),
        button(say("model_simulation", "rest"), REST, draft.value),
    ]
    return message(
        say("model_simulation", "fallback", version=draft.line.number),
        [
            section(lead),
            *(section(part) for part in parts if part),
            *warn(say, draft.warned),
            *(context(note) for note in notes if note),
            *actions(ways),
        ],
    )


def build_rest(say: Say, draft: Draft, found: Simulation) -> Message:
    """Alerts by owner and week, as many owners as fit."""
    load = found.alerts
    weeks = [say.date(each, with_weekday=False) for each in load.weeks]
    lead = say("model_simulation", "weeks_lead", version=draft.line.number, weeks=weeks)
    rows = [[section(_week(say, draft, each))] for each in load.owners]
    none = [] if rows else [section(say("model_simulation", "no_alerts"))]
    return message(
        say("model_simulation", "fallback", version=draft.line.number),
        fit([section(lead)], rows, none, lambda left: [context(_more(say, left))]),
    )


def _bands(say: Say, found: Simulation) -> str:
    lines = [
        say(
            "model_simulation",
            "move",
            before=band_word(say, each.before),
            after=band_word(say, each.after),
            count=each.share.count,
            arr=each.share.arr,
            unpriced=each.share.unpriced,
        )
        for each in found.flow.changed[:_MOST_MOVES]
    ]
    if found.by_hand:
        lines.append(say("model_simulation", "by_hand", count=found.by_hand))
    changed = sum(each.share.count for each in found.flow.changed)
    return say("model_simulation", "bands", changed=changed, lines=lines)


def _first(say: Say, draft: Draft, found: Simulation) -> str:
    if not found.first:
        return ""
    lines = [_shifted(say, draft, each, found.flow.currency) for each in found.first]
    return say("model_simulation", "first", lines=lines)


def _shifted(say: Say, draft: Draft, each: Shifted, currency: str) -> str:
    return say(
        "model_simulation",
        "first_line",
        name=shorten(draft.names.get(each.account_id, "–"), _NAME),
        arr=None if each.arr is None else Money(each.arr, currency),
        mark_before=say("words", f"mark_{each.before}"),
        mark_after=say("words", f"mark_{each.after}"),
        before=_score(say, each.score_before),
        after=_score(say, each.score_after),
    )


def _score(say: Say, score: float | None) -> str:
    """Rounded down as everywhere, so that 69.6 is no green 70."""
    return say("model_simulation", "no_score") if score is None else say.number(int(score))


def _coverage(say: Say, found: Simulation) -> str:
    return say(
        "model_simulation",
        "coverage",
        unscored_before=found.unscored[0],
        unscored_after=found.unscored[1],
        coverage_before=found.coverage[0],
        coverage_after=found.coverage[1],
    )


def _alerts(say: Say, draft: Draft, found: Simulation) -> str:
    load = found.alerts
    is_part = load.accounts != found.accounts
    told = say(
        "model_simulation",
        "alerts",
        before=load.total(after=False),
        after=load.total(after=True),
        accounts=found.accounts,
        part=load.accounts if is_part else 0,
    )
    lines = [_owner(say, draft, load, each) for each in load.owners[:_MOST_OWNERS]]
    left = len(load.owners) - len(lines)
    return "\n".join([told, *lines, *([_more(say, left)] if left else [])])


def _owner(say: Say, draft: Draft, load: AlertLoad, each: OwnerLoad) -> str:
    weeks = max(len(load.weeks), 1)
    return say(
        "model_simulation",
        "alert_line",
        name=_name(say, draft, each.member_id),
        before=say.number(sum(each.before) / weeks, 1),
        after=say.number(sum(each.after) / weeks, 1),
    )


def _week(say: Say, draft: Draft, each: OwnerLoad) -> str:
    pairs: Sequence[tuple[int, int]] = list(zip(each.before, each.after, strict=True))
    cells = [say("model_simulation", "cell", before=before, after=after) for before, after in pairs]
    name = _name(say, draft, each.member_id)
    return say("model_simulation", "week_line", name=name, cells=cells)


def _name(say: Say, draft: Draft, member_id: int | None) -> str:
    if member_id is None:
        return say("model_simulation", "nobody")
    return shorten(draft.names.get(member_id, "–"), _NAME)


def _more(say: Say, count: int) -> str:
    return say("model_simulation", "owners_more", count=count)
