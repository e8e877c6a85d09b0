"""Payloads Slack takes: (name, surface, payload)."""

from tests.sandbox.parts import (
    Json,
    actions,
    button,
    card,
    chart,
    data_table,
    entry,
    home,
    marked,
    message,
    modal,
    number,
    option,
    options,
    picture,
    pie,
    plain,
    raw,
    rich,
    said,
    section,
    series,
    table,
    with_accessory,
)

_CONFIRM = {
    "title": plain("Sure?"),
    "text": marked("Really"),
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
_VIDEO = {
    "type": "video",
    "title": plain("Tour"),
    "alt_text": "tour",
    "thumbnail_url": "https://example.com/t.png",
    "video_url": "https://example.com/v",
}
_TASK = {"task_id": "t1", "title": "Look", "status": "pending"}
_MONTHS = ["9月", "10月", "11月"]

MESSAGES: list[tuple[str, Json]] = [
    ("text alone", {"text": "hello"}),
    ("no blocks at all", message()),
    ("a section of 3,000 characters", message(section("x" * 3000))),
    ("ten fields", message({"type": "section", "fields": [marked()] * 10})),
    ("fifty dividers", message(*[{"type": "divider"}] * 50)),
    ("a header of 150", message({"type": "header", "text": plain("見" * 150)})),
    ("25 buttons", message(actions(*[button(action_id=f"b{n}") for n in range(25)]))),
    ("a button with everything", message(actions(button(style="primary", value="v" * 2000)))),
    ("a link button", message(actions(button(url="https://example.com")))),
    ("a confirmation", message(actions(button(confirm=_CONFIRM, style="danger")))),
    ("one overflow entry", message(with_accessory("overflow", options=options(1)))),
    ("five overflow entries", message(with_accessory("overflow", options=options(5)))),
    (
        "an overflow link",
        message(with_accessory("overflow", options=[option(url="https://example.com")])),
    ),
    ("a hundred options", message(with_accessory("static_select", options=options(100)))),
    (
        "option groups",
        message(
            with_accessory(
                "static_select",
                placeholder=plain("Pick"),
                option_groups=[{"label": plain("G"), "options": options(2)}] * 2,
                initial_option=options(2)[1],
            )
        ),
    ),
    ("type-ahead", message(with_accessory("external_select", min_query_length=1))),
    ("people", message(with_accessory("multi_users_select", max_selected_items=3))),
    (
        "conversations with a filter",
        message(
            with_accessory("conversations_select", filter={"include": ["im"]}),
        ),
    ),
    ("a date", message(with_accessory("datepicker", initial_date="2028-02-29"))),
    ("a time", message(with_accessory("timepicker", initial_time="23:59"))),
    (
        "a moment",
        message(actions({"type": "datetimepicker", "initial_date_time": 1_800_000_000})),
    ),
    ("ten ticks", message(with_accessory("checkboxes", options=options(10)))),
    (
        "one tick set",
        message(
            with_accessory(
                "radio_buttons",
                options=[option(description=plain("why"))],
                initial_option=option(),
            )
        ),
    ),
    ("the same action_id in two blocks", message(actions(button()), actions(button()))),
    (
        "a context of text and picture",
        message({"type": "context", "elements": [marked(), picture()]}),
    ),
    ("a picture by address", message(picture(title=plain("Chart")))),
    (
        "a picture by file",
        message({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "chart"}),
    ),
    ("a video", message(_VIDEO)),
    ("markdown", message({"type": "markdown", "text": "# head\n- one"})),
    (
        "rich text",
        message(
            rich(
                said("bold", style={"bold": True}),
                {"type": "link", "url": "https://example.com", "text": "here"},
                {"type": "user", "user_id": "U1"},
                {"type": "emoji", "name": "tada"},
                {"type": "date", "timestamp": 1_800_000_000, "format": "{date}"},
            )
        ),
    ),
    (
        "a rich list, quote and code",
        message(
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_list",
                        "style": "ordered",
                        "indent": 8,
                        "elements": [{"type": "rich_text_section", "elements": [said()]}],
                    },
                    {"type": "rich_text_quote", "elements": [said()]},
                    {"type": "rich_text_preformatted", "elements": [said()], "border": 0},
                ],
            }
        ),
    ),
    ("a table of 100 by 20", message(table(100, 20, column_settings=[None, {"align": "right"}]))),
    ("a table with rich cells", message({"type": "table", "rows": [[raw(), rich(said())]]})),
    ("a data table of 101 rows", message(data_table(101, 3, page_size=100))),
    (
        "numbers in a data table",
        message(
            {"type": "data_table", "caption": "c", "rows": [[raw(), raw()], [raw(), number(2.5)]]}
        ),
    ),
    (
        "a line chart",
        message(chart("line", _MONTHS, series("Health", *_MONTHS), x_label="月", y_label="点")),
    ),
    (
        "six bars",
        message(chart("bar", _MONTHS, *[series(f"s{n}", *_MONTHS) for n in range(6)])),
    ),
    ("two charts", message(pie(3, 2.5, 1), chart("area", ["a"], series("s", "a")))),
    ("a card", message(card(body=marked("Body"), actions=[button()], hero_image=picture()))),
    ("a carousel", message({"type": "carousel", "elements": [card()] * 10})),
    (
        "a container",
        message(
            {
                "type": "container",
                "title": plain("More"),
                "is_collapsible": True,
                "default_collapsed": True,
                "child_blocks": [section(block_id="inner"), {"type": "divider"}],
            }
        ),
    ),
    ("a plan", message({"type": "plan", "title": "Follow up", "tasks": [_TASK]})),
    (
        "a task",
        message({"type": "task_card", **_TASK, "status": "complete", "output": rich(said())}),
    ),
    (
        "feedback",
        message(
            {
                "type": "context_actions",
                "elements": [
                    {
                        "type": "feedback_buttons",
                        "positive_button": {"text": plain("Good"), "value": "1"},
                        "negative_button": {"text": plain("Bad"), "value": "0"},
                    },
                    {"type": "icon_button", "icon": "trash", "text": plain("Remove")},
                ],
            }
        ),
    ),
    (
        "flat metadata",
        message(metadata={"event_type": "outbox", "event_payload": {"id": 1, "late": False}}),
    ),
    ("empty metadata", message(metadata={})),
    ("11,999 characters in all", message(*[section("x" * 2999)] * 4)),
    ("angle brackets in mrkdwn", message(section("<@U1>" * 600))),
]

