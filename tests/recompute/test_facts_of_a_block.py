"""Every kind of fact on its way from the tables to its measure, on both databases."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from bot.frame.build import build_frame
from bot.frame.catalogue import load_catalogue
from bot.services.blocks import read_all, read_touched
from bot.services.outlook import Outlook, read_outlook
from bot.store.tables import (
    Contact,
    ContactActivity,
    Contract,
    Invoice,
    MarketingEvent,
    NpsAnswer,
    Ticket,
    VocRemark,
)
from tests.recompute.customers import Customers

RUN_ON = date(2026, 11, 20)
LAST = RUN_ON - timedelta(days=1)
LONG_AGO = RUN_ON - timedelta(days=230)


def ago(days: int) -> date:
    return RUN_ON - timedelta(days=days)


def fill(customers: Customers) -> None:
    """One account of whom everything is known, one who only uses the product, one unknown."""
    for ref in ("full", "plain", "blank"):
        customers.add_account(ref, started_on=date(2024, 4, 1), country="JP", tier="mid")
    customers.use("full", LONG_AGO, LAST, lambda on: 1.0 if on < ago(14) else 0.4)
    customers.use("plain", LONG_AGO, LAST)
    of = {"account_id": customers.accounts["full"], "known_at": customers.clock.at}
    for row in (
        Contact(**of, ref="boss", role="decision_maker"),
        Contact(**of, ref="champ", role="champion", is_active=False),
        Contact(**of, ref="user", role="user"),
        NpsAnswer(**of, ref="n1", respondent="boss", role="decision_maker", score=3,
                  responded_on=ago(10)),
        NpsAnswer(**of, ref="n2", respondent="boss", role="decision_maker", score=9,
                  responded_on=ago(250)),
        Ticket(**of, ref="t1", opened_on=ago(9), solved_on=ago(8), priority="low", status="solved"),
        Ticket(**of, ref="t2", opened_on=ago(9), priority="normal", status="open"),
        Ticket(**of, ref="t3", opened_on=ago(2), priority="urgent", status="pending"),
        Ticket(**of, ref="t4", opened_on=ago(3), priority="normal", status="solved"),
        Invoice(**of, ref="i1", due_on=ago(60), paid_on=ago(50)),
        Invoice(**of, ref="i2", due_on=ago(20), paid_on=RUN_ON + timedelta(days=1)),
        MarketingEvent(**of, ref="m1", occurred_on=ago(30), kind="download"),
        MarketingEvent(**of, ref="m2", occurred_on=ago(91), kind="download"),
        VocRemark(**of, ref="v1", said_on=ago(5), text="…", sentiment="negative",
                  speaker_role="decision_maker", category="product"),
        Contract(**of, ref="k", starts_on=ago(300), seats=20, plan_limit=500,
                 limit_metric="key_actions"),
        Contract(**of, ref="old", ends_on=ago(1), plan_limit=1, limit_metric="key_actions"),
    ):  # fmt: skip
        customers.add(row)
    logins = [("boss", 3), ("boss", 18), ("boss", 50), ("champ", 200), ("champ", 30), ("user", 1)]
    for ref, days in logins:
        customers.add(
            ContactActivity(
                account_id=of["account_id"], contact_ref=ref, active_on=ago(days), logins=2
            )
        )


def read(customers: Customers, *, only_touched: bool = False, size: int = 100) -> pd.DataFrame:
    with customers.store.reading(customers.workspace_id) as unit:
        outlook = read_outlook(unit, RUN_ON, load_catalogue())
    blocks = _blocks(customers, outlook, only_touched=only_touched, size=size)
    frame = pd.concat([build_frame(each).table for each in blocks])
    return frame.rename(index={key: ref for ref, key in customers.accounts.items()})


def _blocks(customers: Customers, outlook: Outlook, *, only_touched: bool, size: int) -> list:  # type: ignore[type-arg]
    store, ours = customers.store, customers.workspace_id
    read_ = read_touched(store, ours, outlook) if only_touched else None
    return [each.block for each in read_ or read_all(store, ours, outlook, size)]


@pytest.mark.row("A30", "B1", "B22")
def test_every_fact_reaches_its_measure(any_customers: Customers) -> None:
    fill(any_customers)
    frame = read(any_customers)
    full = frame.loc["full"]
    told = {
        "decision_maker_logins": 4.0,
        "organisation_change": 2.0,
        "nps_decision_makers": 3.0,
        "nps_change": -6.0,
        "nps_response_share": 0.5,
        "small_tickets_28d": 2.0,
        "ticket_severity": 0.5 + 1 + 3 + 1,
        "usual_payment_delay": 15.0,
        "marketing_interest": 0.5,
        "feature_requests": 1.0,
        "voc_decision_makers": -1.0,
        "voc_negative_share": 1.0,
        "proficiency": 4.0,
        "adoption_gap": 0.0,
    }
    assert {name: full[name] for name in told} == pytest.approx(told)
    # Thirty days hold eleven business days of usual use (40 a day), Culture Day, and ten of 16.
    assert full["limit_share"] == pytest.approx((11 * 40 + 10 * 16) / 500)
    assert full["use_change_1w"] < -0.4
    assert full["use_change_12w"] < 0
    assert full["usage_shift"] < -2
    assert frame.loc["plain", "use_change_12w"] == pytest.approx(0.0, abs=1e-9)
    numbers = frame.loc["blank"].drop(["arr", "days_since_start"])
    assert numbers[["use_level_4w", "nps_change", "limit_share", "voc_change"]].isna().all()


def test_a_column_is_the_same_in_any_company_and_whatever_else_is_asked(
    customers: Customers,
) -> None:
    fill(customers)
    whole = read(customers)
    pd.testing.assert_frame_equal(read(customers, size=1), whole)
    touched = read(customers, only_touched=True)
    assert set(touched.index) == {"full", "plain"}
    pd.testing.assert_frame_equal(touched, whole.loc[touched.index])
    with customers.store.reading(customers.workspace_id) as unit:
        names = [name for name, each in load_catalogue().items() if "usage" in str(each.needs)]
        for name in names:
            outlook = read_outlook(unit, RUN_ON, [name])
            blocks = _blocks(customers, outlook, only_touched=False, size=100)
            alone = build_frame(blocks[0], [name]).table[name].to_numpy()
            np.testing.assert_array_equal(alone, whole[name].to_numpy(), err_msg=name)


def test_long_windows_are_read_where_a_measure_asks_for_them(customers: Customers) -> None:
    fill(customers)
    with customers.store.reading(customers.workspace_id) as unit:
        short = read_outlook(unit, RUN_ON, ["use_change_4w"])
        long = read_outlook(unit, RUN_ON, ["use_change_4w", "use_change_12w"])
    assert (short.days, long.days) == ((ago(90), LAST), (ago(200), LAST))
    assert [len(each.whole) for each in long.metrics] == [200, 200]


def test_a_feed_that_died_half_a_year_ago_is_none(customers: Customers) -> None:
    customers.add_account("A")
    customers.use("A", ago(230), ago(150))
    with customers.store.reading(customers.workspace_id) as unit:
        for names in (["logins_5bd"], ["use_change_12w"]):
            outlook = read_outlook(unit, RUN_ON, names)
            assert (outlook.metrics, outlook.data_on) == ((), None)
    assert np.isnan(read(customers)["logins_5bd"]).all()
