"""A score by hand that contradicts a low one: it holds back what only the score says."""

from datetime import date, timedelta

import pytest

from bot.store.tables import Invoice, ManualScore
from tests.watch.company import Company
from tests.watch.test_stories import START, begin, fact

# An invoice 45 days past due makes an account red by the model's cap. Weeks lie between this
# night and the one before it, so that no fall is seen.
RED_ON = date(2026, 12, 8)
GIVEN_ON, UNTIL_ON = RED_ON - timedelta(days=1), RED_ON + timedelta(days=2)


def owe(company: Company) -> None:
    begin(company)
    bill = {"ref": "I", "issued_on": date(2026, 9, 30)}
    fact(company, Invoice, due_on=RED_ON - timedelta(days=45), **bill)
    company.night(START + timedelta(days=1))


def say(company: Company, band: str, reason: str, given_on: date = GIVEN_ON) -> None:
    with company.store.writing(company.workspace_id) as unit:
        unit.add(
            ManualScore(
                account_id=company.accounts["A"],
                band=band,
                reason=reason,
                member_id=company.people["Sato"],
                given_on=given_on,
                expires_on=UNTIL_ON,
                known_at=unit.at,
            )
        )


def live(company: Company) -> list[date]:
    """The nights from then on until the score by hand is over; when the drop was told."""
    for days in range(4):
        company.night(RED_ON + timedelta(days=days))
    return [each.opened_on for each in company.episodes("usage_drop")]


def test_below_the_threshold_an_alert_opens_on_the_second_night(company: Company) -> None:
    owe(company)
    assert live(company) == [RED_ON + timedelta(days=1)]
    assert company.signals(company.episode("usage_drop")) == ["threshold"]


@pytest.mark.parametrize("band", ["green", "yellow"])
def test_a_reasoned_score_by_hand_holds_it_back_while_it_lasts_and_no_longer(
    any_company: Company, band: str
) -> None:
    owe(any_company)
    say(any_company, band, "支払いは月末と合意済み")
    assert live(any_company) == [UNTIL_ON + timedelta(days=1)]


@pytest.mark.parametrize(("band", "reason"), [("red", "解約の相談"), ("green", "")])
def test_one_that_agrees_or_gives_no_reason_holds_back_nothing(
    company: Company, band: str, reason: str
) -> None:
    owe(company)
    say(company, band, reason)
    assert live(company) == [RED_ON + timedelta(days=1)]


def test_the_newest_word_counts(company: Company) -> None:
    owe(company)
    say(company, "green", "支払いは月末と合意済み")
    company.clock.at += timedelta(hours=1)
    say(company, "red", "連絡が取れなくなった")
    assert live(company) == [RED_ON + timedelta(days=1)]


def test_other_signs_are_told_beside_it(company: Company) -> None:
    owe(company)
    say(company, "green", "支払いは月末と合意済み")
    live(company)
    assert len(company.episodes("late_payment")) == 1
