"""How late the customer pays by habit."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Mean days past due over invoices due within 180 days; unpaid ones count up to the run.

    What was paid early is on time. Unknown without such an invoice.
    """
    import numpy as np

    from bot.frame.block import Column

    bills = block.facts.get("bills")
    if bills is None:
        return block.unknown()
    due, paid = bills.numbers["due_on"], bills.numbers["paid_on"]
    late = np.maximum(np.where(np.isnan(paid), block.age(due), paid - due), 0.0)
    return Column(bills.mean(late, np.ones(len(late))))


MEASURE = Measure(
    name="usual_payment_delay",
    label=Words(ja="いつもの入金の遅れ", en="Usual payment delay"),
    meaning=Words(
        ja="180日以内に期日を迎えた請求の、期日からの入金の遅れの平均日数(未入金は今日まで)",
        en="Mean days past due of invoices due within 180 days; unpaid ones count up to today",
    ),
    unit=Unit.DAYS,
    kind=Kind.LEVEL,
    window="180d",
    needs=("bills",),
    compute=compute,
)
