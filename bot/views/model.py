"""The health model in use, its history, and the draft of the next: what differs, and what is next.

Whoever may not edit sees the same without the buttons.
"""

from collections.abc import Callable, Sequence
from typing import Any

from bot.core.model_change import ModelChange
from bot.core.model_page import Draft, Model, ModelPage, Step, VersionLine
from bot.core.say import Say
from bot.core.validity_page import Warned
from bot.views.blocks import Element, actions, context, divider, section
from bot.views.elements import button, confirming
from bot.views.limits import shorten
from bot.views.model_words import render_brief, render_curve, render_grade, render_variant
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.words import word

PAGE, START, OPEN, YAML = "model", "model_start", "model_draft", "model_yaml"
BANDS, VARIANT = "model_bands", "model_variant"
SIMULATE, RESULT, ASK = "model_simulate", "model_result", "model_ask"
APPROVE, REJECT, DISCARD = "model_approve", "model_reject", "model_discard"

SIMULATED = "simulated"
_NAME, _NOTE = 60, 300
_MOST_CHANGES, _MOST_VERSIONS, _MOST_VARIANTS, _MOST_WHOLE = 15, 5, 12, 4
_MOST_WARNED = 3


def build_model(say: Say, page: ModelPage) -> Message:
    """What is in use, variant by variant, and the way to the next version."""
    line = page.line
    lead = say(
        "model",
        "lead",
        name=shorten(page.model.name, _NAME),
        version=line.number,
        by=shorten(line.by, _NAME),
        approved_by=shorten(line.approved_by, _NAME),
        at=line.at,
        zone=page.zone,
        note=shorten(line.note, _NOTE),
    )
    shown = page.model.variants[:_MOST_VARIANTS]
    rows = [[section(render_variant(say, each))] for each in shown]
    tail = [*_history(say, page), divider(), section(_next_version(say, page)), *_ways(say, page)]
    return message(
        say("model", "fallback", version=line.number),
        fit(
            [section(lead), section(render_bands(say, page.model))],
            rows,
            tail,
            _more(say),
            hidden=len(page.model.variants) - len(rows),
        ),
    )


def build_draft(say: Say, draft: Draft, zone: str, *, may_edit: bool, told: str = "") -> Message:
    """What the draft changes, and what is to be done next; `told` stands above it."""
    head = [
        *([section(told)] if told else []),
        section(_draft_lead(say, draft, zone)),
        section(render_changes(say, draft.changes)),
        *warn(say, draft.warned),
        section(render_bands(say, draft.model)),
    ]
    rows = [
        [section(text, _edit(say, draft, name) if may_edit else None)]
        for name, text in _list_variants(say, draft)
    ]
    tail = [
        context(say("model", "steps", lines=[_step(say, each, zone) for each in draft.steps])),
        section(say("model", _next_step(draft))),
        *actions(_deeds(say, draft, may_edit=may_edit)),
    ]
    text = told or say("model", "draft_fallback", number=draft.line.number)
    return message(text, fit(head, rows, tail, _more(say)))


def warn(say: Say, warned: Sequence[Warned]) -> list[Block]:
    """What gains weight though a playbook moves it and leaving does not follow."""
    return [section(_warning(say, each)) for each in warned[:_MOST_WARNED]]


def _warning(say: Say, each: Warned) -> str:
    found = each.chased
    return say(
        "model",
        f"warned_{found.following}",
        label=shorten(each.label, _NAME),
        title=shorten(each.title, _NAME),
        treated=found.treated,
        treated_left=found.treated_left,
        others=found.others,
        others_left=found.others_left,
    )


def render_bands(say: Say, model: Model) -> str:
    """The edges of the bands, and what a score needs."""
    return say(
        "model",
        "bands",
        red_below=f"{model.red_below:g}",
        green_from=f"{model.green_from:g}",
        least_coverage=model.least_coverage,
    )


def render_changes(say: Say, changes: Sequence[ModelChange]) -> str:
    """A line a change against the version in use; past fifteen their number."""
    if not changes:
        return say("model", "unchanged")
    lines = [_change(say, each) for each in changes[:_MOST_CHANGES]]
    if len(changes) > len(lines):
        lines.append(say("model", "changes_more", count=len(changes) - len(lines)))
    return say("model", "changes", lines=lines)


def _change(say: Say, change: ModelChange) -> str:
    shown = _shown(say, change)
    return say(
        "model",
        f"change_{change.kind}",
        variant=shorten(change.called, _NAME),
        label=change.label,
        before=shown(change.before),
        after=shown(change.after),
    )


