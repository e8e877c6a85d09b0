"""The six steps of the setup with how far each has come, and the way to what is to be done.

Refuses to offer what the reader may not press; where no press does it, the words say what to type.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.core.checklist import Check, CheckStep
from bot.core.say import Say
from bot.core.setup import Step
from bot.core.vocabulary import Role
from bot.views import setup
from bot.views.blocks import Element, actions, section
from bot.views.elements import button
from bot.views.link_ids import OPEN as LINK
from bot.views.model import PAGE as MODEL
from bot.views.reply import Block

Ways = list[Element]


def build_checklist_blocks(
    say: Say, checklist: Sequence[Check], roles: frozenset[Role]
) -> list[Block]:
    """All six in their order; only what is not done has a way."""
    blocks = [section(say("checklist", "title"))]
    for place, each in enumerate(checklist, start=1):
        mark = say("checklist", "mark", place=place, is_done=each.is_done, is_next=each.is_next)
        told = say("checklist", each.step.value, is_done=each.is_done, **each.figures)
        blocks.append(section(f"{mark} {told}"))
        blocks += actions([] if each.is_done else _list_ways(say, each, is_ops=Role.OPS in roles))
    return blocks


def _list_ways(say: Say, check: Check, *, is_ops: bool) -> Ways:
    if is_ops and check.step in _OF_OPS:
        return _OF_OPS[check.step](say, check.figures)
    return _OF_ALL[check.step](say, check.figures) if check.step in _OF_ALL else []


def _data(say: Say, figures: Mapping[str, int]) -> Ways:
    return [_open_step(say, "open_data", Step.DATA)]


def _collection(say: Say, figures: Mapping[str, int]) -> Ways:
    link = [button(say("gaps", "link_ids"), LINK)] if figures["unlinked"] else []
    return [*link, button(say("gaps", "see_imports"), "import")]


def _indicators(say: Say, figures: Mapping[str, int]) -> Ways:
    """The setup to its end; afterwards the key features, while there are none, and the model."""
    if not figures["started"]:
        return [button(say("checklist", "open_setup"), setup.OPEN)]
    features = [] if figures["features"] else [_open_step(say, "open_features", Step.FEATURES)]
    return [*features, *_model(say, figures)]


def _model(say: Say, figures: Mapping[str, int]) -> Ways:
    return [button(say("checklist", "open_model"), MODEL)] if figures["started"] else []


def _execution(say: Say, figures: Mapping[str, int]) -> Ways:
    return [button(say("checklist", "open_alerts"), "alerts")] if figures["open"] else []


def _review(say: Say, figures: Mapping[str, int]) -> Ways:
    return [button(say("checklist", "open_summary"), "summary")]


def _open_step(say: Say, words: str, step: Step) -> Element:
    return button(say("checklist", words), setup.OPEN, step.value)


_OF_OPS: Mapping[CheckStep, Callable[[Say, Mapping[str, int]], Ways]] = {
    CheckStep.DATA: _data,
    CheckStep.COLLECTION: _collection,
    CheckStep.INDICATORS: _indicators,
}
_OF_ALL: Mapping[CheckStep, Callable[[Say, Mapping[str, int]], Ways]] = {
    CheckStep.INDICATORS: _model,
    CheckStep.EXECUTION: _execution,
    CheckStep.REVIEW: _review,
}
