"""The form of an outcome: numbers then and now filled in, what was done, and what came of it."""

from collections.abc import Sequence
from math import floor

from bot.core.movement import Shift
from bot.core.outcome import Figures, ResultChoice
from bot.core.outcome_page import OutcomePage
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.voc import SENTIMENTS
from bot.core.vocabulary import Hypothesis, Mover
from bot.views.blocks import Element, context, section
from bot.views.elements import Choice, date_picker, radio, select, text_input
from bot.views.limits import escape_plain, shorten
from bot.views.reply import Block, View
from bot.views.shifts import render_window
from bot.views.surfaces import form, question
from bot.views.words import named, word

FORM, PICK = "outcome", "outcome_pick"
TASK, CLOSES = "task", "closes"
DONE, RESULT, IMPRESSION = "done", "result", "impression"
CAUSE, MOVER, SAID, TONE = "hypothesis", "mover", "said", "sentiment"
NEXT_TITLE, NEXT_ON = "next_title", "next_on"
LONGEST_DONE, LONGEST_IMPRESSION, LONGEST_SAID, LONGEST_TITLE = 300, 300, 1500, 200
_NAME, _TITLE, _OPTION = 80, 200, 70
# Radio buttons hold ten; a playbook with more results of its own gets a menu.
_RADIOS = 10


def build_outcome_form(say: Say, page: OutcomePage) -> View:
    """Everything there is to say of the task; result and impression are judged when it is sent."""
    return form(
        FORM,
        title=say("outcome", "form_title"),
        submit=say("outcome", "submit"),
        close=word(say, "cancel"),
        carried={TASK: str(page.task.id), CLOSES: "yes" if page.closes else ""},
        blocks=[*_about(say, page), *_asked(say, page), *_may(say, page)],
    )


def build_pick_form(say: Say, tasks: Sequence[TaskRow], name: str = "") -> View:
    """Which of these tasks, where several could be meant; `name` of the account they are of."""
    choices = [(_choice(say, each, with_name=not name), str(each.id)) for each in tasks]
    menu = select(choices, TASK, say("outcome", "choose_task"))
    return form(
        PICK,
        title=say("outcome", "form_title"),
        submit=say("outcome", "go_on"),
        close=word(say, "cancel"),
        blocks=[
            *([section(say("outcome", "of", name=shorten(name, _NAME)))] if name else []),
            question(TASK, say("outcome", "label_task"), menu),
        ],
    )


def render_numbers(say: Say, figures: Figures, page: OutcomePage) -> str:
    """Score and measure then and now; what is unknown is said to be."""
    told = [
        say(
            "outcome",
            "score",
            then_on=figures.then_on,
            then=_shown(figures.score_then),
            now=_shown(figures.score_now),
            change=_change(figures),
            today=page.today,
        )
    ]
    if page.shift is not None:
        told.append(_measure(say, page.shift))
    return "\n".join(told)


def name_result(say: Say, results: Sequence[ResultChoice], key: str) -> str:
    """A result's name: the playbook's own word for it, else everybody's."""
    own = next((each.names for each in results if each.key == key and each.names), None)
    return own[say.locale] if own else named(say, "result", key)


def _about(say: Say, page: OutcomePage) -> list[Block]:
    name, what = shorten(page.task.row.name, _NAME), shorten(page.task.named(say.locale), _TITLE)
    told = say("outcome", "about", name=name, what=what, closes=page.closes)
    return [section(told), context(render_numbers(say, page.figures, page))]


def _asked(say: Say, page: OutcomePage) -> list[Block]:
    done = text_input(DONE, value=page.task.named(say.locale), most=LONGEST_DONE)
    impression = text_input(IMPRESSION, most=LONGEST_IMPRESSION)
    hint = say("outcome", "hint_impression")
    return [
        _question(say, DONE, done, optional=True),
        _question(say, RESULT, _results(say, page.results)),
        _question(say, IMPRESSION, impression, hint=hint, optional=True),
    ]


def _may(say: Say, page: OutcomePage) -> list[Block]:
    movers = [(say("tasks", f"mover_{each}"), each.value) for each in Mover]
    tones = [(say("voc", f"sentiment_{each}"), each) for each in SENTIMENTS]
    said = text_input(SAID, multiline=True, most=LONGEST_SAID)
    tone = select(tones, TONE, say("voc", "choose"), "neutral")
    following = text_input(NEXT_TITLE, most=LONGEST_TITLE)
    day = date_picker(NEXT_ON, say("tasks", "choose_date"))
    return [
        *_cause(say, page),
        _question(say, MOVER, radio(movers, MOVER, page.task.mover.value)),
        _question(say, SAID, said, hint=say("outcome", "hint_said"), optional=True),
        _question(say, TONE, tone, optional=True),
        _question(say, NEXT_TITLE, following, optional=True),
        _question(say, NEXT_ON, day, hint=say("tasks", "hint_due_on"), optional=True),
    ]


def _cause(say: Say, page: OutcomePage) -> list[Block]:
    if not page.has_cause:
        return []
    causes = [(named(say, "hypothesis", each), each.value) for each in Hypothesis]
    menu = select(causes, CAUSE, say("outcome", "choose_cause"), page.cause)
    return [_question(say, CAUSE, menu, hint=say("outcome", "hint_hypothesis"), optional=True)]


def _results(say: Say, results: Sequence[ResultChoice]) -> Element:
    choices: list[Choice] = [
        (escape_plain(name_result(say, results, each.key)), each.key) for each in results
    ]
    if len(choices) > _RADIOS:
        return select(choices, RESULT, say("outcome", "choose_result"))
    return radio(choices, RESULT)


def _question(
    say: Say, name: str, element: Element, *, hint: str = "", optional: bool = False
) -> Block:
    return question(name, say("outcome", f"label_{name}"), element, hint=hint, optional=optional)


def _choice(say: Say, task: TaskRow, *, with_name: bool) -> str:
    name = shorten(task.row.name, _OPTION // 2) if with_name else ""
    what = shorten(task.named(say.locale), _OPTION // 2)
    return say("outcome", "choice", name=name, what=what, due_on=task.due_on)


def _measure(say: Say, shift: Shift) -> str:
    return say(
        "outcome",
        "measure",
        label=shift.label,
        then=_value(say, shift.unit, shift.before),
        now=_value(say, shift.unit, shift.now),
        window=render_window(say, shift.window),
    )


def _value(say: Say, unit: str, value: float | None) -> str:
    return "" if value is None else say("why", f"value_{unit}", value=value)


def _shown(score: float | None) -> int | None:
    """As people see a score elsewhere: whole points, rounded down."""
    return None if score is None else floor(score)


def _change(figures: Figures) -> int | None:
    then, now = _shown(figures.score_then), _shown(figures.score_now)
    return None if then is None or now is None else now - then
