"""Files that do not come open no alert, whatever the rest says; on return all is as before."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from bot.frame.build import Frame
from bot.health.model import load_default
from bot.health.score import judge_scores, score_frame
from bot.store.tables import Invoice
from tests.one_account import score_document
from tests.recompute.customers import at
from tests.recompute.test_late_sources import MONDAYS, bring
from tests.watch.company import Company

FIRST, STARTED = date(2026, 6, 1), date(2026, 10, 1)

pytestmark = pytest.mark.row("B1")


def owing(company: Company, *, due_on: date) -> None:
    owner_id = company.hire("佐藤")
    account_id = company.add_account("A", touch="high", owner_id=owner_id)
    company.use("A", FIRST, date(2026, 11, 30))
    known = {"known_at": at(due_on), "issued_on": due_on, "due_on": due_on}
    company.add(Invoice(account_id=account_id, ref="i", **known))
    company.start(STARTED)


def test_nobody_owes_by_invoices_that_no_longer_come(any_company: Company) -> None:
    """Perhaps it was paid weeks ago: the file that would say so has not come."""
    owing(any_company, due_on=date(2026, 11, 2))
    bring(any_company, "invoices", *MONDAYS)
    assert any_company.nights(date(2026, 11, 13), date(2026, 11, 18)) == {}
    bring(any_company, "invoices", date(2026, 11, 18))
    any_company.night(date(2026, 11, 19))
    assert any_company.episode("late_payment").opened_on == date(2026, 11, 19)


def test_an_open_alert_is_neither_cleared_nor_opened_again_meanwhile(company: Company) -> None:
    owing(company, due_on=date(2026, 9, 25))
    bring(company, "invoices", *(each + timedelta(weeks=2) for each in MONDAYS))
    assert company.nights(date(2026, 10, 8), date(2026, 10, 12)) == {date(2026, 10, 9): 1}
    company.nights(date(2026, 11, 2), date(2026, 11, 12), step=2)
    assert company.episode("late_payment").clear_since_on is None
    assert (company.opened, company.cleared) == (0, 0)


def test_red_only_because_something_is_missing_cannot_be_told() -> None:
    document = load_default()
    names = document.columns()
    low = {
        "active_user_rate": 0.3,
        "usage_trend": -0.25,
        "nps": 5.0,
        "key_feature_rate_20bd": 0.4,
        "breadth": 4.0,
    }
    good = {"late_payment_days": 0.0, "ticket_growth": 0.5, "logins_vs_past": 1.2, "voc": 0.9}
    values = low | good
    whole = score_document(document, values)
    left = score_document(document, {name: low.get(name, np.nan) for name in values})
    assert left.score[0] < document.bands.red_below <= whole.score[0]
    row = {name: [low.get(name, np.nan)] for name in names}
    words = {"usage_expected": [True], "tier": ["mid"], "touch": ["high"], "stage": ["adoption"]}
    table = pd.DataFrame(row | {name: words[name] for name in words if name in names})
    kept = {name: np.array([value]) for name, value in good.items()}
    late = Frame(table, kept, frozenset(good))
    told = score_frame(document, late)
    assert np.isnan(judge_scores(document, late, told)).all()
    aged = Frame(table, kept)
    assert judge_scores(document, aged, told) is told.score
    worse = Frame(table, {name: np.array([0.0]) for name in good}, frozenset({"logins_vs_past"}))
    np.testing.assert_array_equal(judge_scores(document, worse, told), told.score)
