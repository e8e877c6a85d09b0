"""The tone of what the customer said lately; what is older counts less."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 120
_HALF_LIFE = 45
_TONE = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}
_ROLE = {"decision_maker": 3.0, "champion": 2.0, "admin": 1.5}
_CONFIDENCE = {"low": 0.5, "normal": 1.0, "high": 1.5}


def compute(block: "Block") -> "Column":
    """From -1 (all negative) to 1: weighted by role, confidence, and half as much every 45 days.

    Remarks of the last 120 days count; older ones alone are too old.
    """
    import numpy as np

    from bot.frame.block import Column

    said = block.facts.get("voc")
    if said is None:
        return block.unknown()
    age = block.age(said.numbers["said_on"])
    weights = np.array([_ROLE.get(role or "", 1.0) for role in said.words["speaker_role"]])
    weights *= [_CONFIDENCE.get(each or "", 1.0) for each in said.words["confidence"]]
    weights *= 0.5 ** (age / _HALF_LIFE)
    tone = np.array([_TONE.get(each or "", 0.0) for each in said.words["sentiment"]])
    is_valid = age <= _VALID
    has_valid = said.sum(is_valid.astype(np.float64)) > 0
    weights *= is_valid | ~has_valid[said.place]
    total = said.sum(weights)
    mean = np.divide(
        said.sum(weights * tone), total, out=np.full(block.size, np.nan), where=total > 0
    )
    return Column(mean, ~has_valid & (total > 0))


MEASURE = Measure(
    name="voc",
    label=Words(ja="VoC", en="VoC"),
    meaning=Words(
        ja="顧客の声の調子(−1〜+1)。45日で重みが半分になり、120日で対象外",
        en="Tone of what the customer said (-1 to +1); "
        "half the weight every 45 days, none after 120",
    ),
    unit=Unit.TONE,
    kind=Kind.LEVEL,
    window="latest",
    needs=("voc",),
    validity_days=_VALID,
    compute=compute,
)