MODALS: list[tuple[str, Json]] = [
    ("a form with each entry", modal(entry("plain_text_input", multiline=True, max_length=3000))),
    ("no entry, no submit", {"type": "modal", "title": plain("T" * 24), "blocks": [section()]}),
    ("a hundred blocks", modal(*[{"type": "divider"}] * 100)),
    ("3,000 characters of private metadata", modal(section(), private_metadata="x" * 3000)),
    ("an alert", modal({"type": "alert", "text": marked("Careful"), "level": "warning"})),
    ("a number", modal(entry("number_input", is_decimal_allowed=True, min_value="0.5"))),
    ("an address", modal(entry("email_text_input", placeholder=plain("a@b.c")))),
    ("a link", modal(entry("url_text_input"))),
    ("a file", modal(entry("file_input", filetypes=["csv"], max_files=1))),
    ("rich input", modal(entry("rich_text_input", min_lines=2, max_lines=4))),
    (
        "typing that is told",
        modal(
            {
                **entry(
                    "plain_text_input",
                    focus_on_load=True,
                    dispatch_action_config={"trigger_actions_on": ["on_character_entered"]},
                ),
                "dispatch_action": True,
                "optional": True,
                "hint": plain("Short"),
            }
        ),
    ),
    ("several static", modal(entry("multi_static_select", options=options(3)))),
    (
        "an answer address",
        modal(entry("conversations_select", response_url_enabled=True)),
    ),
]

HOMES: list[tuple[str, Json]] = [
    ("a plain home", home(section())),
    ("a home with a chart and a table", home(pie(1, 2), table(2, 2), section())),
    ("a home with a carousel", home({"type": "carousel", "elements": [card()]})),
    ("a home that remembers", home(section(), private_metadata="page=2", callback_id="home")),
]
