"""What moved a score since last week and the last contact, on both databases."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from bot.core.score_change import Comparison, Part
from bot.core.vocabulary import Band
from bot.health.model import load_default
from bot.services.measure_rows import list_measure_rows
from bot.services.score_changes import find_changes
from bot.store.bulk.usage import write_usage
from bot.store.tables import Account
from tests.commands.desk import TODAY, Desk
from tests.commands.scores import Values

LAST_WEEK, IN_OCTOBER = date(2026, 11, 13), date(2026, 10, 30)
GOOD: Values = {"logins_vs_past": (1.0, 12.0), "nps": (9.0, 8.0), "voc": (0.5, 4.0)}
BAD: Values = {"logins_vs_past": (0.5, -6.0), "nps": (9.0, 8.0), "late_payment_days": (50.0, 3.0)}

pytestmark = pytest.mark.row("E14", "B19", "B34")


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    made.keep_model()
    yield made
    made.engine.dispose()


def _find(desk: Desk, account: Account, touched_on: date | None = None) -> list[Comparison]:
    with desk.store.reading(desk.workspace.id) as unit:
        return find_changes(unit, account.id, TODAY, touched_on, "ja")


def test_measures_and_cap_add_up_since_last_week(desk: Desk) -> None:
    """74 by its points; now 55 by its points, and 49 by the cap of a payment 45 days late."""
    account = desk.add_account("アクメ商事")
    caps = load_default().variants[-1].caps
    late = next(place for place, cap in enumerate(caps, start=1) if cap.score_at_most == 49)
    desk.score(account, LAST_WEEK, 74.0, Band.GREEN, GOOD)
    desk.score(account, TODAY, 49.0, Band.RED, BAD, cap=late)
    [told] = _find(desk, account)
    assert (told.since, told.then_on, told.difference) == (["week"], LAST_WEEK, -250)
    assert told.largest() == [
        Part("ログイン", 120, -60),
        Part("入金の遅れ", 0, -60, is_ceiling=True),
        Part("VoC", 40, None),
        Part("入金の遅れ", None, 30),
    ]
    assert told.rest() == 0


def test_a_week_and_the_last_contact_are_told_apart_or_together(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    for on, score in ((IN_OCTOBER, 80.0), (LAST_WEEK, 74.0), (TODAY, 60.0)):
        desk.score(account, on, score, Band.YELLOW, GOOD)
    assert [(each.since, each.difference) for each in _find(desk, account, date(2026, 11, 2))] == [
        (["week"], -140),
        (["contact"], -200),
    ]
    [told] = _find(desk, account, LAST_WEEK)
    assert sorted(told.since) == ["contact", "week"]
    [told] = _find(desk, account, TODAY)
    assert told.since == ["week"], "a contact of today has nothing behind it yet"


def test_another_model_then_is_said_and_nothing_is_compared(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, LAST_WEEK, 74.0, Band.GREEN, GOOD, version=2)
    desk.score(account, TODAY, 49.0, Band.RED, BAD)
    [told] = _find(desk, account)
    assert (told.is_alike, told.versions, list(told.parts)) == (False, (2, 1), [])


def test_too_little_data_then_or_now(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, LAST_WEEK, None, Band.UNKNOWN)
    assert _find(desk, account) == []
    desk.score(account, TODAY, 49.0, Band.RED, BAD)
    [told] = _find(desk, account)
    assert (told.before, told.is_alike) == (None, False)


@pytest.mark.row("D42")
def test_a_measure_of_use_opens_the_days_it_was_counted_from(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    values = np.array([[[5.0, np.nan, 7.0]]])
    with desk.store.writing(desk.workspace.id) as unit:
        ids = np.array([account.id], dtype=np.int64)
        write_usage(unit, ("logins",), ids, date(2026, 11, 18), values)
        write_usage(unit, ("logins",), ids, date(2026, 11, 9), np.array([[[1.0, 2.0]]]))
    with desk.store.reading(desk.workspace.id) as unit:
        rows = list_measure_rows(unit, account.id, "logins_vs_past", TODAY, date(2026, 11, 19))
        of_another = list_measure_rows(unit, account.id, "nps", TODAY, TODAY)
    shown = [(row.kind, row.text, row.on.day, row.figure) for row in rows]
    assert shown == [("usage", "logins", 18, 5.0), ("usage", "logins", 10, 2.0)]
    assert of_another == []
