"""After an outage customers leave with a delay; its weight fades over 90 days."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

# The source gives no length; 90 days is chosen, and shown.
_LAG_DAYS = 90
_SEVERITY = {"minor": 0.3, "major": 0.7, "critical": 1.0}


def compute(block: "Block") -> "Column":
    """From 0 (nothing in 90 days) to 1 (a critical incident today); the strongest one counts."""
    import numpy as np

    from bot.frame.block import Column

    hit = block.facts.get("incidents")
    if hit is None:
        return block.unknown()
    ended = np.nan_to_num(block.age(hit.numbers["ended_on"]))
    left = np.clip(1 - np.maximum(ended, 0) / _LAG_DAYS, 0, 1)
    severity = np.array([_SEVERITY.get(each or "", 0.3) for each in hit.words["severity"]])
    return Column(np.nan_to_num(hit.largest(left * severity)))


MEASURE = Measure(
    name="incident_lag",
    label=Words(ja="障害の影響", en="Incident in memory"),
    meaning=Words(
        ja="直近90日の障害の影響(0〜1)。重大度が高く、最近のものほど大きい",
        en="Weight of incidents of the last 90 days (0 to 1): the more severe and recent, the more",
    ),
    unit=Unit.IMPACT,
    kind=Kind.RATIO,
    window="90d",
    needs=("incidents",),
    compute=compute,
)
