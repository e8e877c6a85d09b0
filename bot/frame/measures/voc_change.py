"""Whether what the customer says turns for the worse."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_RECENT = 60


def compute(block: "Block") -> "Column":
    """Tone of the last 60 days less that of the 60 before; unknown where either has no remark."""
    from bot.frame.block import Column
    from bot.frame.remarks import read_remarks

    remarks = read_remarks(block)
    if remarks is None:
        return block.unknown()
    is_recent = remarks.age < _RECENT
    is_before = ~is_recent & (remarks.age < 2 * _RECENT)
    now = remarks.mean(remarks.tone, is_recent)
    return Column(now - remarks.mean(remarks.tone, is_before))


MEASURE = Measure(
    name="voc_change",
    label=Words(ja="VoCの変化", en="Change of VoC"),
    meaning=Words(
        ja="直近60日のVoCの調子の、その前の60日との差。悪化は負",
        en="Tone of the last 60 days against the 60 before; below 0 is worse",
    ),
    unit=Unit.DIFFERENCE,
    kind=Kind.LEVEL,
    window="60d/60d",
    needs=("voc",),
    compute=compute,
)
