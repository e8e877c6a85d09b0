"""The parts of a playbook's document. Refuses what cannot be meant, naming the field and the mend.

Free of numpy. A condition is data, so a threshold has an address: `signals.0.limits.below`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.core.vocabulary import CommonResult, Difficulty, Stage, Tier, Touch
from bot.frame.catalogue import load_catalogue
from bot.frame.measure import Unit
from bot.signals.catalogue import load_signals

SCORE = "score"

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Runs = Annotated[int, Field(ge=1, le=10)]

_WORDS: Mapping[str, type[StrEnum]] = {
    "tier": Tier,
    "touch": Touch,
    "stage": Stage,
    "difficulty": Difficulty,
}
_SIDES = ("below", "above", "at_least", "at_most")


class Part(BaseModel):
    """What all parts share: a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Words(Part):
    """The same in both languages."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def by_locale(self) -> dict[str, str]:
        """As tables keep it."""
        return {"ja": self.ja, "en": self.en}


class Sign(Part):
    """A signal that opens the playbook: after how many runs in a row, and with which limits."""

    key: str
    for_runs: Runs = 2
    limits: dict[str, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        known = load_signals()
        if self.key not in known:
            raise ValueError(f"no signal is called {self.key}; known are {', '.join(known)}")
        names = known[self.key].limits
        if strange := sorted(set(self.limits) - set(names)):
            told = ", ".join(names) or "none"
            raise ValueError(f"{self.key} has no limit {strange[0]}; it has {told}")
        return self


class Clause(Part):
    """A question to one column: one of below, above, at_least, at_most; else `in`; else `is`."""

    column: str
    below: float | None = None
    above: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    one_of: tuple[str, ...] = Field(default=(), alias="in")
    is_true: bool | None = Field(default=None, alias="is")

    @property
    def side(self) -> str:
        """The comparison asked for: below, above, at_least, at_most, in or is."""
        return self._asked()[0]

    def _asked(self) -> list[str]:
        sides = [name for name in _SIDES if getattr(self, name) is not None]
        words = ["in"] if self.one_of else []
        return [*sides, *words, *(["is"] if self.is_true is not None else [])]

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        if len(self._asked()) != 1:
            raise ValueError(f"{self.column}: give one of {', '.join(_SIDES)}, in, is")
        wanted = _side_of(self.column)
        if self.side not in wanted:
            raise ValueError(f"{self.column} cannot be asked with {self.side}; use {wanted[0]}")
        if strange := [word for word in self.one_of if word not in set(_WORDS[self.column])]:
            known = ", ".join(_WORDS[self.column])
            raise ValueError(f"{self.column} is never {strange[0]}; it is one of {known}")
        return self


class When(Part):
    """Further conditions: every one of `all`, and where there are any, one of `any`."""

    all: tuple[Clause, ...] = ()
    any: tuple[Clause, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Columns of the frame that are asked, the score aside."""
        asked = dict.fromkeys(clause.column for clause in (*self.all, *self.any))
        return tuple(name for name in asked if name != SCORE)


class Step(Part):
    """What is to be done, and by when: counted from the opening, or back from the deadline."""

    key: Key
    name: Words
    within_business_days: Annotated[int, Field(ge=0, le=90)] | None = None
    days_before_deadline: Annotated[int, Field(ge=0, le=180)] | None = None

    @model_validator(mode="after")
    def _has_one_day(self) -> Self:
        if (self.within_business_days is None) == (self.days_before_deadline is None):
            raise ValueError(
                f"step {self.key}: give within_business_days or days_before_deadline, one of them"
            )
        return self


class Result(Part):
    """What may come of a task, beside the results that every task has."""

    key: Key
    name: Words

    @model_validator(mode="after")
    def _is_not_common(self) -> Self:
        if self.key in set(CommonResult):
            raise ValueError(f"result {self.key} is there for every task; leave it out")
        return self


class OwnerRule(StrEnum):
    """Who answers for an episode, asked in order; who is away or has left is passed over."""

    OWNER = "owner"
    SECOND = "second"
    LEAD = "lead"


def must_be_told_in_numbers(column: str) -> None:
    """ValueError unless the column is the score or a measure of numbers."""
    if column != SCORE and _side_of(column) != _SIDES:
        raise ValueError(f"moves: {column} is no number; name score or a measure of numbers")


def _side_of(column: str) -> tuple[str, ...]:
    if column == SCORE:
        return _SIDES
    known = load_catalogue()
    if column not in known:
        raise ValueError(f"no column is called {column}; known are score, {', '.join(known)}")
    by_unit: dict[Any, tuple[str, ...]] = {Unit.WORD: ("in",), Unit.YES_NO: ("is",)}
    return by_unit.get(known[column].unit, _SIDES)
