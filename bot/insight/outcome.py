"""Which rows it happened in, from a column of two values.  Refuses to guess which value is yes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bot.core.refusal import BadInput
from bot.insight.column import Flags, as_words, says_no, says_yes

_SHOWN = 6


@dataclass(frozen=True)
class Outcome:
    """`happened` per row, `known` where the cell was not blank, `word` the value that says yes."""

    happened: Flags
    known: Flags
    word: str
    others: tuple[str, ...]


def read_outcome(name: str, cells: pd.Series, word: str | None = None) -> Outcome:
    """The outcome as flags; yes/no, 1/0, true/false, はい/いいえ or, with `word`, any values.

    With `word` every other value means that it did not happen. Raises BadInput for a column that
    is empty, has one value, or values of which none is known to say yes.
    """
    words = as_words(cells)
    values = tuple(sorted(words.dropna().unique()))
    if not values:
        raise BadInput("insight_outcome_empty", column=name)
    if len(values) == 1:
        raise BadInput("insight_outcome_one_value", column=name, value=values[0])
    yes = _named(name, values, word) if word is not None else _guessed(name, values)
    happened = (words == yes).to_numpy(dtype=bool, na_value=False)
    rest = tuple(value for value in values if value != yes)
    return Outcome(np.asarray(happened), words.notna().to_numpy(), yes, rest)


def _named(name: str, values: tuple[str, ...], word: str) -> str:
    plain = word.strip()
    if plain not in values:
        raise BadInput("insight_outcome_no_such", column=name, value=word, values=_list(values))
    return plain


def _guessed(name: str, values: tuple[str, ...]) -> str:
    if len(values) > 2:
        raise BadInput("insight_outcome_many", column=name, values=_list(values))
    for yes, other in (values, values[::-1]):
        if (says_yes(yes) and not says_yes(other)) or (says_no(other) and not says_no(yes)):
            return yes
    raise BadInput("insight_outcome_unclear", column=name, values=_list(values))


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(values[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")
