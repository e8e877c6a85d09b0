"""Forms and homes Slack refuses: (name, payload, pointer, code)."""

from tests.sandbox.parts import (
    Json,
    actions,
    entry,
    home,
    marked,
    modal,
    options,
    plain,
    section,
    table,
)

Refused = tuple[str, Json, str, str]

_LONG = "x" * 3001

_V = "/view/blocks/0"

VIEWS: list[Refused] = [
    ("an empty home", home(), "/view/blocks", "too_few"),
    ("a view of another kind", {"type": "page", "blocks": []}, "/view/type", "bad_value"),
    ("a title of 25", modal(section(), title=plain("x" * 25)), "/view/title/text", "too_long"),
    ("a mrkdwn title", modal(section(), title=marked()), "/view/title/type", "not_allowed_here"),
    ("no title", {"type": "modal", "blocks": [section()]}, "/view/title", "missing"),
    ("no blocks", {"type": "home"}, "/view/blocks", "missing"),
    ("a long submit", modal(section(), submit=plain("x" * 25)), "/view/submit/text", "too_long"),
    ("101 blocks", modal(*[{"type": "divider"}] * 101), "/view/blocks", "too_many"),
    (
        "a long private metadata",
        modal(section(), private_metadata=_LONG),
        "/view/private_metadata",
        "too_long",
    ),
    (
        "an entry without submit",
        {"type": "modal", "title": plain(), "blocks": [entry("plain_text_input")]},
        "/view/submit",
        "missing",
    ),
    ("a table in a form", modal(table(1, 1)), f"{_V}/type", "not_allowed_here"),
    (
        "markdown in a home",
        home({"type": "markdown", "text": "x"}),
        f"{_V}/type",
        "not_allowed_here",
    ),
    (
        "an alert in a home",
        home({"type": "alert", "text": plain()}),
        f"{_V}/type",
        "not_allowed_here",
    ),
    (
        "an alert of 201",
        modal({"type": "alert", "text": plain("x" * 201)}),
        f"{_V}/text/text",
        "too_long",
    ),
    (
        "a button in an input",
        modal(entry("button", text=plain())),
        f"{_V}/element/type",
        "not_allowed_here",
    ),
    (
        "a number without decimals said",
        modal(entry("number_input")),
        f"{_V}/element/is_decimal_allowed",
        "missing",
    ),
    (
        "a number as a number",
        modal(entry("number_input", is_decimal_allowed=True, min_value=1)),
        f"{_V}/element/min_value",
        "wrong_type",
    ),
    (
        "a minimum above the maximum",
        modal(entry("plain_text_input", min_length=9, max_length=3)),
        f"{_V}/element/min_length",
        "conflict",
    ),
    (
        "eleven files",
        modal(entry("file_input", max_files=11)),
        f"{_V}/element/max_files",
        "out_of_range",
    ),
    (
        "two in the focus",
        modal(
            entry("plain_text_input", focus_on_load=True),
            {**entry("plain_text_input", focus_on_load=True), "block_id": "c"},
        ),
        "/view/blocks/1/element/focus_on_load",
        "duplicate",
    ),
    (
        "too many chosen",
        modal(
            entry(
                "multi_static_select",
                options=options(3),
                initial_options=options(2),
                max_selected_items=1,
            )
        ),
        f"{_V}/element/initial_options",
        "too_many",
    ),
    ("an unknown key in a form", modal(section(), colour="red"), "/view/colour", "unknown_field"),
    (
        "a truth that is a word",
        modal(section(), notify_on_close="yes"),
        "/view/notify_on_close",
        "wrong_type",
    ),
    ("a title on a home", home(section(), title=plain()), "/view/title", "unknown_field"),
    (
        "an answer address in a home",
        home(actions({"type": "conversations_select", "response_url_enabled": True})),
        f"{_V}/elements/0/response_url_enabled",
        "not_allowed_here",
    ),
    (
        "more than 250 kB",
        home(*[section("見" * 2900, block_id=str(n)) for n in range(30)]),
        "/view",
        "view_too_large",
    ),
]
