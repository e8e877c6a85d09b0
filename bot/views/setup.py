"""The frame of every step of the setup: where one is, the one way on, and the way back."""

from collections.abc import Mapping, Sequence

from bot.core.say import Say
from bot.core.setup import Progress, Step
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button
from bot.views.reply import Block, Message, View
from bot.views.surfaces import form, message
from bot.views.words import word

GO = "setup_step"
OPEN = "setup"


def form_of(step: Step) -> str:
    """The callback of a step's form."""
    return f"setup_{step.value}"


def build_step(
    say: Say,
    step: Step,
    progress: Progress,
    blocks: Sequence[Block],
    *,
    submit: str | None = "next",
    notice: str = "",
    carried: Mapping[str, str] | None = None,
) -> View:
    """A step's form: progress line, what it says, the way back. `submit` is a block of setup."""
    first = [context(_progress(say, step, progress))]
    told = [section(notice)] if notice else []
    return form(
        form_of(step),
        title=say("setup", "title"),
        submit=say("setup", submit) if submit else None,
        close=say("setup", "later") if progress.started_on is None else word(say, "close"),
        blocks=[*first, *told, *blocks, *actions(_ways(say, step, progress))],
        carried=carried,
    )


def build_started(say: Say, posted: int, revision_weeks: int) -> Message:
    """What happens from now on."""
    told = say("setup", "started", posted=posted, weeks=revision_weeks)
    return message(told, [section(told)])


def build_home_line(say: Say, progress: Progress) -> list[Block]:
    """How far it has come, with the button to go on."""
    done, first = len(progress.done), not progress.done
    told = say("setup", "home", done=done, all=len(Step), step=_name(say, progress.step))
    way = button(say("setup", "begin" if first else "go_on"), OPEN, style="primary")
    return [section(told), *actions([way])]


def _progress(say: Say, step: Step, progress: Progress) -> str:
    names = [
        {"name": _name(say, each), "is_here": each is step, "is_done": each in progress.done}
        for each in Step
    ]
    return say("setup", "progress", number=step.number, all=len(Step), steps=names)


def _name(say: Say, step: Step) -> str:
    return say("setup", f"step_{step.value}")


def _ways(say: Say, step: Step, progress: Progress) -> list[Element]:
    """Back; once started, every step is open."""
    if progress.started_on is not None:
        others = [each for each in Step if each is not step]
        return [
            button(_name(say, each), GO, each.value, number=each.number)
            for each in others
            if each is not Step.START
        ]
    if step is Step.DATA:
        return []
    return [button(say("setup", "back"), GO, step.later(-1).value)]
