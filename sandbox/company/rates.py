"""What the finance department says a dollar was worth: one rate for the first day of each month."""

from datetime import date

from sandbox.company.layouts import Layout
from sandbox.company.plan import Plan, add_months
from sandbox.company.sources import Fact
from sandbox.company.streams import open_stream

LEAST, MOST = 140.0, 158.0

LAYOUT = Layout(
    "rates",
    "",
    "csv",
    (
        ("通貨", lambda fact: fact["currency"]),
        ("基準通貨", lambda fact: fact["base"]),
        ("適用日", lambda fact: fact["valid_on"].isoformat()),
        ("レート", lambda fact: f"{fact['rate']:.2f}"),
    ),
)


def list_rates(plan: Plan) -> list[Fact]:
    """Yen per dollar, month by month from the first day of history to the present month."""
    stream, rate = open_stream(plan.seed, "rates"), 149.0
    found: list[Fact] = []
    for month in _list_months(plan):
        rate = min(MOST, max(LEAST, rate + float(stream.normal(0.2, 2.0))))
        held = {"currency": "USD", "base": "JPY", "valid_on": month, "rate": round(rate, 2)}
        found.append(held)
    return found


def _list_months(plan: Plan) -> list[date]:
    months = [plan.start_on.replace(day=1)]
    while (following := add_months(months[-1], 1)) < plan.until:
        months.append(following)
    return months
