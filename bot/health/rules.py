"""What must hold between the parts of a model document, asked of it as it was written.

Looks at raw values, so that it finds its own whatever else is wrong; refuses nothing itself.
"""

from collections import Counter
from typing import Any

from bot.core.model_problem import ModelProblem
from bot.health.problems import place, shorten


def list_breaches(raw: object) -> list[ModelProblem]:
    """Names that are there twice, variants nobody reaches, caps with no side or two."""
    variants = _list(raw, "variants")
    found = [
        *_list_twice(raw, ("variants",), variants, "name", "variant_twice"),
        *_list_unreached(raw, variants),
    ]
    for number, variant in enumerate(variants):
        loc = ("variants", number)
        measures = _list(variant, "measures")
        found += _list_twice(raw, (*loc, "measures"), measures, "measure", "measure_twice")
        found += _list_sideless(raw, (*loc, "caps"), _list(variant, "caps"))
    return found


def _list_twice(
    raw: object, loc: tuple[str | int, ...], parts: list[Any], key: str, code: str
) -> list[ModelProblem]:
    names = [part.get(key) if isinstance(part, dict) else None for part in parts]
    counts = Counter(name for name in names if isinstance(name, str))
    return [
        ModelProblem(code, place(raw, (*loc, number, key)), key, {"value": shorten(name)})
        for number, name in enumerate(names)
        if isinstance(name, str) and counts[name] > 1 and names.index(name) != number
    ]


def _list_unreached(raw: object, variants: list[Any]) -> list[ModelProblem]:
    """The last one must serve everybody, and only the last one may."""
    found = []
    for number, variant in enumerate(variants):
        if not isinstance(variant, dict):
            continue
        is_last, is_open = number == len(variants) - 1, _serves_everybody(variant)
        if is_last != is_open:
            where = place(raw, ("variants", number, "when"))
            code = "last_has_condition" if is_last else "no_condition"
            found.append(ModelProblem(code, where, "when"))
    return found


def _serves_everybody(variant: dict[str, Any]) -> bool:
    when = variant.get("when")
    if not isinstance(when, dict):
        return when is None
    return not any(value not in (None, (), []) for value in when.values())


def _list_sideless(raw: object, loc: tuple[str | int, ...], caps: list[Any]) -> list[ModelProblem]:
    return [
        ModelProblem("cap_sides", place(raw, (*loc, number)), "caps")
        for number, cap in enumerate(caps)
        if isinstance(cap, dict) and (cap.get("at_least") is None) == (cap.get("at_most") is None)
    ]


def _list(part: object, key: str) -> list[Any]:
    found = part.get(key) if isinstance(part, dict) else None
    return list(found) if isinstance(found, list | tuple) else []
