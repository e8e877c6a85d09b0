"""A book of accounts: how many by band, then the worst first, a page at a time."""

from datetime import date, timedelta

from bot.core.account_card import Book, BookRow
from bot.core.say import Say
from bot.core.standing import WORST_FIRST
from bot.core.vocabulary import Band
from bot.views import limits
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button, select
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.words import band_word, named, word

PAGE, FILTER, ALL = "book_page", "book_band", "all"
_NAME, _OWNER = 60, 30
_SOON = timedelta(days=90)


def build_book(say: Say, book: Book, scope: str, today: date) -> Message:
    """The page with its filter and pager; `scope` is mine, team or everything."""
    text = say("book", "fallback", total=book.total, **counts_of(book))
    return message(text, build_book_blocks(say, book, scope, today))


def build_book_blocks(
    say: Say,
    book: Book,
    scope: str,
    today: date,
    *,
    most_blocks: int = limits.MESSAGE_BLOCKS,
    deeds: tuple[str, str] = (FILTER, PAGE),
) -> list[Block]:
    """The page's blocks, for a message or for App Home; `deeds` answer filter and pager."""
    if not book.total:
        return [section(say("book", f"empty_{scope}"))]
    head = [
        section(say("book", f"title_{scope}", total=book.total, **counts_of(book))),
        context(_order(say, book)),
    ]
    if not book.rows and book.band is not None:
        head.append(section(say("book", "empty_band", band=band_word(say, book.band))))
    rows = [_row(say, each, today, scope) for each in book.rows]
    tail = actions([_filter(say, book, deeds[0]), *_pager(say, book, deeds[1])])
    return fit(head, rows, tail, lambda left: _rest(say, left), most_blocks=most_blocks)


def counts_of(book: Book) -> dict[str, int]:
    """Accounts by the name of their band, zeros included."""
    return {band.value: book.counts.get(band, 0) for band in Band}


def render_row(say: Say, row: BookRow, today: date, *, with_owner: bool = False) -> str:
    """One account in two lines: who and how much, then where it stands and what comes."""
    renewal, hand = row.renewal, row.standing.by_hand
    return say(
        "book",
        "row",
        mark=named(say, "mark", row.standing.band),
        name=limits.shorten(row.name, _NAME),
        arr=row.arr,
        owner=limits.shorten(row.owner.name, _OWNER) if with_owner and row.owner else "",
        by_hand=limits.shorten(hand.given_by, _OWNER) if hand else "",
        score=row.standing.shown,
        notice_on=renewal.notice_on,
        notice_days=days_to(renewal.notice_on, today),
        renews_on=renewal.renews_on,
        renews_days=days_to(renewal.renews_on, today),
    )


def days_to(on: date | None, today: date) -> int | None:
    """Days from today; None for no date, one that has passed, or one too far off to matter yet."""
    return None if on is None or not today <= on <= today + _SOON else (on - today).days


def page_value(band: Band | None, page: int) -> str:
    """What a pager's button carries."""
    return f"{band or ALL}:{page}"


def read_page_value(value: str) -> tuple[Band | None, int]:
    """Band and page of a pager's button or the filter's choice."""
    band, _, page = value.partition(":")
    return (None if band == ALL else Band(band)), int(page or 0)


def _row(say: Say, row: BookRow, today: date, scope: str) -> list[Block]:
    shown = render_row(say, row, today, with_owner=scope != "mine")
    return [section(shown, button(word(say, "card"), "card", str(row.id)))]


def _order(say: Say, book: Book) -> str:
    first = book.page * book.page_size
    return say(
        "book",
        "order",
        band=band_word(say, book.band) if book.band else "",
        first=first + 1,
        last=first + len(book.rows) if len(book.rows) < book.shown_total else 0,
    )


def _filter(say: Say, book: Book, deed: str) -> Element:
    bands = [(band_word(say, band), page_value(band, 0)) for band in WORST_FIRST]
    choices = [(say("book", "all_bands"), page_value(None, 0)), *bands]
    return select(choices, deed, say("book", "filter"), page_value(book.band, 0))


def _pager(say: Say, book: Book, deed: str) -> list[Element]:
    steps = [("previous_page", book.page - 1), ("next_page", book.page + 1)]
    return [
        button(word(say, name), deed, page_value(book.band, page), number=number)
        for number, (name, page) in enumerate(steps, start=1)
        if 0 <= page <= book.last_page
    ]


def _rest(say: Say, left: int) -> list[Block]:
    return [context(say("words", "and_more_accounts", count=left))]
