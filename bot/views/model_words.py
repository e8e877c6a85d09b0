"""Parts of a health model in words: curves, caps, conditions, and what is wrong with a document."""

from collections.abc import Iterable, Mapping, Sequence

from bot.core.model_page import Ceiling, Variant
from bot.core.model_problem import ModelProblem
from bot.core.say import Say
from bot.views.limits import shorten
from bot.views.words import named

_PERCENT = ("share", "change")
# Units with a word of their own; of the rest the measure's meaning says what is counted.
_NAMED = ("days", "business_days", "minutes", "ratio", "level")
_NAME, _MOST_PROBLEMS = 60, 12


def render_value(say: Say, unit: str, value: float) -> str:
    """A measure's value with its unit, to the last digit; shares in per cent."""
    if unit in _PERCENT:
        return f"{round(value * 100, 6):g}%"
    shown = f"{round(value, 6):g}"
    return say("model", f"unit_{unit}", value=shown) if unit in _NAMED else shown


def render_curve(say: Say, unit: str, curve: Iterable[Sequence[float]]) -> str:
    """Corner by corner in one line, each a value and its points."""
    return ", ".join(f"{render_value(say, unit, at)}→{points:g}" for at, points in curve)


def render_grade(say: Say, grade: str) -> str:
    """最重要, 重要 or 普通."""
    return say("model", f"grade_{grade}")


def render_ceiling(say: Say, each: Ceiling) -> str:
    """When it holds, how many points are left then, and what is measured."""
    is_least = each.at_least is not None
    value = each.at_least if is_least else each.at_most
    return say(
        "model",
        "ceiling",
        label=each.label,
        is_least=is_least,
        value=render_value(say, each.unit, value or 0.0),
        meaning=each.meaning,
        points=f"{each.score_at_most:g}",
    )


def render_when(say: Say, when: Mapping[str, object]) -> str:
    """For whom a variant is."""
    if not when:
        return say("model", "everybody")
    return say("model", "when", parts=[_condition(say, *each) for each in when.items()])


def render_variant(say: Say, variant: Variant) -> str:
    """A variant whole, in one readable block."""
    grades = {grade: render_grade(say, grade) for grade in {one.grade for one in variant.weights}}
    weights = [
        {
            "label": each.label,
            "grade": grades[each.grade],
            "curve": render_curve(say, each.unit, each.curve),
        }
        for each in variant.weights
    ]
    return say(
        "model",
        "variant",
        name=shorten(variant.label, _NAME),
        when=render_when(say, variant.when),
        weights=weights,
        ceilings=[render_ceiling(say, each) for each in variant.ceilings],
    )


def render_brief(say: Say, variant: Variant) -> str:
    """A variant in one line: for whom it is, and how much it asks."""
    return say(
        "model",
        "variant_brief",
        name=shorten(variant.label, _NAME),
        when=render_when(say, variant.when),
        weights=len(variant.weights),
        ceilings=len(variant.ceilings),
    )


def render_problems(say: Say, problems: Sequence[ModelProblem]) -> list[str]:
    """A line a problem, each with its place and its mend; past a dozen their number."""
    lines = [
        say("model_problems", "line", where=each.where, told=render_problem(say, each))
        for each in problems[:_MOST_PROBLEMS]
    ]
    left = len(problems) - len(lines)
    return lines + ([say("model_problems", "more", count=left)] if left else [])


def render_problem(say: Say, problem: ModelProblem) -> str:
    """What is wrong and how it is mended, without the place."""
    return say("model_problems", problem.code, **problem.params)


def _condition(say: Say, name: str, wanted: object) -> str:
    if isinstance(wanted, list | tuple):
        words = [named(say, name, str(each)) for each in wanted]
        return say("model", "when_words", words=words)
    return say("model", "when_usage", expected=bool(wanted))
