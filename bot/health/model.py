"""The health model as a document. Refuses curves, bands and measures that cannot be meant.

Free of numpy. A threshold is data: it has an address, and is shown, edited and versioned.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.core.vocabulary import Band, Difficulty, Stage, Tier, Touch
from bot.frame.catalogue import load_catalogue
from bot.frame.measure import Unit

_DOCUMENTS = Path(__file__).parent / "documents"

Points = Annotated[float, Field(ge=0, le=100)]


class Grade(StrEnum):
    """How much a measure counts: 最重要, 重要, 普通."""

    MOST_IMPORTANT = "most_important"
    IMPORTANT = "important"
    NORMAL = "normal"


WEIGHTS = {Grade.MOST_IMPORTANT: 3.0, Grade.IMPORTANT: 2.0, Grade.NORMAL: 1.0}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bands(_Part):
    """Below `red_below` is red, from `green_from` on green; what lies between is yellow."""

    red_below: Points = 50.0
    green_from: Points = 70.0

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.red_below >= self.green_from:
            raise ValueError("green must begin above where red ends: raise green_from")
        return self

    def band_of(self, score: float | None) -> Band:
        """The band of a score; none is unknown, never a bad score."""
        if score is None:
            return Band.UNKNOWN
        if score < self.red_below:
            return Band.RED
        return Band.GREEN if score >= self.green_from else Band.YELLOW


class Weighed(_Part):
    """A measure, how much it counts, and points (0-100, higher is healthier) by value."""

    measure: str
    grade: Grade = Grade.NORMAL
    curve: tuple[tuple[float, Points], ...] = Field(min_length=2)

    @property
    def weight(self) -> float:
        """3, 2 or 1."""
        return WEIGHTS[self.grade]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        _must_be_a_number(self.measure)
        if any(low[0] >= high[0] for low, high in pairwise(self.curve)):
            raise ValueError(f"curve of {self.measure}: values must rise from point to point")
        steps = [high[1] - low[1] for low, high in pairwise(self.curve)]
        if min(steps) < 0 < max(steps):
            raise ValueError(f"curve of {self.measure}: points must only rise or only fall")
        return self


class Cap(_Part):
    """However good the rest is: with the measure at or past a value, the score stays below."""

    measure: str
    at_least: float | None = None
    at_most: float | None = None
    score_at_most: Points

    @model_validator(mode="after")
    def _has_one_side(self) -> Self:
        _must_be_a_number(self.measure)
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError(f"cap on {self.measure}: give at_least or at_most, one of them")
        return self


# Words of the accounts themselves that may choose a variant.
WORDS = ("tier", "touch", "stage", "difficulty")


class Condition(_Part):
    """Which accounts a variant is for; what is left out does not matter."""

    usage_expected: bool | None = None
    tier: tuple[Tier, ...] = ()
    touch: tuple[Touch, ...] = ()
    stage: tuple[Stage, ...] = ()
    difficulty: tuple[Difficulty, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the frame that decide."""
        words = tuple(name for name in WORDS if getattr(self, name))
        return words if self.usage_expected is None else ("usage_expected", *words)


class Variant(_Part):
    """The measures for one group of accounts."""

    name: str
    when: Condition = Condition()
    measures: tuple[Weighed, ...] = Field(min_length=1)
    caps: tuple[Cap, ...] = ()

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        names = [each.measure for each in self.measures]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"variant {self.name}: {twice[0]} is there twice; keep one")
        return self


class HealthDocument(_Part):
    """A version of the model. Of the variants, the first whose condition holds is used.

    Points are told against `neutral`: an account's points add up to its score minus `neutral`.
    Below `least_coverage` of the weight there is no score.
    """

    name: str
    neutral: Points = 50.0
    least_coverage: Annotated[float, Field(gt=0, le=1)] = 0.5
    bands: Bands = Bands()
    variants: tuple[Variant, ...] = Field(min_length=1, max_length=255)

    @model_validator(mode="after")
    def _serves_everybody(self) -> Self:
        if self.variants[-1].when != Condition():
            raise ValueError(
                "variants: the last one must have no condition, so that all are served"
            )
        return self

    def measures(self) -> tuple[str, ...]:
        """All measures in the order in which a score's details hold them."""
        names = [each.measure for variant in self.variants for each in variant.measures]
        return tuple(dict.fromkeys(names))

    def columns(self) -> tuple[str, ...]:
        """All columns of the frame that the model reads."""
        caps = [cap.measure for variant in self.variants for cap in variant.caps]
        decide = [name for variant in self.variants for name in variant.when.columns]
        return tuple(dict.fromkeys((*self.measures(), *caps, *decide)))


class InvalidModel(ValueError):
    """A document that is no model; `problems` name the field and the mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def read_document(raw: dict[str, Any]) -> HealthDocument:
    """The model of a stored or written document; InvalidModel lists all its problems."""
    try:
        return HealthDocument.model_validate(raw)
    except ValidationError as problem:
        raise InvalidModel([_tell(each) for each in problem.errors() if _is_cause(each)]) from None


def load_default() -> HealthDocument:
    """The model that the bot scores with from the first day."""
    return load_shipped("default")


def list_shipped() -> list[str]:
    """Names of the shipped models: the default, and those that CS Ops may choose as a draft."""
    names = sorted(path.stem for path in _DOCUMENTS.glob("*.yaml"))
    return sorted(names, key=lambda name: name != "default")


@cache
def load_shipped(name: str) -> HealthDocument:
    """A shipped model by its name; FileNotFoundError where there is none."""
    text = (_DOCUMENTS / f"{name}.yaml").read_text(encoding="utf-8")
    return read_document(yaml.safe_load(text))


def _must_be_a_number(name: str) -> None:
    known = load_catalogue()
    if name not in known:
        raise ValueError(f"no measure is called {name}; known are {', '.join(known)}")
    if known[name].unit in (Unit.WORD, Unit.YES_NO):
        raise ValueError(f"{name} is no number and cannot be scored; use it in a variant's `when`")


def _is_cause(error: Any) -> bool:
    """A list that ran empty because its one entry was refused is no second problem."""
    ran_empty = error["type"] == "too_short" and error["ctx"]["actual_length"] == 0
    return not (ran_empty and error["input"])


def _tell(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"]) or "document"
    return f"{where}: {error['msg'].removeprefix('Value error, ')}"
