"""A draft of a playbook: told to whoever works on it, edited in a form, put into use."""

from datetime import date

from bot.core.playbook_draft import Draft, DraftLimit
from bot.core.say import Say
from bot.views.blocks import actions, section
from bot.views.elements import button, text_input
from bot.views.limits import shorten
from bot.views.reply import Block, Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import word

FORM = "draft"
_NAME, _TYPED = 60, 12


def build_draft_told(say: Say, draft: Draft, by: str, check_on: date | None) -> Message:
    """Somebody decided to change the playbook: what is proposed, and the way to the form."""
    told = say(
        "draft",
        "told",
        name=_name(say, draft),
        version=draft.version,
        by=shorten(by, _NAME),
        check_on=check_on,
        changes=_changes(say, draft),
        can_edit=bool(draft.limits),
    )
    edit = button(say("draft", "edit"), FORM, draft.key, style="primary")
    return message(told, [section(told), *actions([edit] if draft.limits else [])])


def build_draft_form(say: Say, draft: Draft) -> View:
    """Every limit with what is in use beside it; sending it puts the draft into use."""
    about = say("draft", "about", name=_name(say, draft), version=draft.version)
    return form(
        FORM,
        title=say("draft", "title"),
        submit=say("draft", "use"),
        close=word(say, "cancel"),
        carried={"playbook": draft.key, "version": str(draft.version)},
        blocks=[section(about), *(_question(say, each) for each in draft.limits)],
    )


def build_draft_used(say: Say, draft: Draft) -> Message:
    """The draft is in use now."""
    told = say("draft", "used", name=_name(say, draft), version=draft.version)
    return message(told, [section(told)])


def _question(say: Say, limit: DraftLimit) -> Block:
    return question(
        limit.field,
        say("limits", f"label_{limit.signal}_{limit.name}"),
        text_input(limit.field, value=limit.shown, most=_TYPED),
        hint=say("draft", "in_use", value=_value(say, limit, limit.before)),
    )


def _changes(say: Say, draft: Draft) -> list[str]:
    return [
        say(
            "draft",
            "change",
            label=say("limits", f"label_{each.signal}_{each.name}"),
            before=_value(say, each, each.before),
            after=_value(say, each, each.value),
        )
        for each in draft.limits
        if each.value != each.before
    ]


def _value(say: Say, limit: DraftLimit, value: float) -> str:
    return say.percent(value) if limit.is_share else say.number(value)


def _name(say: Say, draft: Draft) -> str:
    return shorten(draft.named(say.locale), _NAME)
