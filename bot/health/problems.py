"""From what pydantic finds wrong with a model document to problems people can mend.

Refuses to tell one mistake twice: a list that ran empty because its entries were refused is none.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.core.model_problem import ModelProblem

Loc = Sequence[str | int]

_LONGEST_VALUE = 40
# Pydantic's own kinds that say the same to whoever wrote the document.
_CODES = {
    **dict.fromkeys(("float_type", "float_parsing", "finite_number", "int_type"), "no_number"),
    **dict.fromkeys(("string_type", "string_unicode"), "no_text"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "no_yes_no"),
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "greater_than_equal": "at_least",
    "less_than_equal": "at_most",
    "greater_than": "more_than",
    "enum": "unknown_word",
    "too_short": "too_few",
    "too_long": "too_many",
    **dict.fromkeys(("string_too_short", "string_pattern_mismatch"), "no_text"),
    "string_too_long": "long_text",
}
_LIMITS = ("ge", "le", "gt", "min_length", "max_length")
_PARTS = frozenset({"variants", "measures", "caps"})


def list_refused(raw: object, errors: Iterable[Any], own: frozenset[str]) -> list[ModelProblem]:
    """The problems of a validation; `own` are the codes of our validators."""
    return [_read(raw, each, own) for each in errors if _is_cause(each)]


def place(raw: object, loc: Loc) -> str:
    """Where in the document, by names: `standard / nps / curve / 2`; entries count from 1."""
    names: list[str] = []
    here: Any = raw
    for number, step in enumerate(loc):
        here = _enter(here, step)
        if isinstance(step, int):
            is_part = number > 0 and loc[number - 1] in _PARTS
            names.append(_named(here, step) if is_part else str(step + 1))
        elif step not in _PARTS or number == len(loc) - 1:
            names.append(str(step))
    return " / ".join(names)


def shorten(value: object) -> str:
    """A value as it stands in the document, short enough for a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _read(raw: object, error: Any, own: frozenset[str]) -> ModelProblem:
    kind, loc = error["type"], error["loc"]
    ctx = error.get("ctx", {})
    field = str(next((step for step in reversed(loc) if isinstance(step, str)), ""))
    where = place(raw, loc)
    if kind in own:
        return ModelProblem(kind, where, field, ctx)
    limit = next((ctx[name] for name in _LIMITS if name in ctx), None)
    params = {"value": shorten(error["input"])}
    if kind == "enum":
        params["known"] = str(ctx["expected"]).replace("'", "").replace(" or ", ", ")
    elif limit is not None:
        params["limit"] = f"{limit:g}"
    if kind in ("missing", "extra_forbidden"):
        params = {"value": field}
    return ModelProblem(_CODES.get(kind, "wrong_shape"), where, field, params)


def _is_cause(error: Any) -> bool:
    ran_empty = error["type"] == "too_short" and error["ctx"]["actual_length"] == 0
    return not (ran_empty and error["input"])


def _enter(here: Any, step: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list | tuple) and isinstance(step, int) and step < len(here):
        return here[step]
    return None


def _named(part: Any, number: int) -> str:
    """A variant by its name, a measure or cap by its measure, else by its number."""
    names = (part.get(key) for key in ("measure", "name")) if isinstance(part, dict) else ()
    found = next((name for name in names if isinstance(name, str) and name.strip()), None)
    return shorten(found) if found else str(number + 1)
