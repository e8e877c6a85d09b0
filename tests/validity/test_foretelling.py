"""A renewal's share means what was measured of the cases: the same distance, the same way read."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from bot.core.validity import SEGMENT, SIZE, Foretold
from bot.insight.validity import Question, Validity, judge
from bot.services.validity.cases import Case, find_look
from bot.services.validity.foretelling import find_look_ahead, foretell
from bot.store.tables import Account, NpsAnswer
from bot.store.unit import Unit
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.validity.ends import change_all, draw_ends, keep_renewals

pytestmark = pytest.mark.row("B31")

# 29 February, 31 March, the year's last day and first: where sixty days back end oddly.
HARD = [date(2024, 2, 29), date(2026, 3, 31), date(2026, 12, 31), date(2027, 1, 1), TODAY]
ENDS = draw_ends()


def judged_on(nps: Sequence[float], left: Sequence[bool]) -> Validity:
    """What was found of past ends by their NPS alone, beside today's segment and size."""
    count = len(left)
    lot = np.random.default_rng(3)
    table = pd.DataFrame({"nps": np.array(nps, dtype=float)})
    table[SEGMENT] = pd.Series(lot.choice(["high", "low"], count), dtype=object)
    table[SIZE] = lot.random(count)
    question = Question("churned", (SEGMENT,), SIZE, unforetold=frozenset({SEGMENT, SIZE}))
    return judge(table, np.array(left, dtype=bool), question)


@pytest.fixture(scope="module")
def judged() -> Validity:
    """Of 240 ends, in which the content stayed more often."""
    return judged_on([each.nps for each in ENDS], [each.left for each in ENDS])


def cases(lefts: Sequence[bool], first_on: date) -> list[Case]:
    days = {at: first_on + timedelta(days=at) for at in range(len(lefts))}
    return [Case(at, on, find_look(on), lefts[at]) for at, on in days.items()]


ALL = cases([each.left for each in ENDS], TODAY - timedelta(days=240))


def look(desk: Desk, judged: Validity) -> Foretold:
    return foretell(desk.store, desk.workspace.id, TODAY, ALL, judged)


def shares(found: Foretold) -> dict[int, float]:
    return {each.account_id: each.risk for each in found.risks}


@pytest.mark.parametrize("today", HARD)
def test_every_renewal_is_looked_at_as_long_before_as_the_cases_and_never_ahead(
    today: date,
) -> None:
    for days in range(1, 91):
        renews_on = today + timedelta(days=days)
        looked_on = find_look_ahead(renews_on, today)
        assert looked_on <= today
        assert 60 <= (renews_on - looked_on).days <= 90


def add_answers(on: Callable[[date], date], score: int) -> Callable[[Unit], None]:
    """One more answer for each renewal, dated by its own day of looking."""

    def change(unit: Unit) -> None:
        for account in unit.session.query(Account).all():
            renews_on = TODAY + timedelta(days=5 + int(account.name[2:5]) % 80)
            later = NpsAnswer(ref="more", respondent="x", score=score, known_at=FRIDAY)
            later.account_id = account.id
            later.responded_on = on(find_look_ahead(renews_on, TODAY))
            unit.add(later)

    return change


def test_what_came_after_the_day_of_looking_moves_no_share(desk: Desk, judged: Validity) -> None:
    keep_renewals(desk, [9, 1, 5, 3] * 4)
    before = look(desk, judged)
    change_all(desk, add_answers(lambda on: on + timedelta(days=1), 0))
    assert look(desk, judged) == before
    assert len(set(shares(before).values())) == 4


def test_what_came_on_the_day_of_looking_counts(desk: Desk, judged: Validity) -> None:
    keep_renewals(desk, [9] * 6)
    before = look(desk, judged)
    change_all(desk, add_answers(lambda on: on, 0))
    after = look(desk, judged)
    assert all(shares(after)[each] > share for each, share in shares(before).items())


def test_a_share_is_what_past_ends_of_the_like_came_to(desk: Desk, judged: Validity) -> None:
    [content, unhappy] = keep_renewals(desk, [8, 2])
    told = shares(look(desk, judged))
    for account_id, nps in ((content, (7, 8, 9)), (unhappy, (1, 2, 3))):
        like = [each.left for each in ENDS if each.nps in nps]
        assert told[account_id] == pytest.approx(np.mean(like), abs=0.1)


def test_an_account_of_which_nothing_was_known_has_the_base_rate(
    desk: Desk, judged: Validity
) -> None:
    known, unknown = keep_renewals(desk, [8, 2])

    def forget(unit: Unit) -> None:
        unit.session.query(NpsAnswer).filter_by(account_id=unknown).delete()

    change_all(desk, forget)
    found = look(desk, judged)
    assert shares(found)[unknown] == pytest.approx(found.base_left / found.base)
    assert shares(found)[known] != pytest.approx(found.base_left / found.base)


def test_todays_segment_and_size_have_no_part_in_the_forecast(judged: Validity) -> None:
    assert judged.forecast is not None
    assert judged.forecast.model.names == ("nps",)
    assert {each.figures.name for each in judged.judged} == {"nps", SEGMENT, SIZE}


def test_where_no_measure_is_known_from_before_the_ends_that_is_what_is_said(desk: Desk) -> None:
    keep_renewals(desk, [8, 2])
    nothing = judged_on([float("nan")] * 240, [each.left for each in ENDS])
    found = look(desk, nothing)
    assert (found.renewals, found.reason, found.risks) == (2, "unfit", ())


def test_fewer_than_thirty_customers_on_a_side_make_no_forecast(desk: Desk) -> None:
    keep_renewals(desk, [8])
    few = judged_on([each.nps for each in ENDS], [at < 29 for at in range(240)])
    assert look(desk, few).reason == "few"


def test_a_year_without_any_loss_foretells_no_certainty(desk: Desk) -> None:
    keep_renewals(desk, [5] * 30)
    lot = np.random.default_rng(5)
    worthless = judged_on(list(lot.random(120)), [at < 40 for at in range(120)])
    long_ago = cases([True] * 40, TODAY - timedelta(days=700))
    of_late = cases([False] * 45, TODAY - timedelta(days=100))
    known = [*long_ago, *of_late]
    found = foretell(desk.store, desk.workspace.id, TODAY, known, worthless)
    assert (found.reason, found.base_left, found.base) == ("no_better", 0, 45)
    assert (found.expected, found.low, found.high) == (0.0, 0, 2)
