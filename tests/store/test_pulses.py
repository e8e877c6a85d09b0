"""Pulses of a book and of a week, on both databases."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.pulse_news import PulseNews
from bot.core.vocabulary import Band, Feeling, Locale, PulseReason
from bot.core.week import Week
from bot.jobs.digest import digest
from bot.store.book import list_all
from bot.store.pulses import find_fresh, list_pulses, read_news, read_pulse_week
from bot.store.scopes import own_scope
from bot.store.tables import Account, CsmPulse
from bot.views.pulse import render_pulse_week
from tests.commands.desk import TODAY, Desk
from tests.views.shown import problems_of, text_of

pytestmark = pytest.mark.row("E24", "B34")

# 23 November is a holiday in Japan: the week's first morning worked is the Tuesday.
TUESDAY = date(2026, 11, 24)
# 15 and 16 January 2028 are a weekend.
ASKED_ON = date(2028, 1, 17)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def _feel(
    desk: Desk, account: Account, on: date, feeling: Feeling, *reasons: PulseReason
) -> CsmPulse:
    made = CsmPulse(
        account_id=account.id,
        feeling=feeling.value,
        reasons=[each.value for each in reasons],
        words="",
        member_id=desk.sato.id,
        felt_on=on,
        known_at=desk.clock.now(),
    )
    return desk.keep(made)


def _account(desk: Desk, name: str, score: float, band: Band, **more: Any) -> Account:
    made = desk.add_account(name, **more)
    for on in (TODAY, TUESDAY, ASKED_ON):
        desk.score(made, on, score, band)
    return made


def _fill(desk: Desk) -> dict[str, Account]:
    """A worried green one, a worried red one, one worried long ago, tech touch, and two others."""
    made = {
        "緑": _account(desk, "緑社", 82.0, Band.GREEN, arr=1000),
        "赤": _account(desk, "赤社", 30.0, Band.RED, arr=9_000_000),
        "昔": _account(desk, "昔社", 80.0, Band.GREEN, arr=5000),
        "機": _account(desk, "機械社", 80.0, Band.GREEN, touch="tech", arr=9_000_000),
        "良": _account(desk, "良社", 90.0, Band.GREEN, arr=2000),
    }
    _feel(desk, made["緑"], TODAY, Feeling.GOOD)
    _feel(desk, made["緑"], TODAY + timedelta(days=1), Feeling.WORRIED, PulseReason.BUDGET)
    _feel(desk, made["赤"], TODAY, Feeling.WORRIED, PulseReason.SILENT, PulseReason.BUDGET)
    _feel(desk, made["昔"], TODAY - timedelta(days=90), Feeling.WORRIED)
    return made


def _read(desk: Desk, on: date) -> PulseNews:
    with desk.store.reading(desk.workspace.id) as unit:
        return read_news(unit, list_all(unit, own_scope(desk.sato.id), on), on)


def test_a_book_has_its_worries_behind_green_scores_and_whom_nobody_said_anything_of(
    desk: Desk,
) -> None:
    _fill(desk)
    news = _read(desk, TUESDAY)
    assert [(row.name, pulse.reasons) for row, pulse in news.worried] == [
        ("緑社", [PulseReason.BUDGET])
    ]
    # Tech touch is not asked about, what is at risk comes first, and old is as good as none.
    assert ([row.name for row in news.asked], news.wanting) == (["昔社", "良社"], 2)


def test_of_a_day_before_it_only_that_day_is_known_and_what_was_taken_back_is_not(
    desk: Desk,
) -> None:
    made = _fill(desk)
    with desk.store.reading(desk.workspace.id) as unit:
        of_today = find_fresh(unit, [made["緑"].id], TODAY)[made["緑"].id]
        before = list_pulses(unit, made["緑"].id, TODAY + timedelta(days=9))
    assert of_today.feeling is Feeling.GOOD
    assert [each.feeling for each in before] == [Feeling.WORRIED, Feeling.GOOD]
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(CsmPulse, (unit.workspace_id, before[0].id)).taken_back_on = TUESDAY
    assert _read(desk, TUESDAY).worried == []


def test_a_week_is_counted_without_names(desk: Desk) -> None:
    _fill(desk)
    days = Week(date(2026, 11, 16), date(2026, 11, 16))
    with desk.store.reading(desk.workspace.id) as unit:
        week = read_pulse_week(unit, days)
        none = read_pulse_week(unit, Week(date(2026, 10, 5), date(2026, 10, 5)))
    assert (week.count, week.feelings[Feeling.WORRIED]) == (3, 2)
    assert week.most_named == [(PulseReason.BUDGET, 2), (PulseReason.SILENT, 1)]
    for locale, said in (("ja", "気がかり2"), ("en", "2 worried")):
        told = render_pulse_week(desk.texts.speak(Locale(locale)), week)
        assert said in told
        assert "社" not in told
        assert render_pulse_week(desk.texts.speak(Locale(locale)), none) == ""


@pytest.mark.parametrize(
    ("on", "tells", "asks"),
    [
        (TODAY, False, False),
        (TUESDAY, True, False),
        (ASKED_ON, True, True),
        (date(2028, 1, 18), False, False),
        (date(2026, 12, 15), False, True),
    ],
)
def test_a_morning_tells_worries_once_a_week_and_asks_once_a_month(
    desk: Desk, on: date, tells: bool, asks: bool
) -> None:
    made = _fill(desk)
    if on.year == 2028:
        _feel(desk, made["緑"], date(2028, 1, 4), Feeling.WORRIED)
    [post] = digest(desk.turn(desk.sato, on))
    assert problems_of(post.message) == []
    shown = text_of(post.message)
    assert ("良好でも気がかりな顧客 1社" in shown) is tells
    assert ("90日以上ない顧客" in shown) is asks
    assert ("赤社" in shown) is (on == ASKED_ON)