def _shown(say: Say, change: ModelChange) -> Callable[[Any], Any]:
    """How the values of this kind of change are said."""
    if change.kind in ("grade", "measure_added", "measure_removed"):
        return lambda grade: render_grade(say, grade) if grade else ""
    if change.kind == "curve":
        return lambda curve: render_curve(say, change.unit, curve)
    if change.kind in ("red_below", "green_from", "neutral"):
        return lambda points: f"{points:g}"
    return lambda value: value


def _list_variants(say: Say, draft: Draft) -> list[tuple[str, str]]:
    """Name and text: the first that are changed whole, the others in a line."""
    changed = [each.variant for each in draft.changes if each.variant]
    whole = set(list(dict.fromkeys(changed))[:_MOST_WHOLE])
    return [
        (each.name, render_variant(say, each) if each.name in whole else render_brief(say, each))
        for each in draft.model.variants
    ]


def _history(say: Say, page: ModelPage) -> list[Block]:
    lines = [_version(say, each, page.zone) for each in page.history[:_MOST_VERSIONS]]
    return [context(say("model", "history", lines=lines))] if lines else []


def _version(say: Say, line: VersionLine, zone: str) -> str:
    return say(
        "model",
        "history_line",
        number=line.number,
        status=say("model", f"status_{line.status}"),
        at=line.at,
        zone=zone,
        by=shorten(line.by, _NAME),
        approved_by=shorten(line.approved_by, _NAME),
        note=shorten(line.note, _NAME),
    )


def _next_version(say: Say, page: ModelPage) -> str:
    draft = page.draft
    if draft is None:
        return say("model", "no_draft")
    status = say("model", f"status_{draft.status}")
    by = shorten(draft.by, _NAME)
    return say("model", "draft_there", number=draft.number, status=status, by=by)


def _ways(say: Say, page: ModelPage) -> list[Block]:
    made: list[Element] = []
    if page.draft is not None:
        made.append(button(say("model", "open_draft"), OPEN, style="primary"))
    elif page.may_edit:
        made.append(button(say("model", "start"), START, style="primary"))
    if page.may_edit:
        made.append(button(say("model", "yaml"), YAML, str(page.line.number)))
    return actions(made)


def _draft_lead(say: Say, draft: Draft, zone: str) -> str:
    line = draft.line
    return say(
        "model",
        "draft_lead",
        number=line.number,
        status=say("model", f"status_{line.status}"),
        by=shorten(line.by, _NAME),
        at=line.at,
        zone=zone,
        note=shorten(line.note, _NOTE),
    )


def _next_step(draft: Draft) -> str:
    if draft.line.status != SIMULATED:
        return "next_simulate"
    return "next_approve" if draft.may_approve else "next_ask"


def _step(say: Say, step: Step, zone: str) -> str:
    name = step.action.removeprefix("health_model_")
    by, reason = shorten(step.by, _NAME), shorten(step.reason, _NOTE)
    return say("model", f"step_{name}", at=step.at, zone=zone, by=by, reason=reason)


def _edit(say: Say, draft: Draft, variant: str) -> Element:
    return button(say("model", "edit"), VARIANT, f"{draft.value}:{variant}")


def _deeds(say: Say, draft: Draft, *, may_edit: bool) -> list[Element]:
    """The next step first, and it alone stands out."""
    is_simulated, value = draft.line.status == SIMULATED, draft.value
    made: list[Element] = []
    if may_edit:
        style = None if is_simulated else "primary"
        made.append(button(say("model", "simulate"), SIMULATE, value, style=style))
    if is_simulated:
        made.append(button(say("model", "result"), RESULT, value))
    if is_simulated and draft.may_approve:
        made.append(_sure(say, button(say("model", "approve"), APPROVE, value, style="primary")))
    elif is_simulated and may_edit:
        made.append(button(say("model", "ask"), ASK, value, style="primary"))
    if may_edit:
        made.append(button(say("model", "edit_bands"), BANDS, value))
        made.append(button(say("model", "yaml"), YAML, str(draft.line.number)))
    if draft.may_approve or not draft.is_own:
        made.append(button(say("model", "reject"), REJECT, value))
    if may_edit:
        made.append(_sure(say, button(say("model", "discard"), DISCARD, value), "discard"))
    return made


def _sure(say: Say, element: Element, deed: str = "approve") -> Element:
    text = say("model", f"sure_{deed}")
    return confirming(element, say("model", deed), text, say("model", deed), word(say, "cancel"))


def _more(say: Say) -> Callable[[int], Sequence[Block]]:
    return lambda left: [context(say("words", "and_more", count=left))]
