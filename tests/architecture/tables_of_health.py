"""Rows about what is measured and how the shipped health model reads it."""

from collections.abc import Iterator

from bot.frame.catalogue import get_measure, load_catalogue
from bot.frame.measure import Unit
from bot.health.model import Cap, Condition, Grade, Variant, load_default
from bot.texts import Texts

Row = tuple[str, ...]

_HEADS = {
    ("measures", "en"): ("Measure", "Column", "What it says", "In the shipped model"),
    ("measures", "ja"): ("指標", "列", "意味", "標準モデルでの重み"),
    ("health", "en"): ("Measure", "Grade", "Value → points"),
    ("health", "ja"): ("指標", "重み", "値 → 点"),
}
_GRADES = {
    "en": {
        Grade.MOST_IMPORTANT: "most important (3)",
        Grade.IMPORTANT: "important (2)",
        Grade.NORMAL: "normal (1)",
    },
    "ja": {
        Grade.MOST_IMPORTANT: "最重要(3)",
        Grade.IMPORTANT: "重要(2)",
        Grade.NORMAL: "普通(1)",
    },
}
_PERCENT = (Unit.SHARE, Unit.CHANGE)


def list_measures(locale: str) -> Iterator[Row]:
    """A row a column of the frame; the grade is that of the standard variant."""
    yield _HEADS["measures", locale]
    grades = {each.measure: each.grade for each in load_default().variants[-1].measures}
    for name, measure in load_catalogue().items():
        grade = _GRADES[locale][grades[name]] if name in grades else ""
        yield (measure.label.get(locale), f"`{name}`", measure.meaning.get(locale), grade)


def list_health(locale: str) -> Iterator[Row]:
    """The shipped model: a heading a variant, a row a measure or cap of it."""
    yield _HEADS["health", locale]
    for variant in load_default().variants:
        yield (f"{variant.called(locale)}: {_who(variant.when, locale)}",)
        yield from _measures_of(variant, locale)
        yield from (_cap(cap, locale) for cap in variant.caps)


def _measures_of(variant: Variant, locale: str) -> Iterator[Row]:
    for each in variant.measures:
        curve = ", ".join(
            f"{_value(each.measure, value)} → {points:g}" for value, points in each.curve
        )
        label = get_measure(each.measure).label.get(locale)
        yield (label, _GRADES[locale][each.grade], curve)


def _cap(cap: Cap, locale: str) -> Row:
    label = get_measure(cap.measure).label.get(locale)
    sign, value = ("≥", cap.at_least) if cap.at_least is not None else ("≤", cap.at_most)
    head = {"en": "cap", "ja": "上限"}[locale]
    assert value is not None
    told = f"{sign} {_value(cap.measure, value)}: ≤ {cap.score_at_most:g}"
    return (label, head, told)


def _who(when: Condition, locale: str) -> str:
    say = Texts().speak(locale)
    if when.usage_expected is False:
        return {"en": "accounts without a usage feed", "ja": "利用データのない顧客"}[locale]
    touches = [say("words", f"touch_{touch}") for touch in when.touch]
    return ", ".join(touches) or {"en": "everybody else", "ja": "そのほかの顧客"}[locale]


def _value(name: str, value: float) -> str:
    return f"{value * 100:g}%" if get_measure(name).unit in _PERCENT else f"{value:g}"
