"""Whether those who decide about the renewal look at the product themselves."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Logins of decision makers over the last 20 business days, as far as logins by person came.

    A feed that is behind is scaled up to 20 days and too old beyond five. Unknown without a
    decision maker among the contacts.
    """
    import numpy as np

    from bot.frame.block import Column

    people, logins = block.facts.get("key_people"), block.facts.get("deciders")
    if people is None or logins is None:
        return block.unknown()
    is_decider = np.array([role == "decision_maker" for role in people.words["role"]], dtype=bool)
    has_decider = people.has_any(is_decider & (people.numbers["is_active"] > 0))
    days = block.worked_days
    came = int(np.searchsorted(days, block.persons_until, side="right"))
    if not came:
        return block.unknown()
    counted = logins.numbers["logins"] * (logins.numbers["active_on"] >= days[0])
    scaled = logins.sum(counted) * (len(days) / came)
    late = np.full(block.size, len(days) - came > _VALID)
    return Column(np.where(has_decider, scaled, np.nan), late)


MEASURE = Measure(
    name="decision_maker_logins",
    label=Words(ja="決裁者のログイン", en="Decision makers' logins"),
    meaning=Words(
        ja="決裁者の直近20営業日のログイン数",
        en="Logins of decision makers over the last 20 business days",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="20bd",
    needs=(
        "key_people",
        "deciders",
    ),
    validity_days=5,
    compute=compute,
)
