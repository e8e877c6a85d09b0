"""Forms that change a draft of the health model, each with the revision it was opened on."""

from collections.abc import Mapping, Sequence

from bot.core.model_page import Draft, Variant, Weight
from bot.core.say import Say
from bot.views.blocks import section
from bot.views.elements import Choice, radio, select, text_input, ticks
from bot.views.limits import escape_plain, shorten
from bot.views.model import BANDS, REJECT, START
from bot.views.model_words import render_grade
from bot.views.reply import Block, View
from bot.views.surfaces import form, question
from bot.views.words import word

PICK, MEASURE, CAPS = "model_pick", "model_measure", "model_caps"
BASE, NOTE, RED, GREEN, COVERAGE = "base", "note", "red_below", "green_from", "least_coverage"
WHAT, GRADE, CURVE, REMOVE, NAME, CEILINGS = "what", "grade", "curve", "remove", "measure", "caps"
REASON = "reason"
# What the variant's form offers beside its measures.
ADD_ENTRY, CAPS_ENTRY = "+", "caps"
IN_USE = "active"
GRADES = ("most_important", "important", "normal")
_NOTE, _CURVE, _CAPS, _LABEL = 300, 1500, 2500, 60


def build_start_form(say: Say, number: int, shipped: Sequence[str]) -> View:
    """What to begin with, and why."""
    choices = [(say("model", "base_active", number=number), IN_USE)]
    choices += [(say("model", "base_shipped", name=name), name) for name in shipped]
    chooser = select(choices, BASE, say("model", "label_base"), IN_USE)
    blocks = [question(BASE, say("model", "label_base"), chooser), _note(say, "")]
    return _form(say, START, "start", blocks, {})


def build_bands_form(say: Say, draft: Draft) -> View:
    """The edges of the bands and what a score needs."""
    model = draft.model
    share = f"{round(model.least_coverage * 100, 4):g}"
    asked = (
        (RED, "label_red", f"{model.red_below:g}"),
        (GREEN, "label_green", f"{model.green_from:g}"),
        (COVERAGE, "label_coverage", share),
    )
    blocks = [
        question(name, say("model", label), text_input(name, value=value, most=8))
        for name, label, value in asked
    ]
    return _form(say, BANDS, "bands", [*blocks, _note(say, draft.line.note)], _carried(draft))


def build_pick_form(say: Say, draft: Draft, variant: Variant) -> View:
    """What of the variant is to be changed: a measure, its caps, or one more measure."""
    choices: list[Choice] = [
        (f"{shorten(each.label, _LABEL)} ({render_grade(say, each.grade)})", each.measure)
        for each in variant.weights
    ]
    choices += [(say("model", "what_caps"), CAPS_ENTRY), (say("model", "what_add"), ADD_ENTRY)]
    label = say("model", "label_what", variant=shorten(variant.label, _LABEL))
    chooser = select(choices, WHAT, say("model", "choose_what"))
    carried = _carried(draft, variant=variant.name)
    return _form(say, PICK, "variant", [question(WHAT, label, chooser)], carried, "next")


def build_measure_form(
    say: Say, draft: Draft, variant: Variant, weight: Weight, meaning: str, curve: str
) -> View:
    """Grade and corners of a measure of the variant; `curve` is its corners as they are typed."""
    about = say(
        "model", "about_measure", label=weight.label, variant=variant.label, meaning=meaning
    )
    remove = ticks([(say("model", "remove"), REMOVE)], REMOVE)
    blocks = [
        section(about),
        _grades(say, weight.grade),
        _corners(say, curve),
        *(
            [question(REMOVE, say("model", "label_remove"), remove, optional=True)]
            if len(variant.weights) > 1
            else []
        ),
        _note(say, draft.line.note),
    ]
    carried = _carried(draft, variant=variant.name, measure=weight.measure)
    return _form(say, MEASURE, "measure", blocks, carried)


def build_add_form(say: Say, draft: Draft, variant: Variant, measures: Sequence[Choice]) -> View:
    """One more measure of those the variant does not have yet, by their labels."""
    choices = [(escape_plain(label), name) for label, name in measures]
    chooser = select(choices, NAME, say("model", "label_measure"))
    blocks = [
        question(NAME, say("model", "label_measure"), chooser),
        _grades(say, GRADES[-1]),
        _corners(say, ""),
        _note(say, draft.line.note),
    ]
    return _form(say, MEASURE, "measure", blocks, _carried(draft, variant=variant.name))


def build_caps_form(say: Say, draft: Draft, variant: Variant, caps: str) -> View:
    """The variant's caps as lines; `caps` is how they are typed."""
    label = say("model", "label_caps", variant=shorten(variant.label, _LABEL))
    field = text_input(CEILINGS, value=caps, multiline=True, most=_CAPS)
    lines = question(CEILINGS, label, field, hint=say("model", "hint_caps"), optional=True)
    carried = _carried(draft, variant=variant.name)
    return _form(say, CAPS, "caps", [lines, _note(say, draft.line.note)], carried)


def build_reject_form(say: Say, draft: Draft) -> View:
    """Why the draft goes back."""
    field = text_input(REASON, multiline=True, most=_NOTE)
    blocks = [question(REASON, say("model", "label_reason"), field)]
    return _form(say, REJECT, "reject", blocks, _carried(draft), "reject")


def _grades(say: Say, chosen: str) -> Block:
    choices = [(render_grade(say, each), each) for each in GRADES]
    label, hint = say("model", "label_grade"), say("model", "grade_hint")
    return question(GRADE, label, radio(choices, GRADE, chosen), hint=hint)


def _corners(say: Say, curve: str) -> Block:
    field = text_input(CURVE, value=curve, multiline=True, most=_CURVE)
    return question(CURVE, say("model", "label_curve"), field, hint=say("model", "hint_curve"))


def _note(say: Say, note: str) -> Block:
    field = text_input(NOTE, value=note, most=_NOTE)
    hint = say("model", "hint_note")
    return question(NOTE, say("model", "label_note"), field, hint=hint, optional=True)


def _carried(draft: Draft, **more: str) -> Mapping[str, str]:
    return {"draft": draft.value, **more}


def _form(
    say: Say,
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    carried: Mapping[str, str],
    submit: str | None = None,
) -> View:
    return form(
        callback_id,
        title=say("model", f"title_{title}"),
        submit=say("model", submit) if submit else word(say, "save"),
        close=word(say, "cancel"),
        blocks=blocks,
        carried=carried,
    )
