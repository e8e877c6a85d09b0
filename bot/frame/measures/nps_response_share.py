"""How many of the customer's people answer at all."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """People who answered within 180 days by active contacts, at most all; unknown without any."""
    import numpy as np

    from bot.frame.answers import VALID
    from bot.frame.block import Column
    from bot.frame.latest import find_latest

    answers, contacts = block.facts.get("nps"), block.facts.get("contacts")
    if answers is None or contacts is None:
        return block.unknown()
    is_valid = find_latest(answers) & (block.age(answers.numbers["responded_on"]) <= VALID)
    answered, people = answers.sum(is_valid.astype(np.float64)), contacts.spread("people")
    share = np.divide(answered, people, out=np.full(block.size, np.nan), where=people > 0)
    return Column(np.minimum(share, 1.0))


MEASURE = Measure(
    name="nps_response_share",
    label=Words(ja="NPSの回答率", en="Share who answer NPS"),
    meaning=Words(
        ja="180日以内にNPSに回答した人の、有効な顧客担当者に占める割合",
        en="People who answered the NPS within 180 days as a share of the active contacts",
    ),
    unit=Unit.SHARE,
    kind=Kind.RATIO,
    window="180d",
    needs=(
        "nps",
        "contacts",
    ),
    compute=compute,
)
