"""Changes of the health model's draft: bands, a measure's weight and points, caps."""

from collections.abc import Callable, Mapping

from bot.ask import Ask
from bot.commands.model_pages import edit_of, get_draft, get_variant, show_draft
from bot.core.model_page import Draft
from bot.core.model_problem import InvalidModel
from bot.core.refusal import Refusal
from bot.registry import OPS, button, form
from bot.services.models.drafts import find_draft
from bot.services.models.edits import (
    Edit,
    edit_bands,
    edit_caps,
    edit_measure,
    list_more,
    remove_measure,
    tell_meaning,
    type_caps,
    type_curve,
)
from bot.store.unit import Unit
from bot.views.model import BANDS, VARIANT
from bot.views.model_forms import (
    ADD_ENTRY,
    CAPS,
    CAPS_ENTRY,
    CEILINGS,
    COVERAGE,
    CURVE,
    GRADE,
    GREEN,
    MEASURE,
    NAME,
    PICK,
    RED,
    REMOVE,
    WHAT,
    build_add_form,
    build_bands_form,
    build_caps_form,
    build_measure_form,
    build_pick_form,
)
from bot.views.model_words import render_problem
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply, UpdateForm, View


@button(BANDS, roles=OPS, opens_form=True)
def open_bands(ask: Ask) -> Reply:
    """The edges as the draft has them."""
    return OpenForm(build_bands_form(ask.say, get_draft(ask)))


@form(BANDS, roles=OPS)
def save_bands(ask: Ask) -> Reply:
    """Other edges, told by field where they cannot be."""
    said = {name: ask.fields[name].value or "" for name in (RED, GREEN, COVERAGE)}
    fields = {name: name for name in said}
    return _save(ask, lambda unit, edit: edit_bands(unit, edit, said), fields, GREEN)


@button(VARIANT, roles=OPS, opens_form=True)
def open_variant(ask: Ask) -> Reply:
    """Which part of the variant is to be changed."""
    draft = get_draft(ask)
    variant = get_variant(draft, ask.value.split(":", 2)[2])
    return OpenForm(build_pick_form(ask.say, draft, variant))


@form(PICK, roles=OPS)
def pick(ask: Ask) -> Reply:
    """The form of the chosen part."""
    return UpdateForm(_open_part(ask, get_draft(ask), ask.fields[WHAT].value or ""))


@form(MEASURE, roles=OPS)
def save_measure(ask: Ask) -> Reply:
    """Another weight or other points, one measure more, or one less."""
    variant = ask.carried["variant"]
    measure = ask.carried.get("measure") or ask.fields[NAME].value or ""
    if REMOVE in ask.fields and REMOVE in ask.fields[REMOVE].values:
        return _save(
            ask, lambda unit, edit: remove_measure(unit, edit, variant, measure), {}, GRADE
        )
    grade, curve = ask.fields[GRADE].value or "", ask.fields[CURVE].value or ""

    def change(unit: Unit, edit: Edit) -> None:
        edit_measure(unit, edit, variant, measure, grade, curve)

    return _save(ask, change, {GRADE: GRADE}, CURVE)


@form(CAPS, roles=OPS)
def save_caps(ask: Ask) -> Reply:
    """The variant's caps, line by line."""
    variant, caps = ask.carried["variant"], ask.fields[CEILINGS].value or ""
    return _save(ask, lambda unit, edit: edit_caps(unit, edit, variant, caps), {}, CEILINGS)


def _open_part(ask: Ask, draft: Draft, what: str) -> View:
    variant = get_variant(draft, ask.carried["variant"])
    with ask.reading() as unit:
        row = find_draft(unit)
        document = row.document if row else {}
    if what == CAPS_ENTRY:
        return build_caps_form(ask.say, draft, variant, type_caps(document, variant.name))
    locale = str(ask.person.locale)
    if what == ADD_ENTRY:
        more = list_more(document, variant.name, locale)
        return build_add_form(ask.say, draft, variant, more)
    weight = next((each for each in variant.weights if each.measure == what), None)
    if weight is None:
        raise Refusal("no_such_model_draft")
    curve = type_curve(document, variant.name, what)
    meaning = tell_meaning(what, locale)
    return build_measure_form(ask.say, draft, variant, weight, meaning, curve)


def _save(
    ask: Ask, change: Callable[[Unit, Edit], None], fields: Mapping[str, str], rest: str
) -> Reply:
    """Change the draft, or tell below `rest` what is wrong, unless it is of one of `fields`."""
    edit = edit_of(ask)
    try:
        with ask.writing() as unit:
            change(unit, edit)
    except InvalidModel as invalid:
        errors: dict[str, list[str]] = {}
        for each in invalid.problems:
            told = render_problem(ask.say, each)
            errors.setdefault(fields.get(each.part, rest), []).append(told)
        return FormErrors({name: "\n".join(told) for name, told in errors.items()})
    return CloseForm(show_draft(ask, ask.say("model", "changed", number=edit.version)))
