"""What people are told of a health model's way: asked for, approved, sent back, as a file."""

from collections.abc import Sequence

from bot.core.model_page import Draft
from bot.core.model_problem import ModelProblem
from bot.core.say import Say
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.model import OPEN, RESULT, SIMULATE, render_changes
from bot.views.model_words import render_problems
from bot.views.reply import Message
from bot.views.surfaces import message

_NAME, _NOTE = 60, 300


def build_line(say: Say, block: str, **context: object) -> Message:
    """A short answer: a block of the model's own template."""
    told = say("model", block, **context)
    return message(told, [section(told)])


def build_unfinished(say: Say, number: int, revision: int, reference: str) -> Message:
    """A simulation that was ended from outside: the reference, and the way to try again."""
    told = say("model", "unfinished", number=number, reference=reference)
    again = button(say("model", "simulate"), SIMULATE, f"{number}:{revision}", style="primary")
    return message(told, [section(told), *actions([again])])


def build_please_approve(say: Say, draft: Draft, by: str) -> Message:
    """To whoever may approve: what changes, and the way to it."""
    told = say(
        "model",
        "please_approve",
        by=shorten(by, _NAME),
        number=draft.line.number,
        note=shorten(draft.line.note, _NOTE),
    )
    ways = [
        button(say("model", "open_draft"), OPEN, style="primary"),
        button(say("model", "result"), RESULT, draft.value),
    ]
    return message(
        told, [section(told), section(render_changes(say, draft.changes)), *actions(ways)]
    )


def build_rejected(say: Say, number: int, by: str, reason: str) -> Message:
    """To whoever changed it last: who sent it back, and why."""
    by, reason = shorten(by, _NAME), shorten(reason, _NOTE)
    told = say("model", "rejected_told", number=number, by=by, reason=reason)
    return message(told, [section(told), *actions([button(say("model", "open_draft"), OPEN)])])


def build_bad_file(say: Say, name: str, problems: Sequence[ModelProblem]) -> Message:
    """A file that is no model, with everything that is wrong about it."""
    lines = render_problems(say, problems)
    told = say("model", "yaml_bad", name=shorten(name, _NAME), lines=lines)
    return message(told, [section(told)])


def build_taken_file(say: Say, name: str, number: int) -> Message:
    """A file that is a draft now."""
    told = say("model", "yaml_taken", name=shorten(name, _NAME), number=number)
    return message(told, [section(told), *actions([button(say("model", "open_draft"), OPEN)])])
