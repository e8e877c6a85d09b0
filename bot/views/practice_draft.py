"""A draft of a playbook made of what repeated: what has to be said of it, and who is told."""

from collections.abc import Mapping

from bot.core.playbook_draft import Draft
from bot.core.say import Say
from bot.views.blocks import actions, section
from bot.views.elements import button, confirming, select, text_input
from bot.views.limits import shorten
from bot.views.playbook_draft import FORM as DRAFT
from bot.views.playbook_draft import render_first
from bot.views.reply import Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import word

FORM, DISCARD = "practice", "practice_drop"
NAME, SIGN, DAYS, HYPOTHESIS = "name", "sign", "days", "hypothesis"
_NAME, _MOST, _LINE = 60, 60, 200
_USUAL_DAYS = (1, 2, 3, 5, 10)


def build_practice_form(
    say: Say, task_id: int, title: str, signs: Mapping[str, Mapping[str, str] | None]
) -> View:
    """Name, sign, days and hypothesis; `signs` with the playbook that has it already."""
    choices = [(_sign(say, key, used), key) for key, used in signs.items()]
    days = [(say("practice", "days", count=count), str(count)) for count in _USUAL_DAYS]
    name = text_input(NAME, value=shorten(title, _MOST), most=_MOST)
    return form(
        FORM,
        title=say("practice", "title"),
        submit=say("practice", "submit"),
        close=word(say, "cancel"),
        carried={"task": str(task_id)},
        blocks=[
            section(say("practice", "about", title=shorten(title, _NAME))),
            question(NAME, say("practice", "label_name"), name),
            question(
                SIGN,
                say("practice", "label_sign"),
                select(choices, SIGN, say("practice", "choose")),
                hint=say("practice", "hint_sign"),
            ),
            question(
                DAYS, say("practice", "label_days"), select(days, DAYS, say("practice", "choose"))
            ),
            question(
                HYPOTHESIS,
                say("practice", "label_hypothesis"),
                text_input(HYPOTHESIS, most=_LINE),
                hint=say("practice", "hint_hypothesis"),
            ),
        ],
    )


def build_new_draft(say: Say, draft: Draft, by: str) -> Message:
    """To whoever checks it: what is proposed, and the ways on."""
    told = say("practice", "told", name=_name(say, draft), by=shorten(by, _NAME))
    if draft.first:
        told = f"{told}\n{render_first(say, draft.first)}"
    check = button(say("practice", "check"), DRAFT, draft.key, style="primary")
    drop = confirming(
        button(say("practice", "drop"), DISCARD, f"{draft.key}:{draft.version}", style="danger"),
        say("practice", "drop_title"),
        say("practice", "drop_sure", name=_name(say, draft)),
        say("practice", "drop"),
        word(say, "cancel"),
    )
    return message(told, [section(told), *actions([check, drop])])


def build_made(say: Say, draft: Draft, checker: str) -> Message:
    """To whoever made it; `checker` is empty where nobody else can put it into use."""
    told = say("practice", "made", name=_name(say, draft), checker=shorten(checker, _NAME))
    return message(told, [section(told)])


def build_dropped(say: Say, name: str) -> Message:
    """It is gone."""
    told = say("practice", "dropped", name=shorten(name, _NAME))
    return message(told, [section(told)])


def _sign(say: Say, key: str, used: Mapping[str, str] | None) -> str:
    name = say(f"signal_{key}", "name")
    if used is None:
        return name
    return say("practice", "sign_used", name=name, playbook=shorten(used[say.locale], _NAME))


def _name(say: Say, draft: Draft) -> str:
    return shorten(draft.named(say.locale), _NAME)
