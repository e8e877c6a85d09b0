"""The health model as a document. Refuses curves, bands and measures that cannot be meant.

Free of numpy. A threshold is data: it has an address, and is shown, edited and versioned. One
validation stands behind the file, the forms and the command line: `read_document`.
"""

from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.core.model_problem import InvalidModel, ModelProblem
from bot.core.vocabulary import Band, Difficulty, Stage, Tier, Touch
from bot.frame.catalogue import load_catalogue
from bot.frame.measure import Unit
from bot.health.problems import list_refused, shorten
from bot.health.rules import list_breaches

_DOCUMENTS = Path(__file__).parent / "documents"

Points = Annotated[float, Field(ge=0, le=100)]
Value = Annotated[float, Field(allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Shown = Annotated[str, Field(pattern=r"\S", max_length=60)]
Corner = tuple[Value, Points]

# More of these nobody can read; and what hundreds would cost is paid by every account.
MOST_CORNERS, MOST_MEASURES, MOST_CAPS, MOST_VARIANTS = 20, 60, 20, 40

_OWN_CODES = frozenset(
    {"bands_order", "unknown_measure", "no_number_measure", "curve_values", "curve_turns"}
)


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
            raise PydanticCustomError(
                "bands_order",
                "green must begin above where red ends",
                {"red_below": f"{self.red_below:g}", "green_from": f"{self.green_from:g}"},
            )
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
    curve: tuple[Corner, ...] = Field(min_length=2, max_length=MOST_CORNERS)

    @property
    def weight(self) -> float:
        """3, 2 or 1."""
        return WEIGHTS[self.grade]

    @field_validator("measure")
    @classmethod
    def _is_scored(cls, name: str) -> str:
        return _must_be_a_number(name)

    @field_validator("curve")
    @classmethod
    def _goes_one_way(cls, curve: tuple[Corner, ...]) -> tuple[Corner, ...]:
        for low, high in pairwise(curve):
            if low[0] >= high[0]:
                raise PydanticCustomError(
                    "curve_values",
                    "values must rise from corner to corner",
                    {"value": f"{high[0]:g}", "before": f"{low[0]:g}"},
                )
        steps = [high[1] - low[1] for low, high in pairwise(curve)]
        if min(steps) < 0 < max(steps):
            raise PydanticCustomError("curve_turns", "points must only rise or only fall")
        return curve


class Cap(_Part):
    """However good the rest is: with the measure at or past a value, the score stays below.

    It has one side, `at_least` or `at_most`.
    """

    measure: str
    at_least: Value | None = None
    at_most: Value | None = None
    score_at_most: Points

    @field_validator("measure")
    @classmethod
    def _is_scored(cls, name: str) -> str:
        return _must_be_a_number(name)


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


class Label(_Part):
    """What people are shown, in both languages."""

    ja: Shown
    en: Shown


class Variant(_Part):
    """The measures for one group of accounts, each measure once.

    `name` is how files and records speak of it; people are shown the `label` where it has one.
    """

    name: Name
    label: Label | None = None
    when: Condition = Condition()
    measures: tuple[Weighed, ...] = Field(min_length=1, max_length=MOST_MEASURES)
    caps: tuple[Cap, ...] = Field(default=(), max_length=MOST_CAPS)

    def called(self, locale: str) -> str:
        """What people of that language are shown."""
        if self.label is None:
            return self.name
        return self.label.en if locale == "en" else self.label.ja


class HealthDocument(_Part):
    """A version of the model. Of the variants, the first whose condition holds is used.

    Only the last variant has no condition, so that all are served.

    Points are told against `neutral`: an account's points add up to its score minus `neutral`.
    Below `least_coverage` of the weight there is no score.
    """

    name: Name
    neutral: Points = 50.0
    least_coverage: Annotated[float, Field(gt=0, le=1)] = 0.5
    bands: Bands = Bands()
    variants: tuple[Variant, ...] = Field(min_length=1, max_length=MOST_VARIANTS)

    def measures(self) -> tuple[str, ...]:
        """All measures in the order in which a score's details hold them."""
        names = [each.measure for variant in self.variants for each in variant.measures]
        return tuple(dict.fromkeys(names))

    def columns(self) -> tuple[str, ...]:
        """All columns of the frame that the model reads."""
        caps = [cap.measure for variant in self.variants for cap in variant.caps]
        decide = [name for variant in self.variants for name in variant.when.columns]
        return tuple(dict.fromkeys((*self.measures(), *caps, *decide)))


def read_document(raw: object) -> HealthDocument:
    """The model of a stored or written document; InvalidModel lists all its problems."""
    problems: list[ModelProblem] = []
    document = None
    try:
        document = HealthDocument.model_validate(raw)
    except ValidationError as refused:
        problems = list_refused(raw, refused.errors(include_url=False), _OWN_CODES)
    problems += list_breaches(raw)
    if document is None or problems:
        raise InvalidModel(problems)
    return document


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


@cache
def list_scored() -> tuple[str, ...]:
    """The measures that are numbers, and so can be given points."""
    known = load_catalogue().items()
    return tuple(name for name, each in known if each.unit not in (Unit.WORD, Unit.YES_NO))


def _must_be_a_number(name: str) -> str:
    if name in list_scored():
        return name
    if name in load_catalogue():
        raise PydanticCustomError("no_number_measure", "{value} is no number", {"value": name})
    near = get_close_matches(name, list_scored(), 3, 0.4)
    raise PydanticCustomError(
        "unknown_measure",
        "no measure is called {value}",
        {"value": shorten(name), "near": near},
    )
