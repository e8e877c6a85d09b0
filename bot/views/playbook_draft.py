"""A draft of a playbook: told to whoever works on it, edited in a form, put into use."""

from datetime import date

from bot.core.playbook_draft import Draft, DraftLimit, FirstVersion
from bot.core.say import Say
from bot.views.blocks import actions, section
from bot.views.elements import button, text_input
from bot.views.limits import shorten
from bot.views.reply import Block, Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import word

FORM = "draft"
_NAME, _TYPED, _LINE = 60, 12, 200


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
    told: dict[str, object] = {"name": _name(say, draft), "version": draft.version}
    about = say("draft", "about_new" if draft.first else "about", **told)
    if draft.first:
        about = f"{about}\n{render_first(say, draft.first)}"
    return form(
        FORM,
        title=say("draft", "title"),
        submit=say("draft", "use"),
        close=word(say, "cancel"),
        carried={"playbook": draft.key, "version": str(draft.version)},
        blocks=[section(about), *(_question(say, draft, each) for each in draft.limits)],
    )


def build_draft_used(say: Say, draft: Draft) -> Message:
    """The draft is in use now."""
    block = "used_new" if draft.first else "used"
    told = say("draft", block, name=_name(say, draft), version=draft.version)
    return message(told, [section(told)])


def render_first(say: Say, first: FirstVersion) -> str:
    """Whom it would alert about, what would be done by when, and why."""
    return say(
        "draft",
        "first",
        signs=[say(f"signal_{key}", "name") for key in first.signs],
        steps=[(shorten(name[say.locale], _LINE), days) for name, days in first.steps],
        hypothesis=shorten(first.hypothesis[say.locale], _LINE),
    )


def _question(say: Say, draft: Draft, limit: DraftLimit) -> Block:
    in_use = say("draft", "in_use", value=_value(say, limit, limit.before))
    return question(
        limit.field,
        say("limits", f"label_{limit.signal}_{limit.name}"),
        text_input(limit.field, value=limit.shown, most=_TYPED),
        hint="" if draft.first else in_use,
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
