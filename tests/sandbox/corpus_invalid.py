"""Messages Slack refuses, by their everyday parts: (name, payload, pointer, code)."""

from tests.sandbox.parts import (
    Json,
    actions,
    button,
    entry,
    marked,
    message,
    option,
    options,
    plain,
    section,
    with_accessory,
)

Refused = tuple[str, Json, str, str]

_A = "/blocks/0/accessory"
_E = "/blocks/0/elements/0"
_LONG = "x" * 3001


def _select(**fields: object) -> Json:
    return message(with_accessory("static_select", **fields))


def _confirm(**fields: object) -> Json:
    whole = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **fields}
    return message(actions(button(confirm=whole)))


MESSAGES: list[Refused] = [
    ("nothing at all", {}, "/text", "no_text"),
    ("blanks as text", message(section()) | {"text": " "}, "/text", "no_text"),
    ("blocks that are no list", {"text": "t", "blocks": {}}, "/blocks", "wrong_type"),
    ("51 blocks", message(*[{"type": "divider"}] * 51), "/blocks", "too_many"),
    ("a block that is a string", {"text": "t", "blocks": ["x"]}, "/blocks/0", "wrong_type"),
    ("a block without type", message({}), "/blocks/0/type", "unknown_type"),
    ("an unknown block", message({"type": "chart"}), "/blocks/0/type", "unknown_type"),
    ("an alert", message({"type": "alert", "text": plain()}), "/blocks/0/type", "not_allowed_here"),
    ("section without text", message({"type": "section"}), "/blocks/0", "missing"),
    ("empty section text", message(section("")), "/blocks/0/text/text", "too_short"),
    ("section of 3,001", message(section(_LONG)), "/blocks/0/text/text", "too_long"),
    (
        "an ampersand over the edge",
        message(section("&" + "x" * 2996)),
        "/blocks/0/text/text",
        "too_long",
    ),
    (
        "11 fields",
        message({"type": "section", "fields": [plain()] * 11}),
        "/blocks/0/fields",
        "too_many",
    ),
    (
        "a field of 2,001",
        message({"type": "section", "fields": [plain("x" * 2001)]}),
        "/blocks/0/fields/0/text",
        "too_long",
    ),
    (
        "mrkdwn in a header",
        message({"type": "header", "text": marked()}),
        "/blocks/0/text/type",
        "not_allowed_here",
    ),
    (
        "a header of 151",
        message({"type": "header", "text": plain("x" * 151)}),
        "/blocks/0/text/text",
        "too_long",
    ),
    ("an unknown key", message(section(colour="red")), "/blocks/0/colour", "unknown_field"),
    (
        "emoji in mrkdwn",
        message({"type": "section", "text": {**marked(), "emoji": True}}),
        "/blocks/0/text/emoji",
        "unknown_field",
    ),
    ("a block_id of 256", message(section(block_id="x" * 256)), "/blocks/0/block_id", "too_long"),
    (
        "a block_id twice",
        message(section(block_id="a"), section(block_id="a")),
        "/blocks/1/block_id",
        "duplicate",
    ),
    (
        "26 buttons",
        message(actions(*[button(action_id=f"{n}") for n in range(26)])),
        "/blocks/0/elements",
        "too_many",
    ),
    ("no buttons", message(actions()), "/blocks/0/elements", "too_few"),
    (
        "an action_id twice in a block",
        message(actions(button(), button())),
        "/blocks/0/elements/1/action_id",
        "duplicate",
    ),
    (
        "an action_id of 256",
        message(actions(button(action_id="x" * 256))),
        f"{_E}/action_id",
        "too_long",
    ),
    (
        "a button of 76",
        message(actions(button(text=plain("x" * 76)))),
        f"{_E}/text/text",
        "too_long",
    ),
    (
        "mrkdwn on a button",
        message(actions(button(text=marked()))),
        f"{_E}/text/type",
        "not_allowed_here",
    ),
    ("a value of 2,001", message(actions(button(value="x" * 2001))), f"{_E}/value", "too_long"),
    ("a default style", message(actions(button(style="default"))), f"{_E}/style", "bad_value"),
    ("a path as url", message(actions(button(url="/a"))), f"{_E}/url", "bad_value"),
    (
        "an input in actions",
        message(actions(entry("plain_text_input")["element"])),
        f"{_E}/type",
        "not_allowed_here",
    ),
    ("a section in a section", message(section(accessory=section())), f"{_A}/type", "unknown_type"),
    (
        "an entry as accessory",
        message(with_accessory("plain_text_input")),
        f"{_A}/type",
        "not_allowed_here",
    ),
    (
        "a long confirm title",
        _confirm(title=plain("x" * 101)),
        f"{_E}/confirm/title/text",
        "too_long",
    ),
    (
        "a long confirm button",
        _confirm(confirm=plain("x" * 31)),
        f"{_E}/confirm/confirm/text",
        "too_long",
    ),
    ("101 options", _select(options=options(101)), f"{_A}/options", "too_many"),
    ("no options", _select(options=[]), f"{_A}/options", "too_few"),
    ("neither options nor groups", _select(), _A, "missing"),
    (
        "options and groups",
        _select(options=options(1), option_groups=[{"label": plain(), "options": options(1)}]),
        f"{_A}/option_groups",
        "conflict",
    ),
    (
        "an option of 76",
        _select(options=[option(text="x" * 76)]),
        f"{_A}/options/0/text/text",
        "too_long",
    ),
    (
        "an escaped option of 77",
        _select(options=[option(text="<" + "x" * 73)]),
        f"{_A}/options/0/text/text",
        "too_long",
    ),
    (
        "an option value of 151",
        _select(options=[option("x" * 151)]),
        f"{_A}/options/0/value",
        "too_long",
    ),
    (
        "a link in a select",
        _select(options=[option(url="https://example.com")]),
        f"{_A}/options/0/url",
        "unknown_field",
    ),
    (
        "a start nobody offers",
        _select(options=options(2), initial_option=option("z")),
        f"{_A}/initial_option",
        "not_offered",
    ),
    (
        "a long placeholder",
        _select(options=options(1), placeholder=plain("x" * 151)),
        f"{_A}/placeholder/text",
        "too_long",
    ),
    (
        "six overflow entries",
        message(with_accessory("overflow", options=options(6))),
        f"{_A}/options",
        "too_many",
    ),
    (
        "eleven ticks",
        message(with_accessory("checkboxes", options=options(11))),
        f"{_A}/options",
        "too_many",
    ),
    (
        "30 February",
        message(with_accessory("datepicker", initial_date="2026-02-30")),
        f"{_A}/initial_date",
        "bad_value",
    ),
    (
        "a date with slashes",
        message(with_accessory("datepicker", initial_date="2026/02/01")),
        f"{_A}/initial_date",
        "bad_value",
    ),
    (
        "24 o'clock",
        message(with_accessory("timepicker", initial_time="24:00")),
        f"{_A}/initial_time",
        "bad_value",
    ),
    (
        "milliseconds",
        message(actions({"type": "datetimepicker", "initial_date_time": 10**12})),
        f"{_E}/initial_date_time",
        "out_of_range",
    ),
    (
        "an empty filter",
        message(with_accessory("conversations_select", filter={})),
        f"{_A}/filter",
        "missing",
    ),
]
