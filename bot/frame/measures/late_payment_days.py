"""Late payment comes shortly before a cancellation."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Days the oldest unpaid invoice is past due; 0 when none is; unknown without invoices."""
    import numpy as np

    from bot.frame.block import Column

    invoices = block.facts.get("invoices")
    if invoices is None:
        return block.unknown()
    late = np.fmax(block.age(invoices.spread("oldest_due_on")), 0.0)
    has_any = invoices.sum(np.ones(len(invoices.place))) > 0
    return Column(np.where(has_any, np.nan_to_num(late), np.nan))


MEASURE = Measure(
    name="late_payment_days",
    label=Words(ja="入金の遅れ", en="Late payment"),
    meaning=Words(
        ja="未入金の請求のうち、最も古い支払期日からの日数",
        en="Days the oldest unpaid invoice is past due",
    ),
    unit=Unit.DAYS,
    kind=Kind.AGE,
    window="latest",
    needs=("invoices",),
    compute=compute,
)
