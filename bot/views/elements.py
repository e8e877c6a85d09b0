"""What can be pressed or chosen. Refuses to know what happens then: an element names its deed."""

from collections.abc import Sequence
from datetime import date

from bot.core.deed_ids import MENU, entry, numbered
from bot.views import limits
from bot.views.blocks import Element, marked, plain

Choice = tuple[str, str]
"""What is shown (escaped) and what is sent."""


def button(
    text: str, deed: str, value: str = "", *, number: int = 0, style: str | None = None
) -> Element:
    """A button; `number` keeps buttons of one deed apart within a block."""
    made: Element = {
        "type": "button",
        "text": plain(text, limits.BUTTON),
        "action_id": numbered(deed, number) if number else deed,
    }
    if value:
        made["value"] = value[: limits.BUTTON_VALUE]
    if style:
        made["style"] = style
    return made


def confirming(element: Element, title: str, text: str, yes: str, no: str) -> Element:
    """The element with a question before it does anything."""
    question = {
        "title": plain(title, limits.CONFIRM_TITLE),
        "text": marked(text, limits.CONFIRM_TEXT),
        "confirm": plain(yes, limits.CONFIRM_BUTTON),
        "deny": plain(no, limits.CONFIRM_BUTTON),
    }
    return {**element, "confirm": question}


def option(choice: Choice) -> Element:
    """One line of a menu."""
    text, value = choice
    return {"text": plain(text, limits.OPTION), "value": value[: limits.OPTION_VALUE]}


def overflow(entries: Sequence[tuple[str, str, str]], number: int = 0) -> Element:
    """The menu behind ⋯ with at most five entries of (text, deed, value)."""
    options = [option((text, entry(deed, value))) for text, deed, value in entries]
    action_id = numbered(MENU, number) if number else MENU
    return {"type": "overflow", "action_id": action_id, "options": options[: limits.OVERFLOW]}


def select(
    choices: Sequence[Choice], deed: str, placeholder: str, chosen: str | None = None
) -> Element:
    """A menu of at most 100 lines; `chosen` is the value it starts on."""
    options = [option(choice) for choice in choices[: limits.OPTIONS]]
    made: Element = {
        "type": "static_select",
        "action_id": deed,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "options": options,
    }
    started = [each for each in options if each["value"] == chosen]
    return {**made, "initial_option": started[0]} if started else made


def many_select(
    choices: Sequence[Choice],
    deed: str,
    placeholder: str,
    chosen: Sequence[str] = (),
    most: int | None = None,
) -> Element:
    """A menu of at most 100 lines of which several, at most `most`, may be chosen."""
    options = [option(choice) for choice in choices[: limits.OPTIONS]]
    made: Element = {
        "type": "multi_static_select",
        "action_id": deed,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "options": options,
    }
    if most is not None:
        made["max_selected_items"] = most
    started = [each for each in options if each["value"] in chosen][:most]
    return {**made, "initial_options": started} if started else made


def person_select(deed: str, placeholder: str, chosen: str | None = None) -> Element:
    """A picker of the workspace's people; `chosen` is a Slack id."""
    made: Element = {
        "type": "users_select",
        "action_id": deed,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
    }
    return {**made, "initial_user": chosen} if chosen else made


def account_select(deed: str, placeholder: str, chosen: Choice | None = None) -> Element:
    """A type-ahead over accounts; it begins to search with the first letter."""
    made: Element = {
        "type": "external_select",
        "action_id": deed,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "min_query_length": 1,
    }
    return {**made, "initial_option": option(chosen)} if chosen else made


def channel_select(deed: str, placeholder: str, chosen: str | None = None) -> Element:
    """A picker of the workspace's own channels; shared ones are not offered."""
    made: Element = {
        "type": "conversations_select",
        "action_id": deed,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    return {**made, "initial_conversation": chosen} if chosen else made


def time_picker(deed: str, at: str, placeholder: str) -> Element:
    """A picker of a time of day; `at` is HH:MM."""
    return {
        "type": "timepicker",
        "action_id": deed,
        "initial_time": at,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
    }


def date_picker(deed: str, placeholder: str, on: date | None = None) -> Element:
    """A picker of a day; it starts on `on`, or empty."""
    made: Element = {
        "type": "datepicker",
        "action_id": deed,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
    }
    return {**made, "initial_date": on.isoformat()} if on else made


def text_input(deed: str, *, value: str = "", multiline: bool = False, most: int = 200) -> Element:
    """A field to type into, at most `most` characters."""
    made: Element = {
        "type": "plain_text_input",
        "action_id": deed,
        "multiline": multiline,
        "max_length": min(most, limits.INPUT),
    }
    return {**made, "initial_value": limits.beginning(value, most)} if value else made


def ticks(
    choices: Sequence[Choice],
    deed: str,
    chosen: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Element:
    """Boxes to tick, at most ten; `notes` stand in small print below them, one for each."""
    options = [option(choice) for choice in choices[:10]]
    for line, note in zip(options, notes, strict=False):
        line["description"] = plain(note, limits.OPTION)
    started = [each for each in options if each["value"] in chosen]
    made: Element = {"type": "checkboxes", "action_id": deed, "options": options}
    return {**made, "initial_options": started} if started else made


def radio(choices: Sequence[Choice], deed: str, chosen: str | None = None) -> Element:
    """One of a few, all in sight; at most ten."""
    options = [option(choice) for choice in choices[:10]]
    started = [each for each in options if each["value"] == chosen]
    made: Element = {"type": "radio_buttons", "action_id": deed, "options": options}
    return {**made, "initial_option": started[0]} if started else made
