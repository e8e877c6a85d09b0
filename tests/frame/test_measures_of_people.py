"""The measures of who speaks, asks, pays, looks around and leaves."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bot.core.vocabulary import Touch
from bot.frame.block import Rows
from tests.frame.blocks import TODAY, block, rows, too_old, values
from tests.frame.test_measures import NAN


def key_people(*people: tuple[int, str, int, float, float], size: int = 1) -> Rows:
    """Account, role, active or not, days since the first and the last login."""
    place, role, is_active, first, last = zip(*people, strict=True)
    return rows(
        size,
        list(place),
        role=list(role),
        is_active=list(is_active),
        first_on=[TODAY - each for each in first],
        last_on=[TODAY - each for each in last],
    )


def deciders(size: int = 1) -> Rows:
    return rows(size, [0, 0, 0], active_on=[TODAY - 1, TODAY - 5, TODAY - 40], logins=[1, 2, 9])


@pytest.mark.row("B9", "D38")
def test_decision_makers_logins_are_counted_over_twenty_business_days() -> None:
    people = key_people(
        (0, "decision_maker", 1, 300, 1),
        (1, "decision_maker", 1, NAN, NAN),
        (2, "champion", 1, 300, 1),
        (3, "decision_maker", 0, 300, 1),
        size=4,
    )
    asked = block(4, key_people=people, deciders=deciders(4))
    told = values("decision_maker_logins", asked).tolist()
    assert told == pytest.approx([3.0, 0.0, NAN, NAN], nan_ok=True)
    assert too_old("decision_maker_logins", asked) == [False] * 4


def test_a_feed_of_persons_that_is_behind_makes_no_decision_maker_absent() -> None:
    people = key_people((0, "decision_maker", 1, 300, 5))
    half = block(1, key_people=people, deciders=deciders(), persons_until=TODAY - 5.0)
    assert values("decision_maker_logins", half).tolist() == pytest.approx([3 * 20 / 16])
    assert too_old("decision_maker_logins", half) == [False]
    dead = block(1, key_people=people, deciders=deciders(), persons_until=TODAY - 7.0)
    assert too_old("decision_maker_logins", dead) == [True]
    for until in (NAN, TODAY - 30.0):
        gone = block(1, key_people=people, deciders=deciders(), persons_until=until)
        assert np.isnan(values("decision_maker_logins", gone)).all() == (until == TODAY - 30.0)


@pytest.mark.row("D45")
def test_people_who_left_and_people_who_came_change_the_organisation() -> None:
    people = key_people(
        (0, "champion", 0, 300, 40),  # left
        (0, "decision_maker", 1, 20, 2),  # came
        (1, "champion", 0, 300, 61),  # left long ago
        (1, "champion", 1, 300, 1),
        (2, "champion", 1, 50, 1),  # the account's own logins begin with them
        (3, "decision_maker", 1, NAN, NAN),  # never logged in
        size=5,
    )
    told = values("organisation_change", block(5, key_people=people)).tolist()
    assert told == pytest.approx([2.0, 0.0, 0.0, 0.0, NAN], nan_ok=True)


def answers() -> Rows:
    return rows(
        2,
        [0, 0, 0, 0, 1],
        respondent=["boss", "boss", "user", "admin", "boss"],
        role=["decision_maker", "decision_maker", "user", "admin", "decision_maker"],
        responded_on=[TODAY - 10, TODAY - 200, TODAY - 20, TODAY - 300, TODAY - 181],
        score=[4.0, 9.0, 8.0, 7.0, 3.0],
    )


@pytest.mark.row("B9", "B18")
def test_nps_is_told_by_role() -> None:
    asked = block(2, nps=answers())
    assert values("nps_decision_makers", asked).tolist() == [4.0, 3.0]
    assert too_old("nps_decision_makers", asked) == [False, True]
    told = values("nps_users", asked).tolist()
    assert told == pytest.approx([8.0, NAN], nan_ok=True)


@pytest.mark.row("B18")
def test_nps_moves_against_the_half_year_before() -> None:
    # Now: boss 4 (×3) and user 8; before: boss 9 (×3) and admin 7 (×1.5).
    told = values("nps_change", block(2, nps=answers())).tolist()
    moved = (3 * 4 + 8) / 4 - (3 * 9 + 1.5 * 7) / 4.5
    assert told == pytest.approx([moved, NAN], nan_ok=True)


@pytest.mark.row("B18")
def test_the_share_who_answer_is_of_the_active_contacts() -> None:
    contacts = rows(3, [0, 1, 2], people=[4, 0, 1])
    told = values("nps_response_share", block(3, nps=_three(), contacts=contacts)).tolist()
    assert told == pytest.approx([0.5, NAN, 1.0], nan_ok=True)


def _three() -> Rows:
    return rows(
        3,
        [0, 0, 0, 2, 2],
        respondent=["a", "a", "b", "c", "d"],
        role=["user"] * 5,
        responded_on=[TODAY - 9, TODAY - 90, TODAY - 9, TODAY - 1, TODAY - 1],
        score=[1.0, 2.0, 3.0, 4.0, 5.0],
    )


def said(**columns: list[object]) -> Rows:
    count = len(columns["said_on"])
    usual = {
        "speaker_role": ["user"] * count,
        "confidence": ["normal"] * count,
        "sentiment": ["negative"] * count,
    }
    return rows(1, [0] * count, **(usual | columns))


@pytest.mark.row("B9", "B10")
def test_a_remark_weighs_by_who_said_it_and_how_sure_we_are_of_what_was_meant() -> None:
    unsure = said(
        said_on=[TODAY, TODAY],
        sentiment=["positive", "negative"],
        confidence=["low", "high"],
    )
    assert values("voc", block(1, voc=unsure)).tolist() == pytest.approx([(0.5 - 1.5) / 2])
    told = said(
        said_on=[TODAY, TODAY],
        sentiment=["positive", "negative"],
        speaker_role=["decision_maker", "user"],
    )
    assert values("voc", block(1, voc=told)).tolist() == pytest.approx([(3 - 1) / 4])
    assert values("voc_decision_makers", block(1, voc=told)).tolist() == [1.0]
    assert values("voc_negative_share", block(1, voc=told)).tolist() == [0.25]


def test_decision_makers_who_said_nothing_have_no_tone() -> None:
    asked = block(1, voc=said(said_on=[TODAY]))
    assert np.isnan(values("voc_decision_makers", asked)).all()


def test_old_remarks_alone_are_too_old() -> None:
    asked = block(1, voc=said(said_on=[TODAY - 121]))
    assert values("voc_negative_share", asked).tolist() == [1.0]
    assert too_old("voc_negative_share", asked) == [True]


@pytest.mark.row("D45")
def test_sentiment_turns_against_the_two_months_before() -> None:
    turned = said(said_on=[TODAY, TODAY - 60], sentiment=["negative", "positive"])
    assert values("voc_change", block(1, voc=turned)).tolist() == [-2.0]
    assert np.isnan(values("voc_change", block(1, voc=said(said_on=[TODAY])))).all()


@pytest.mark.row("D44")
def test_feature_requests_are_counted_and_none_is_a_fact() -> None:
    asked = block(2, requests=rows(2, [0], asked_90d=[3]))
    assert values("feature_requests", asked).tolist() == [3.0, 0.0]


def inquiries(*asked: tuple[int, float, float, float], size: int = 1) -> Rows:
    """Account, days since it was opened, days it lasted (NaN: open), severity."""
    place, age, lasted, severity = zip(*asked, strict=True)
    opened = [TODAY - each for each in age]
    until = [at + days for at, days in zip(opened, lasted, strict=True)]
    return rows(size, list(place), opened_on=opened, until_on=until, severity=list(severity))


@pytest.mark.row("C12")
def test_an_inquiry_is_small_by_its_priority_and_by_how_soon_it_is_over() -> None:
    asked = block(
        2,
        inquiries=inquiries(
            (0, 5, 3, 1),
            (0, 27, 0, 0),
            (0, 2, NAN, 1),  # open, and not for long
            (0, 9, NAN, 0),  # open for too long
            (0, 5, 4, 1),  # lasted too long
            (0, 5, 0, 2),  # too grave
            (0, 28, 0, 1),
            (0, 111, 0, 1),
            (0, 90, 0, 3),
            size=2,
        ),
    )
    assert values("small_tickets_28d", asked).tolist() == [3.0, 0.0]
    assert values("small_ticket_growth", asked).tolist() == pytest.approx([4 / (2 / 3 + 1), 1.0])
    assert values("ticket_severity", asked).tolist() == pytest.approx(
        [1 + 0.5 + 1 + 0.5 + 1 + 2, 0]
    )


@pytest.mark.row("C14")
def test_who_always_pays_late_is_known_by_it() -> None:
    bills = rows(
        3,
        [0, 0, 0, 1],
        due_on=[TODAY - 100, TODAY - 70, TODAY - 10, TODAY - 40],
        paid_on=[TODAY - 90, TODAY - 75, NAN, TODAY - 40],
    )
    told = values("usual_payment_delay", block(3, bills=bills)).tolist()
    assert told == pytest.approx([(10 + 0 + 10) / 3, 0.0, NAN], nan_ok=True)


@pytest.mark.row("B14", "B26")
def test_interest_fades_by_half_in_a_month_and_none_is_a_fact() -> None:
    events = rows(
        2,
        [0, 0, 0],
        occurred_on=[TODAY, TODAY - 30, TODAY - 60],
        kind=["download", "visit", "webinar"],
    )
    told = values("marketing_interest", block(2, events=events)).tolist()
    assert told == pytest.approx([1 + 0.5 / 2 + 1 / 4, 0.0])


def words(*each: str | None) -> pd.Categorical:
    return pd.Categorical(list(each), categories=["smb", "enterprise", "tech", "high", "hard"])


@pytest.mark.row("A31", "D17", "D18")
def test_contact_is_due_by_the_segment_and_earlier_where_the_service_is_hard() -> None:
    asked = block(
        5,
        accounts={
            "tier": words("enterprise", "enterprise", None, "smb", None),
            "touch": words("high", "high", "tech", "tech", None),
            "difficulty": words(None, "hard", None, None, None),
            "started_on": np.array([TODAY - 300.0] * 3 + [TODAY - 60.0, NAN]),
        },
        touches=rows(5, [0, 1, 2], touched_on=[TODAY - 14, TODAY - 14, TODAY - 15]),
    )
    told = values("touch_vs_cadence", asked).tolist()
    assert told == pytest.approx([2.0, 3.5, 0.5, 2.0, NAN], nan_ok=True)


@pytest.mark.row("A5", "A37")
def test_contact_is_due_by_the_days_that_ops_has_chosen() -> None:
    asked = block(
        3,
        accounts={
            "tier": words("enterprise", "enterprise", None),
            "touch": words("high", "high", "tech"),
            "difficulty": words(None, "hard", None),
            "started_on": np.array([TODAY - 300.0] * 3),
        },
        touches=rows(3, [0, 1, 2], touched_on=[TODAY - 21] * 3),
    )
    chosen = replace(asked, contact_days={Touch.HIGH: 21})
    assert values("touch_vs_cadence", chosen).tolist() == pytest.approx([1.0, 21 / 11, 0.7])
