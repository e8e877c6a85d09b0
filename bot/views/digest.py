"""The digest: what is to be done today, what changed, what recovered, what nobody could score.

Each row's block_id is its mark, by which the next digest knows what was said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.account_card import BookRow
from bot.core.digest import count_bands, count_deeds, count_groups
from bot.core.digest_item import Item
from bot.core.focus import Focus
from bot.core.movement import Movement
from bot.core.pulse_news import PulseNews
from bot.core.say import Say
from bot.core.told import TODAY, Counts, head_mark
from bot.views.blocks import actions, context, section
from bot.views.digest_rows import build_row, by_name
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.pulse import build_news
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.words import word

ROWS = 10
_READY_NAMED, _NAME = 3, 40


@dataclass(frozen=True)
class DigestPage:
    """A digest for one reader; `most_rows` None shows everything that fits a message.

    `scope` says whose accounts the reader sees elsewhere: mine, team or everything. `pending`
    counts moves that wait, `was` are the counts by band that the digest before said, if others.
    `ready` are the accounts that more may be offered; they are named where the `focus` is on that.
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
    focus: Focus = Focus.CHURN
    ready: Sequence[BookRow] = ()
    movements: Mapping[int, Movement] = field(default_factory=dict)
    pulses: PulseNews = field(default_factory=PulseNews)
    greets: bool = True
    most_rows: int | None = ROWS
    scope: str = "mine"


def build_digest(say: Say, page: DigestPage) -> Message:
    """The digest; with nothing to tell it is one line."""
    counts = _counts(page)
    if not page.rows and not page.items:
        told = say("digest", f"no_book_{page.scope}")
        return message(told, [section(told)])
    if not page.items:
        told = _nothing(say, page)
        return message(told, [_head(page, told), *build_news(say, page.pulses, page.today)])
    groups = count_groups(page.items)
    due_today = groups.pop(TODAY)
    text = say("digest", "fallback", today=page.today, due_today=due_today, **groups, **counts)
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
        was=by_name(page.was) if page.was else None,
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
    news = build_news(say, page.pulses, page.today)
    return fit(
        [_head(page, lead)],
        _rows(say, page, shown),
        [*news, *_ending(say, is_whole=not hidden), *_focus(say, page), context(_as_of(say, page))],
        lambda left: [context(say("words", "and_more", count=left))],
        hidden=hidden,
        most_blocks=most_blocks,
    )


def _counts(page: DigestPage) -> dict[str, int]:
    count = sum(item.count for item in page.items)
    deeds = count_deeds(page.items)
    total = len(page.rows)
    bands = by_name(count_bands(page.rows))
    return {"count": count - deeds, "deeds": deeds, "total": total, **bands}


def _rows(say: Say, page: DigestPage, shown: Sequence[Item]) -> list[list[Block]]:
    """A row's blocks; the first of a group brings the group's name and count."""
    groups = count_groups(page.items)
    made: list[list[Block]] = []
    said: set[str] = set()
    for item in shown:
        title = [section(say("digest", f"group_{item.group}", count=groups[item.group]))]
        row = build_row(say, item, page.movements, page.today)
        made.append([*([] if item.group in said else title), *row])
        said.add(item.group)
    return made


def _ending(say: Say, *, is_whole: bool) -> list[Block]:
    if is_whole:
        return actions([button(say("digest", "my_book"), "book")])
    return actions([button(word(say, "see_all"), "digest_all", style="primary")])


def _focus(say: Say, page: DigestPage) -> list[Block]:
    """What the company puts first; nothing where the order is the usual one."""
    if page.focus is Focus.CHURN:
        return []
    names = [shorten(row.name, _NAME) for row in page.ready[:_READY_NAMED]]
    told = say("focus", f"digest_{page.focus}", names=names, count=len(page.ready))
    return [context(told)]


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
