"""Back-tests of a draft: thresholds that are better, not better, flag few, flag nobody."""

from dataclasses import replace
from datetime import date

from bot.core.back_test import (
    FALL,
    GREEN,
    RED,
    BackTest,
    Cases,
    Counted,
    Judged,
    Lead,
    Suggested,
    Trial,
)

_LEAD = Lead(95.0, 72.0, 130.0)
MANY = Judged(50.0, Counted(12, 34, 0.215, 0.521), Counted(12, 15, 0.548, 0.93), _LEAD)
FEW = Judged(70.0, Counted(3, 4, 0.3, 0.954), Counted(3, 15, 0.07, 0.452), Lead(60.0, None, None))
NOBODY = Judged(15.0, None, Counted(0, 15, 0.0, 0.204), None)
BETTER = Suggested(replace(MANY, level=62.0), 0.18, 0.05, 0.304)
NO_BETTER = Suggested(replace(FEW, level=12.0), 0.04, -0.08, 0.151)
TOO_FEW = BackTest(
    first_on=date(2024, 11, 20),
    cut_on=date(2026, 3, 31),
    last_on=date(2026, 11, 20),
    before=Cases(3, 40),
    after=Cases(2, 31),
    unscored=0,
    accounts=76,
    drawn=76,
    left_out=(),
    trials=(),
)


def build_past(size: int) -> BackTest:
    """With every kind of threshold; of many accounts a part was drawn."""
    return replace(
        TOO_FEW,
        before=Cases(size % 2 * 20, 200),
        after=Cases(15, 120),
        unscored=size,
        accounts=size + 300,
        drawn=300,
        left_out=("m0", "nps", "arr")[: size % 4],
        trials=(Trial(RED, MANY, BETTER), Trial(GREEN, FEW), Trial(FALL, NOBODY, NO_BETTER)),
    )
