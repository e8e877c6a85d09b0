"""The rows of a digest that are news: moves, deadlines, results, scores that are missing."""

from collections.abc import Mapping
from datetime import date

from bot.core.digest import count_bands
from bot.core.digest_item import Item
from bot.core.movement import Movement
from bot.core.say import Say
from bot.core.told import BETTER, UNSCORED, WORSE, Counts
from bot.core.vocabulary import Band
from bot.views.account_card import score_buttons
from bot.views.blocks import actions, section
from bot.views.book import days_to
from bot.views.digest_work import build_work_row
from bot.views.elements import overflow
from bot.views.limits import shorten
from bot.views.reply import Block
from bot.views.shifts import render_shift
from bot.views.words import named, word

_NAME = 60
# So that a row stays two lines on a phone.
_REASONS = {WORSE: 2, BETTER: 1}
_REASON = 80

Movements = Mapping[int, Movement]


def build_row(say: Say, item: Item, movements: Movements, today: date) -> list[Block]:
    """One row; the block_id of its first block is its mark."""
    if item.is_work:
        return build_work_row(say, item, _moved(say, item.news, movements), today)
    if item.many:
        told = say("digest", "many", count=item.count, **by_name(count_bands(item.many)))
        return [{**section(told), "block_id": item.mark}]
    # Who has left has no card any more.
    menu = None if item.is_gone else overflow(_entries(say, item.row.id))
    block = {**section(_told(say, item, movements, today), menu), "block_id": item.mark}
    if item.group != UNSCORED:
        return [block]
    return [block, *actions(score_buttons(say, item.row.id))]


def by_name(counts: Counts) -> dict[str, int]:
    """Counts by the name of the band, zeros included."""
    return {band.value: counts.get(band, 0) for band in Band}


def _entries(say: Say, account_id: int) -> list[tuple[str, str, str]]:
    return [(word(say, name), name, str(account_id)) for name in ("card", "why", "touch", "score")]


def _told(say: Say, item: Item, movements: Movements, today: date) -> str:
    row, renewal, due, result = item.row, item.row.renewal, item.deadline, item.result
    return say(
        "digest",
        item.group,
        before=named(say, "mark", item.before),
        mark=named(say, "mark", row.standing.band),
        name=shorten(row.name, _NAME),
        arr=row.arr,
        measured=named(say, "mark", row.standing.measured),
        score=row.standing.shown,
        moved=_moved(say, item, movements),
        again=item.again,
        result=result,
        reason=shorten(result.reason, _REASON) if result and result.reason else "",
        term=item.term,
        today=today,
        kind=due.kind if due else "",
        on=due.on if due else None,
        days=days_to(due.on, today) if due else None,
        notice_on=renewal.notice_on,
        notice_days=days_to(renewal.notice_on, today),
        renews_on=renewal.renews_on,
        renews_days=days_to(renewal.renews_on, today),
    )


def _moved(say: Say, item: Item | None, movements: Movements) -> str:
    """Earlier and present score, over how many days, and what moved it; "" where none is known."""
    movement = movements.get(item.row.id) if item else None
    if item is None or movement is None:
        return ""
    before, now = movement.shown
    reasons = movement.strongest(_REASONS.get(item.group, 0))
    told = [render_shift(say, shift) for shift in reasons]
    return say("digest", "moved", before=before, now=now, days=movement.days, reasons=told)
