"""Health models, drafts and simulations of whatever texts and sizes a test chooses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.core.band_flow import Flow, Move, Share
from bot.core.model_change import ModelChange
from bot.core.model_page import Ceiling, Draft, Model, ModelPage, Step, Variant, VersionLine, Weight
from bot.core.model_problem import ModelProblem
from bot.core.model_simulation import AlertLoad, OwnerLoad, Shifted, Simulation
from bot.core.money import Money
from bot.core.say import Say
from bot.core.vocabulary import Band
from bot.views.model import build_draft, build_model
from bot.views.model_forms import (
    build_add_form,
    build_bands_form,
    build_caps_form,
    build_measure_form,
    build_pick_form,
    build_reject_form,
    build_start_form,
)
from bot.views.model_simulation import build_rest, build_simulation
from bot.views.model_told import (
    build_bad_file,
    build_please_approve,
    build_rejected,
    build_taken_file,
    build_unfinished,
)
from bot.views.reply import Message, View
from tests.views.samples_of_the_past import TOO_FEW, build_past
from tests.views.samples_of_validity import list_validity_views, list_warned

TODAY = date(2026, 11, 20)
ZONE = "Asia/Tokyo"
_AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
_CURVE = tuple((-1 + 0.1 * number, 5.0 * number) for number in range(20))


def list_model_views(say: Say, text: str, size: int) -> Iterator[tuple[str, Message | View]]:
    """Every page and form of a small model and of one as large as they may become."""
    yield from list_validity_views(say, text, size)
    draft = build_sample(text, size)
    history = [replace(draft.line, number=number, status="retired") for number in range(size)]
    for may_edit, there in ((True, None), (True, draft.line), (False, draft.line)):
        page = ModelPage(draft.line, draft.model, history, there, ZONE, may_edit)
        yield f"model {may_edit} {there is None}", build_model(say, page)
    for made in (
        draft,
        replace(draft, simulation=None, line=replace(draft.line, status="draft"), changes=[]),
        replace(draft, is_own=True, may_approve=False),
    ):
        yield (
            f"draft {made.line.status}",
            build_draft(say, made, ZONE, may_edit=True, told=_changed(say)),
        )
        yield f"seen {made.line.status}", build_draft(say, made, ZONE, may_edit=False)
    yield from _forms(say, draft, text)
    yield from _told(say, draft, text, size)


def _changed(say: Say) -> str:
    return say("model", "changed", number=2)


def _forms(say: Say, draft: Draft, text: str) -> Iterator[tuple[str, Message | View]]:
    variant = draft.model.variants[0]
    yield "model start", build_start_form(say, 1, ["by_segment"])
    yield "model bands", build_bands_form(say, draft)
    yield "model pick", build_pick_form(say, draft, variant)
    weight = variant.weights[0]
    yield "model measure", build_measure_form(say, draft, variant, weight, text[:200], text)
    measures = [(text[:60] or "x", f"m{number}") for number in range(60)]
    yield "model add", build_add_form(say, draft, variant, measures)
    yield "model caps", build_caps_form(say, draft, variant, text)
    yield "model reject", build_reject_form(say, draft)


def _told(say: Say, draft: Draft, text: str, size: int) -> Iterator[tuple[str, Message | View]]:
    assert draft.simulation is not None
    for name, found in (
        ("full", draft.simulation),
        ("empty", replace(draft.simulation, flow=Flow("JPY"), first=[], by_hand=0, past=TOO_FEW)),
    ):
        yield f"simulation {name}", build_simulation(say, draft, found)
        yield f"simulation by week {name}", build_rest(say, draft, found)
    problems = [ModelProblem("no_number", text[:80], "x", {"value": text[:40]})] * size
    yield "model file bad", build_bad_file(say, text, problems)
    yield "simulation unfinished", build_unfinished(say, 2, 3, text[:8])
    yield "model file taken", build_taken_file(say, text, 2)
    yield "model to approve", build_please_approve(say, draft, text)
    yield "model sent back", build_rejected(say, 2, text, text)


def build_sample(text: str, size: int) -> Draft:
    """A draft with every kind of change; names are as long as the document allows."""
    name = text[:60] or "x"
    line = VersionLine(2, "simulated", text, _AT, text, text[:500])
    weights = [
        Weight(f"m{number}", "ログイン", unit, grade, _CURVE[: 2 + number % 19])
        for number, (unit, grade) in enumerate(
            [("share", "important"), ("days", "normal")] * min(size, 12)
        )
    ]
    ceilings = [
        Ceiling("nps", "NPS", text, "days", 3.0, None, 69.0),
        Ceiling("nps", "NPS", text, "ratio", None, 0.1, 49.0),
    ]
    when = {
        "usage_expected": False,
        "tier": ["mid", "smb"],
        "difficulty": ["hard"],
        "stage": ["adoption"],
    }
    variants = [
        Variant(name, name, when if number else {}, weights, ceilings)
        for number in range(min(size, 14))
    ]
    model = Model(name, 49.5, 70.0, 0.5, variants)
    steps = [Step(f"health_model_{each}", text, _AT, text) for each in _STEPS]
    names = dict.fromkeys(range(size), text)
    changes = _list_changes(name)
    found = _simulation(size)
    warned = list_warned(text)
    return Draft(line, 3, model, changes, steps, found, False, True, names, warned)


_STEPS = ("draft_made", "draft_changed", "simulated", "approval_asked", "rejected")


def _list_changes(name: str) -> list[ModelChange]:
    numbers = ("neutral", "least_coverage", "red_below", "green_from")
    return [
        *(ModelChange(kind, before=0.4, after=0.5) for kind in numbers),
        *(
            ModelChange(kind, name)
            for kind in ("variant_added", "variant_removed", "when", "label")
        ),
        ModelChange("name", before=name, after=name),
        ModelChange("order", before=[name], after=[name] * 5),
        ModelChange("measure_added", name, "nps", None, "normal", "NPS", "points"),
        ModelChange("measure_removed", name, "nps", "normal", None, "NPS", "points"),
        ModelChange("grade", name, "nps", "normal", "important", "NPS", "points"),
        ModelChange("curve", name, "nps", _CURVE, _CURVE, "NPS", "share"),
        ModelChange("caps", name, before=[], after=[{}]),
        *[ModelChange("variant_added", name)] * 5,
    ]


def _simulation(size: int) -> Simulation:
    money = Money(Decimal(10**11), "JPY")
    moves = [Move(was, now, Share(size, money, size)) for was in Band for now in Band]
    first = [
        Shifted(
            number, Decimal(10**9) if number % 2 else None, 69.6, None, Band.GREEN, Band.UNKNOWN
        )
        for number in range(min(size, 10))
    ]
    owners = [OwnerLoad(number or None, [1, 0, 2, 3], [9] * 4) for number in range(size)]
    weeks = [TODAY - timedelta(weeks=back) for back in (4, 3, 2, 1)]
    flow = Flow("JPY", TODAY, TODAY, moves)
    load = AlertLoad(weeks, owners, size)
    past = build_past(size) if size else TOO_FEW
    return Simulation(TODAY, 1, 3, size + 1, flow, first, (size, 0), (0.5, 0.75), size, load, past)
