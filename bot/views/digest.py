"""The digest: what changed, what is due, what recovered, what nobody could score.

Each row's block_id is its mark, by which the next digest knows what was said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.account_card import BookRow
from bot.core.digest import Item, count_bands, count_groups
from bot.core.movement import Movement
from bot.core.say import Say
from bot.core.told import BETTER, UNSCORED, WORSE, Counts, head_mark
from bot.core.vocabulary import Band
from bot.views.account_card import score_buttons
from bot.views.blocks import actions, context, section
from bot.views.book import days_to
from bot.views.elements import button, overflow
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.shifts import render_shift
from bot.views.surfaces import fit, message
from bot.views.words import named, word

ROWS = 10
_NAME = 60
# So that a row stays two lines on a phone.
_REASONS = {WORSE: 2, BETTER: 1}
_REASON = 80


@dataclass(frozen=True)
class DigestPage:
    """A digest for one reader; `most_rows` None shows everything that fits a message.

    `scope` says whose accounts the reader sees elsewhere: mine, team or everything. `pending`
    counts moves that wait, `was` are the counts by band that the digest before said, if others.
    """

    name: str
    today: date
    zone: str
    rows: Sequence[BookRow]
    items: Sequence[Item]
    run_on: date | None
    run_at: datetime | None
    lost: int = 0
    pending: int = 0
    was: Counts | None = None
    movements: Mapping[int, Movement] = field(default_factory=dict)
    greets: bool = True
    most_rows: int | None = ROWS
    scope: str = "mine"


def build_digest(say: Say, page: DigestPage) -> Message:
    """The digest; with nothing to tell it is one line."""
    counts = _counts(page)
    if not page.rows:
        told = say("digest", f"no_book_{page.scope}")
        return message(told, [section(told)])
    if not page.items:
        told = _nothing(say, page)
        return message(told, [_head(page, told)])
    groups = count_groups(page.items)
    text = say("digest", "fallback", today=page.today, **groups, **counts)
    return message(text, build_digest_blocks(say, page))


def _nothing(say: Say, page: DigestPage) -> str:
    """One line; counts that differ from the last ones said, and moves that wait, say so."""
    return say(
        "digest",
        "nothing",
        today=page.today,
        run_at=page.run_at,
        zone=page.zone,
        lost=page.lost,
        pending=page.pending,
        was=_by_name(page.was) if page.was else None,
        was_total=sum(page.was.values()) if page.was else 0,
        **_counts(page),
    )


def _head(page: DigestPage, told: str) -> Block:
    """The first line; its mark holds the counts, so that the next digest knows what was said."""
    return {**section(told), "block_id": head_mark(count_bands(page.rows))}


def build_digest_blocks(say: Say, page: DigestPage, most_blocks: int = 50) -> list[Block]:
    """Lead, rows under the name of their group, what is left, and the way to all of it."""
    counts = _counts(page)
    lead = say("digest", "lead", greets=page.greets, name=page.name, today=page.today, **counts)
    shown = page.items[: page.most_rows]
    hidden = sum(item.count for item in page.items[len(shown) :])
    return fit(
        [_head(page, lead)],
        _rows(say, page, shown),
        [*_ending(say, is_whole=not hidden), context(_as_of(say, page))],
        lambda left: [context(say("words", "and_more", count=left))],
        hidden=hidden,
        most_blocks=most_blocks,
    )


def _counts(page: DigestPage) -> dict[str, int]:
    count = sum(item.count for item in page.items)
    return {"count": count, "total": len(page.rows), **_by_name(count_bands(page.rows))}


def _by_name(counts: Counts) -> dict[str, int]:
    return {band.value: counts.get(band, 0) for band in Band}


def _rows(say: Say, page: DigestPage, shown: Sequence[Item]) -> list[list[Block]]:
    """A row's blocks; the first of a group brings the group's name and count."""
    groups = count_groups(page.items)
    made: list[list[Block]] = []
    said: set[str] = set()
    for item in shown:
        title = [section(say("digest", f"group_{item.group}", count=groups[item.group]))]
        made.append([*([] if item.group in said else title), *_row(say, page, item)])
        said.add(item.group)
    return made


def _row(say: Say, page: DigestPage, item: Item) -> list[Block]:
    if item.many:
        told = say("digest", "many", count=item.count, **_by_name(count_bands(item.many)))
        return [{**section(told), "block_id": item.mark}]
    # Who has left has no card any more.
    menu = None if item.is_gone else overflow(_entries(say, item.row.id))
    block = {**section(_told(say, page, item), menu), "block_id": item.mark}
    if item.group != UNSCORED:
        return [block]
    return [block, *actions(score_buttons(say, item.row.id))]


def _entries(say: Say, account_id: int) -> list[tuple[str, str, str]]:
    return [(word(say, name), name, str(account_id)) for name in ("card", "why", "touch", "score")]


def _told(say: Say, page: DigestPage, item: Item) -> str:
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
        moved=_moved(say, page.movements.get(row.id), _REASONS.get(item.group, 0)),
        again=item.again,
        result=result,
        reason=shorten(result.reason, _REASON) if result and result.reason else "",
        term=item.term,
        today=page.today,
        kind=due.kind if due else "",
        on=due.on if due else None,
        days=days_to(due.on, page.today) if due else None,
        notice_on=renewal.notice_on,
        notice_days=days_to(renewal.notice_on, page.today),
        renews_on=renewal.renews_on,
        renews_days=days_to(renewal.renews_on, page.today),
    )


def _moved(say: Say, movement: Movement | None, reasons: int) -> str:
    """Earlier and present score, over how many days, and what moved it; "" where none is known."""
    if movement is None:
        return ""
    before, now = movement.shown
    told = [render_shift(say, shift) for shift in movement.strongest(reasons)]
    return say("digest", "moved", before=before, now=now, days=movement.days, reasons=told)


def _ending(say: Say, *, is_whole: bool) -> list[Block]:
    if is_whole:
        return actions([button(say("digest", "my_book"), "book")])
    return actions([button(word(say, "see_all"), "digest_all", style="primary")])


def _as_of(say: Say, page: DigestPage) -> str:
    is_old = page.run_on is not None and page.run_on < page.today
    return say(
        "digest",
        "as_of",
        run_at=page.run_at,
        zone=page.zone,
        is_old=is_old,
        lost=page.lost,
        pending=page.pending,
    )
