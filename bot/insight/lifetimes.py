"""Times and events of a table's rows, checked.  Refuses blank and negative times by their rows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bot.core.refusal import BadInput
from bot.insight.column import Flags, Floats, Kind, Whole, read_column
from bot.insight.outcome import read_outcome
from bot.insight.survival import FEWEST, FEWEST_EVENTS

_SHOWN = 5


@dataclass(frozen=True)
class Lifetimes:
    """`times` in the unit of the table, `happened` per row, `word` the value that says it did."""

    times: Floats
    happened: Flags
    word: str


def read_lifetimes(
    table: pd.DataFrame, time: str, event: str, numbers: Whole, word: str | None = None
) -> Lifetimes:
    """Times and events; raises BadInput naming the column, the rows at fault and the mend.

    `numbers` are the rows' numbers in the file, for the sentence.
    """
    column = read_column(time, table[time])
    if column.kind not in (Kind.NUMBER, Kind.YESNO) or column.levels:
        raise BadInput("insight_time_no_number", column=time)
    _refuse(column.values < 0, "insight_time_negative", time, numbers)
    _refuse(~column.known, "insight_time_blank", time, numbers)
    outcome = read_outcome(event, table[event], word)
    _refuse(~outcome.known, "insight_event_blank", event, numbers)
    events = int(outcome.happened.sum())
    if len(table) < FEWEST or events < FEWEST_EVENTS:
        raise BadInput(
            "insight_survival_few",
            count=len(table),
            events=events,
            least=FEWEST,
            least_events=FEWEST_EVENTS,
        )
    return Lifetimes(column.values, outcome.happened, outcome.word)


def _refuse(wrong: Flags, code: str, column: str, numbers: Whole) -> None:
    count = int(wrong.sum())
    if count:
        rows = ", ".join(str(each) for each in np.asarray(numbers)[wrong][:_SHOWN])
        raise BadInput(
            code, column=column, count=count, rows=rows + (" …" if count > _SHOWN else "")
        )
