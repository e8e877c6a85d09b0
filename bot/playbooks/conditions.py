"""A document's conditions asked of a block. What is unknown is neither met nor refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from bot.playbooks.parts import SCORE, Clause, When
from bot.signals.seen import BoolArray, FloatArray, Seen


@dataclass(frozen=True)
class Truth:
    """By account: whether a condition is met, and whether that can be told."""

    holds: BoolArray
    known: BoolArray

    @property
    def fails(self) -> BoolArray:
        """Where it is known not to be met."""
        return self.known & ~self.holds

    def and_(self, other: "Truth") -> "Truth":
        """One that fails is enough to know."""
        known = (self.known & other.known) | self.fails | other.fails
        return Truth(self.holds & other.holds, known)

    def or_(self, other: "Truth") -> "Truth":
        """One that holds is enough to know."""
        holds = self.holds | other.holds
        return Truth(holds, holds | (self.known & other.known))


def ask_when(seen: Seen, when: When) -> Truth:
    """Every one of `all`, and where there are any, one of `any`; met by everybody when empty."""
    everybody = np.ones(seen.size, dtype=np.bool_)
    truth = Truth(everybody, everybody)
    for clause in when.all:
        truth = truth.and_(ask_clause(seen, clause))
    if when.any:
        truth = truth.and_(reduce(Truth.or_, _each(seen, when.any)))
    return truth


def ask_clause(seen: Seen, clause: Clause) -> Truth:
    """One question to one column."""
    if clause.one_of:
        holds = seen.is_one_of(clause.column, clause.one_of)
        return Truth(holds, seen.has_word(clause.column))
    values = seen.score if clause.column == SCORE else seen.number(clause.column)
    known = ~np.isnan(values)
    if clause.is_true is not None:
        return Truth(known & ((values != 0) == clause.is_true), known)
    return Truth(known & _SIDES[clause.side](values, _edge(clause)), known)


_SIDES: Mapping[str, Callable[[FloatArray, float], BoolArray]] = {
    "below": lambda values, edge: values < edge,
    "above": lambda values, edge: values > edge,
    "at_least": lambda values, edge: values >= edge,
    "at_most": lambda values, edge: values <= edge,
}


def _edge(clause: Clause) -> float:
    return float(getattr(clause, clause.side))


def _each(seen: Seen, clauses: Sequence[Clause]) -> list[Truth]:
    return [ask_clause(seen, clause) for clause in clauses]
