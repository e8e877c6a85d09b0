"""Whatever scores do, a reader of the digests knows where accounts settled, or what waits."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.account_card import BookRow, Renewal
from bot.core.deadlines import Days
from bot.core.digest import (
    Morning,
    count_bands,
    count_pending,
    find_earlier_counts,
    list_items,
)
from bot.core.digest_item import Item
from bot.core.money import Money
from bot.core.standing import Standing
from bot.core.steady import HELD_DAYS, Reading
from bot.core.told import BETTER, FIRST, WORSE, head_mark, read_told
from bot.core.vocabulary import Band
from bot.health.model import Bands
from bot.texts import Texts
from bot.views.digest import DigestPage, build_digest

FIRST_DAY = date(2026, 12, 21)
Book = list[tuple[float | None, ...]]
# Two accounts over up to twelve mornings; scores play around the edges at 50 and 70.
SCORES = st.sampled_from([None, 30.0, 48.5, 49.5, 51.0, 60.0, 69.0, 70.5, 85.0])
BOOKS = st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=12)


def _day(place: int) -> date:
    return FIRST_DAY + timedelta(days=place)


def _rows(book: Book, place: int) -> list[BookRow]:
    money = Money(Decimal(100), "JPY")
    return [
        BookRow(number, f"第{number}社", _standing(score, place), money, Renewal(), None)
        for number, score in enumerate(book[place])
    ]


def _standing(score: float | None, place: int) -> Standing:
    return Standing(Bands().band_of(score), score, run_on=_day(place))


def _history(book: Book, place: int) -> dict[int, list[Reading]]:
    found: dict[int, list[Reading]] = {}
    for back, scores in enumerate(book[:place]):
        for number, score in enumerate(scores):
            if score is not None:
                reading = Reading(_day(back), Bands().band_of(score), score)
                found.setdefault(number, []).append(reading)
    return found


def _live(book: Book) -> list[tuple[list[BookRow], list[Item], int]]:
    """Rows, items and moves that wait of each morning's digest, each reading the ones before."""
    days: list[list[str]] = []
    lived = []
    for place in range(len(book)):
        rows, history = _rows(book, place), _history(book, place)
        told = read_told(days[-5:], days[-10:-5])
        turn = Days(_day(place), _day(place - 1), _day(place + 1))
        new = [
            row.id
            for row in rows
            if not any(each.on < turn.last_on for each in history.get(row.id, ()))
        ]
        items = list_items(rows, Morning(turn, told, history, new if place else ()))
        lived.append((rows, items, count_pending(rows, history)))
        days.append([head_mark(count_bands(rows)), *(item.mark for item in items)])
    return lived


@given(BOOKS)
@settings(max_examples=120, deadline=None)
@example([(71.0, None), (69.0, None), (69.0, 60.0), (69.0, 60.0), (71.0, 48.5)])
@example([(60.0, None), (60.0, 70.5), (60.0, 69.0), (60.0, 69.0), (60.0, 69.0)])
@example([(None, None), (60.0, 60.0), (60.0, None), (None, 60.0)])
def test_what_has_lasted_is_known_to_the_reader(book: Book) -> None:
    known: dict[int, Band] = {}
    for place, (rows, items, pending) in enumerate(_live(book)):
        for item in items:
            if item.group in (WORSE, BETTER, FIRST):
                known[item.row.id] = item.row.standing.measured
        for row in rows:
            measured = row.standing.measured
            if place == 0 and measured is not Band.UNKNOWN:
                known[row.id] = measured
            if measured is Band.UNKNOWN or known.get(row.id) is measured:
                continue
            assert not _has_lasted(book, place, row.id)
            assert pending


def _has_lasted(book: Book, place: int, number: int) -> bool:
    """Whether the account's last scores stand in one band for as long as makes a move steady."""
    bands = [Bands().band_of(scores[number]) for scores in book[: place + 1]]
    last = [band for band in bands if band is not Band.UNKNOWN][-HELD_DAYS:]
    return len(last) == HELD_DAYS and len(set(last)) == 1


@given(BOOKS)
@settings(max_examples=60, deadline=None)
def test_a_digest_whose_counts_moved_never_says_that_nothing_is_new(book: Book) -> None:
    voices = {locale: Texts().speak(locale) for locale in ("ja", "en")}
    marks: list[str] = []
    for rows, items, pending in _live(book):
        was = find_earlier_counts(rows, read_told([marks] if marks else []))
        marks = [head_mark(count_bands(rows))]
        page = DigestPage("", FIRST_DAY, "UTC", rows, items, None, None, pending=pending, was=was)
        said = {locale: build_digest(say, page).text for locale, say in voices.items()}
        if was is None or items:
            continue
        assert "新しい変化" not in said["ja"]
        assert "nothing new" not in said["en"]
        assert "前回のお知らせでは" in said["ja"]
        assert "Last time it was" in said["en"]
