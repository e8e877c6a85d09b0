"""The kinds of rules the tables are made of; each walks one value and yields what is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.kinds import Json
from sandbox.rules.problem import Problem, measured_length

Problems = Iterator[Problem]
Check = Callable[[Json, str], Problems]


class Rule(Protocol):
    """Anything that can judge a value standing at a pointer."""

    def check(self, value: Any, at: str) -> Problems: ...


@dataclass(frozen=True)
class Text:
    """A string of `shortest` to `longest` measured characters, matching `pattern` if given."""

    longest: int
    shortest: int = 1
    pattern: str | None = None
    what: str = "the expected form"
    is_plain: bool = False

    def check(self, value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            yield wrong_type(at, "a string", value)
            return
        length = measured_length(value, self.is_plain)
        if length > self.longest:
            message = f"must be at most {self.longest} characters after escaping (has {length})"
            yield Problem(at, "too_long", message)
        if len(value) < self.shortest:
            yield Problem(at, "too_short", f"must have at least {self.shortest} character(s)")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield Problem(at, "bad_value", f"must be {self.what}")


@dataclass(frozen=True)
class Number:
    """A number (a whole one unless `fraction`) between `lowest` and `highest`, both allowed."""

    lowest: float | None = None
    highest: float | None = None
    fraction: bool = False

    def check(self, value: Any, at: str) -> Problems:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole and not (self.fraction and isinstance(value, float)):
            yield wrong_type(at, "a number" if self.fraction else "a whole number", value)
        elif self.lowest is not None and value < self.lowest:
            yield Problem(at, "out_of_range", f"must be at least {self.lowest}")
        elif self.highest is not None and value > self.highest:
            yield Problem(at, "out_of_range", f"must be at most {self.highest}")


@dataclass(frozen=True)
class Flag:
    """True or false; strings like "true" are not."""

    def check(self, value: Any, at: str) -> Problems:
        if not isinstance(value, bool):
            yield wrong_type(at, "true or false", value)


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def check(self, value: Any, at: str) -> Problems:
        if value not in self.words:
            yield Problem(at, "bad_value", f"must be one of {', '.join(self.words)}")


@dataclass(frozen=True)
class ListOf:
    """A list of `fewest` to `most` items that each keep `rule`."""

    rule: Rule
    most: int
    fewest: int = 1

    def check(self, value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            yield wrong_type(at, "a list", value)
            return
        if len(value) > self.most:
            yield Problem(at, "too_many", f"must have at most {self.most} items (has {len(value)})")
        if len(value) < self.fewest:
            yield Problem(at, "too_few", f"must have at least {self.fewest} item(s)")
        for index, item in enumerate(value):
            yield from self.rule.check(item, f"{at}/{index}")


@dataclass(frozen=True)
class Shape:
    """An object with known keys only; `checks` look at several keys together."""

    fields: Mapping[str, Rule]
    required: Sequence[str] = ()
    checks: Sequence[Check] = ()

    def check(self, value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield wrong_type(at, "an object", value)
            return
        for name in self.required:
            if name not in value:
                yield Problem(f"{at}/{name}", "missing", f"is required: {name}")
        for name, item in value.items():
            rule = self.fields.get(name)
            if rule is None:
                yield Problem(f"{at}/{name}", "unknown_field", f"is not a field here: {name}")
            else:
                yield from rule.check(item, f"{at}/{name}")
        for check in self.checks:
            yield from _guarded(check, value, at)


@dataclass(frozen=True)
class Typed:
    """An object whose `type` picks its shape from a table; `names` are the types allowed here."""

    table: Mapping[str, Shape]
    names: tuple[str, ...]
    where: str = "here"
    common: Mapping[str, Rule] = field(default_factory=dict)

    def check(self, value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield wrong_type(at, "an object", value)
            return
        name = value.get("type")
        if not isinstance(name, str) or name not in self.table:
            yield Problem(f"{at}/type", "unknown_type", f"is no known type: {name!r}")
        elif name not in self.names:
            message = f"{name} is not allowed {self.where}; allowed are {', '.join(self.names)}"
            yield Problem(f"{at}/type", "not_allowed_here", message)
        else:
            yield from self.table[name].check(value, at)


@dataclass(frozen=True)
class Anything:
    """A value no rule is known for."""

    def check(self, value: Any, at: str) -> Problems:
        yield from ()


def shaped(kind: str, fields: Mapping[str, Rule], *required: str, **options: Any) -> Shape:
    """A shape whose `type` is `kind`."""
    return Shape({"type": Choice((kind,)), **fields}, ("type", *required), **options)


def wrong_type(at: str, expected: str, value: Any) -> Problem:
    return Problem(at, "wrong_type", f"must be {expected} (is {type(value).__name__})")


def exactly_one(*names: str) -> Check:
    """A check that one, and only one, of these keys is there."""

    def check(value: Json, at: str) -> Problems:
        given = [name for name in names if name in value]
        if not given:
            yield Problem(at, "missing", f"needs one of {', '.join(names)}")
        if len(given) > 1:
            yield Problem(f"{at}/{given[1]}", "conflict", f"give only one of {', '.join(given)}")

    return check


def at_least_one(*names: str) -> Check:
    """A check that some of these keys is there and not empty."""

    def check(value: Json, at: str) -> Problems:
        if not any(value.get(name) for name in names):
            yield Problem(at, "missing", f"needs one of {', '.join(names)}")

    return check


def in_order(low: str, high: str) -> Check:
    """A check that one number is not above another where both are given."""

    def check(value: Json, at: str) -> Problems:
        if low in value and high in value and float(value[low]) > float(value[high]):
            yield Problem(f"{at}/{low}", "conflict", f"must not be above {high}")

    return check


def _guarded(check: Check, value: Json, at: str) -> Problems:
    """Cross-checks read values the field rules may have refused already: once is enough."""
    try:
        yield from list(check(value, at))
    except (TypeError, ValueError, KeyError, AttributeError):
        return
