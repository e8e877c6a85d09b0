"""One change of the draft as a form brings it: what was typed, and the revision it was typed on.

Refuses by `InvalidModel`, with every problem, what the model's rules refuse; then nothing changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.model_problem import InvalidModel, ModelProblem
from bot.core.refusal import Refusal
from bot.frame.catalogue import get_measure
from bot.health.edits import with_caps, with_measure, without_measure
from bot.health.model import (
    HealthDocument,
    Variant,
    list_scored,
    list_shipped,
    load_shipped,
    read_document,
)
from bot.health.typed import read_caps, read_curve, read_number, write_caps, write_curve
from bot.services.models.drafts import change_draft, document_in_use, lock_draft, start_draft
from bot.store.unit import Unit


@dataclass(frozen=True)
class Edit:
    """Who changes which draft, on which revision they have seen, and why."""

    version: int
    revision: int
    actor: str
    note: str | None = None


def list_beginnings() -> list[str]:
    """The shipped documents one may begin with instead of the version in use."""
    return list_shipped()


def start_from(unit: Unit, base: str | None, actor: str, note: str) -> int:
    """A draft of the version in use, or of the shipped document `base`; its number."""
    document = load_shipped(base) if base in list_shipped() else document_in_use(unit)
    return start_draft(unit, document, actor, note).version


def edit_bands(unit: Unit, edit: Edit, said: Mapping[str, str]) -> None:
    """`said` has red_below, green_from, and least_coverage in per cent, as typed."""
    raw = _open(unit, edit).model_dump(mode="json")
    read = {name: _number(name, text) for name, text in said.items()}
    problems = [value for value in read.values() if isinstance(value, ModelProblem)]
    if problems:
        raise InvalidModel(problems)
    raw["least_coverage"] = read.pop("least_coverage")
    _keep(unit, edit, read_document({**raw, "bands": read}))


def edit_measure(
    unit: Unit, edit: Edit, variant: str, measure: str, grade: str, curve: str
) -> None:
    """Grade and corners of a measure of the variant; one it has not is added."""
    document = _open(unit, edit)
    made = {"measure": measure, "grade": grade, "curve": read_curve(measure, curve)}
    _keep(unit, edit, with_measure(document, variant, made))


def remove_measure(unit: Unit, edit: Edit, variant: str, measure: str) -> None:
    """The variant without it."""
    _keep(unit, edit, without_measure(_open(unit, edit), variant, measure))


def edit_caps(unit: Unit, edit: Edit, variant: str, caps: str) -> None:
    """The variant's caps as typed, a line each."""
    _keep(unit, edit, with_caps(_open(unit, edit), variant, read_caps(caps)))


def type_curve(document: Mapping[str, Any], variant: str, measure: str) -> str:
    """The corners of a measure as people type them."""
    found = _variant(document, variant)
    curve = next(each.curve for each in found.measures if each.measure == measure)
    return write_curve(measure, curve)


def type_caps(document: Mapping[str, Any], variant: str) -> str:
    """The caps of a variant as people type them."""
    return write_caps(_variant(document, variant).caps)


def tell_meaning(measure: str, locale: str) -> str:
    """What a measure says."""
    return get_measure(measure).meaning.get(locale)


def list_more(document: Mapping[str, Any], variant: str, locale: str) -> list[tuple[str, str]]:
    """Label and name of the measures the variant does not have yet, by their labels."""
    has = {each.measure for each in _variant(document, variant).measures}
    found = [(get_measure(each).label.get(locale), each) for each in list_scored()]
    return sorted((label, name) for label, name in found if name not in has)


def _open(unit: Unit, edit: Edit) -> HealthDocument:
    return read_document(lock_draft(unit, edit.version, edit.revision).document)


def _keep(unit: Unit, edit: Edit, document: HealthDocument) -> None:
    change_draft(unit, edit.version, edit.revision, document, edit.actor, edit.note)


def _variant(document: Mapping[str, Any], name: str) -> Variant:
    found = (each for each in read_document(document).variants if each.name == name)
    variant = next(found, None)
    if variant is None:
        raise Refusal("no_such_model_draft")
    return variant


def _number(name: str, text: str) -> float | ModelProblem:
    value = read_number(text, is_percent=name == "least_coverage")
    return ModelProblem("no_number", name, name, {"value": text}) if value is None else value
