"""Interactive elements and pictures: what each may carry."""

from datetime import date

from sandbox.kinds import Json
from sandbox.rules.engine import (
    Anything,
    Choice,
    Flag,
    ListOf,
    Number,
    Problems,
    Rule,
    Shape,
    Text,
    exactly_one,
    in_order,
    shaped,
)
from sandbox.rules.menus import MENUS
from sandbox.rules.objects import (
    ACTION_ID,
    CONFIRM,
    DISPATCH,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    RICH_OPTION,
    SLACK_FILE,
    STYLE,
    WEB_URL,
    WORKFLOW,
    check_choices,
    plain,
)
from sandbox.rules.problem import Problem

_NUMERIC = Text(255, pattern=r"-?\d+(\.\d+)?", what="a number written as a string")
_LABEL = Text(75)
_FOCUS: dict[str, Rule] = {"action_id": ACTION_ID, "focus_on_load": Flag()}
_TYPED_IN: dict[str, Rule] = {
    **_FOCUS,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": DISPATCH,
}


def _check_date(value: Json, at: str) -> Problems:
    try:
        date.fromisoformat(value.get("initial_date", "2026-01-01"))
    except ValueError:
        yield Problem(f"{at}/initial_date", "bad_value", "must be a day of the calendar")


def _check_whole(value: Json, at: str) -> Problems:
    for name in ("initial_value", "min_value", "max_value"):
        if not value["is_decimal_allowed"] and "." in value.get(name, ""):
            yield Problem(f"{at}/{name}", "bad_value", "must be whole, decimals are not allowed")


def _check_within(value: Json, at: str) -> Problems:
    given = value.get("initial_value")
    if given is not None and len(given) > value.get("max_length", 3000):
        yield Problem(f"{at}/initial_value", "too_long", "must not be longer than max_length")


_FEEDBACK_BUTTON = Shape(
    {"text": plain(75), "value": Text(2000, shortest=0), "accessibility_label": _LABEL},
    ("text", "value"),
)

_BUTTONS = {
    "button": shaped(
        "button",
        {
            "text": plain(75),
            "action_id": ACTION_ID,
            "url": WEB_URL,
            "value": Text(2000),
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": _LABEL,
        },
        "text",
    ),
    "workflow_button": shaped(
        "workflow_button",
        {
            "text": plain(75),
            "action_id": ACTION_ID,
            "workflow": WORKFLOW,
            "style": STYLE,
            "accessibility_label": _LABEL,
        },
        "text",
        "workflow",
    ),
    "icon_button": shaped(
        "icon_button",
        {
            "icon": Choice(("trash",)),
            "text": plain(75),
            "action_id": ACTION_ID,
            "value": Text(2000),
            "confirm": CONFIRM,
            "accessibility_label": _LABEL,
            "visible_to_user_ids": ListOf(Text(255), 10),
        },
        "icon",
        "text",
    ),
    "feedback_buttons": shaped(
        "feedback_buttons",
        {
            "action_id": ACTION_ID,
            "positive_button": _FEEDBACK_BUTTON,
            "negative_button": _FEEDBACK_BUTTON,
        },
        "positive_button",
        "negative_button",
    ),
    "overflow": shaped(
        "overflow",
        {"action_id": ACTION_ID, "options": ListOf(OVERFLOW_OPTION, 5), "confirm": CONFIRM},
        "options",
    ),
}

_TICKS: dict[str, Rule] = {**_FOCUS, "options": ListOf(RICH_OPTION, 10), "confirm": CONFIRM}

_PICKERS = {
    "checkboxes": shaped(
        "checkboxes",
        {**_TICKS, "initial_options": ListOf(RICH_OPTION, 10)},
        "options",
        checks=(check_choices,),
    ),
    "radio_buttons": shaped(
        "radio_buttons",
        {**_TICKS, "initial_option": RICH_OPTION},
        "options",
        checks=(check_choices,),
    ),
    "datepicker": shaped(
        "datepicker",
        {
            **_FOCUS,
            "initial_date": Text(10, pattern=r"\d{4}-\d{2}-\d{2}", what="a date YYYY-MM-DD"),
            "placeholder": PLACEHOLDER,
            "confirm": CONFIRM,
        },
        checks=(_check_date,),
    ),
    "timepicker": shaped(
        "timepicker",
        {
            **_FOCUS,
            "initial_time": Text(5, pattern=r"([01]\d|2[0-3]):[0-5]\d", what="a time HH:mm"),
            "placeholder": PLACEHOLDER,
            "confirm": CONFIRM,
            "timezone": Text(255),
        },
    ),
    "datetimepicker": shaped(
        "datetimepicker",
        {**_FOCUS, "initial_date_time": Number(1_000_000_000, 9_999_999_999), "confirm": CONFIRM},
    ),
}

_ENTRIES = {
    "plain_text_input": shaped(
        "plain_text_input",
        {
            **_TYPED_IN,
            "initial_value": Text(3000, shortest=0),
            "multiline": Flag(),
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
        },
        checks=(in_order("min_length", "max_length"), _check_within),
    ),
    "number_input": shaped(
        "number_input",
        {
            **_TYPED_IN,
            "is_decimal_allowed": Flag(),
            "initial_value": _NUMERIC,
            "min_value": _NUMERIC,
            "max_value": _NUMERIC,
        },
        "is_decimal_allowed",
        checks=(in_order("min_value", "max_value"), _check_whole),
    ),
    "email_text_input": shaped(
        "email_text_input", {**_TYPED_IN, "initial_value": Text(3000, shortest=0)}
    ),
    "url_text_input": shaped(
        "url_text_input", {**_TYPED_IN, "initial_value": Text(3000, shortest=0)}
    ),
    "file_input": shaped(
        "file_input",
        {
            "action_id": ACTION_ID,
            "filetypes": ListOf(Text(50), 100),
            "max_files": Number(1, 10),
        },
    ),
    "rich_text_input": shaped(
        "rich_text_input",
        {
            **_TYPED_IN,
            "initial_value": Anything(),
            "min_lines": Number(1, 100),
            "max_lines": Number(1, 100),
        },
        checks=(in_order("min_lines", "max_lines"),),
    ),
}

IMAGE = shaped(
    "image",
    {"image_url": WEB_URL, "slack_file": SLACK_FILE, "alt_text": Text(2000)},
    "alt_text",
    checks=(exactly_one("image_url", "slack_file"),),
)

ELEMENTS: dict[str, Shape] = {**_BUTTONS, **_PICKERS, **_ENTRIES, **MENUS, "image": IMAGE}

SELECTS = tuple(name for name in MENUS if name.endswith("_select"))
_SHARED = (*SELECTS, "checkboxes", "radio_buttons", "datepicker", "timepicker")

IN_SECTION = (*_SHARED, "button", "workflow_button", "overflow", "image")
IN_ACTIONS = (
    *_SHARED,
    "button",
    "workflow_button",
    "overflow",
    "datetimepicker",
    "rich_text_input",
)
IN_INPUT = (*_SHARED, "datetimepicker", *_ENTRIES)
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
