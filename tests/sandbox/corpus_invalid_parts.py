"""Messages Slack refuses, by their newer parts: (name, payload, pointer, code)."""

from tests.sandbox.parts import (
    Json,
    button,
    card,
    chart,
    data_table,
    entry,
    marked,
    message,
    picture,
    pie,
    plain,
    raw,
    rich,
    said,
    section,
    series,
    table,
)

Refused = tuple[str, Json, str, str]

_E = "/blocks/0/elements/0"
_CHART = "/blocks/0/chart"
_TASK = {"task_id": "t", "title": "T", "status": "pending"}

MESSAGES: list[Refused] = [
    (
        "11 in a context",
        message({"type": "context", "elements": [plain()] * 11}),
        "/blocks/0/elements",
        "too_many",
    ),
    (
        "a button in a context",
        message({"type": "context", "elements": [button()]}),
        f"{_E}/type",
        "unknown_type",
    ),
    (
        "no alt text",
        message({"type": "image", "image_url": "https://example.com/a"}),
        "/blocks/0/alt_text",
        "missing",
    ),
    (
        "two pictures in one",
        message(picture(slack_file={"id": "F1"})),
        "/blocks/0/slack_file",
        "conflict",
    ),
    (
        "a file input in a message",
        message(entry("file_input")),
        "/blocks/0/element/type",
        "not_allowed_here",
    ),
    (
        "markdown of 12,001",
        message({"type": "markdown", "text": "x" * 12_001}),
        "/blocks/0/text",
        "too_long",
    ),
    (
        "an unknown rich piece",
        message(rich({"type": "bold"})),
        "/blocks/0/elements/0/elements/0/type",
        "unknown_type",
    ),
    (
        "a style that is a word",
        message(rich(said(style="bold"))),
        "/blocks/0/elements/0/elements/0/style",
        "wrong_type",
    ),
    ("101 table rows", message(table(101, 2)), "/blocks/0/rows", "too_many"),
    ("21 table columns", message(table(1, 21)), "/blocks/0/rows/0", "too_many"),
    ("two tables", message(table(1, 1), table(1, 1)), "/blocks/1", "too_many"),
    ("a table without rows", message(table(0, 0)), "/blocks/0/rows", "too_few"),
    (
        "a data table without caption",
        message({"type": "data_table", "rows": [[raw()]] * 2}),
        "/blocks/0/caption",
        "missing",
    ),
    ("a header alone", message(data_table(1, 2)), "/blocks/0/rows", "too_few"),
    (
        "uneven rows",
        message({"type": "data_table", "caption": "c", "rows": [[raw()], [raw()] * 2]}),
        "/blocks/0/rows/1",
        "uneven_rows",
    ),
    (
        "rich text in the header row",
        message({"type": "data_table", "caption": "c", "rows": [[rich(said())], [raw()]]}),
        "/blocks/0/rows/0/0/type",
        "not_allowed_here",
    ),
    ("20,001 characters", message(data_table(101, 20, "x" * 10)), "/blocks/0/rows", "too_long"),
    (
        "pages of 101",
        message(data_table(2, 1, page_size=101)),
        "/blocks/0/page_size",
        "out_of_range",
    ),
    (
        "seven series",
        message(chart("line", ["a"], *[series(f"{n}", "a") for n in range(7)])),
        f"{_CHART}/series",
        "too_many",
    ),
    (
        "21 categories",
        message(chart("bar", [str(n) for n in range(21)], series("s", "a"))),
        f"{_CHART}/axis_config/categories",
        "too_many",
    ),
    (
        "a hole in a series",
        message(chart("line", ["a", "b"], series("s", "a"))),
        f"{_CHART}/series/0/data",
        "uncovered_category",
    ),
    (
        "a series twice",
        message(chart("line", ["a"], series("s", "a"), series("s", "a"))),
        f"{_CHART}/series/1/name",
        "duplicate",
    ),
    (
        "a label of 21",
        message(chart("line", ["x" * 21], series("s", "a"))),
        f"{_CHART}/axis_config/categories/0",
        "too_long",
    ),
    ("a slice of nothing", message(pie(1, 0)), f"{_CHART}/segments/1/value", "out_of_range"),
    ("three charts", message(pie(1), pie(1), pie(1)), "/blocks/2", "too_many"),
    ("a bare card", message({"type": "card", "subtitle": marked()}), "/blocks/0", "missing"),
    (
        "plain text in a card",
        message(card(body=plain())),
        "/blocks/0/body/type",
        "not_allowed_here",
    ),
    (
        "four card buttons",
        message(card(actions=[button(action_id=f"{n}") for n in range(4)])),
        "/blocks/0/actions",
        "too_many",
    ),
    (
        "a section in a carousel",
        message({"type": "carousel", "elements": [section()]}),
        f"{_E}/type",
        "not_allowed_here",
    ),
    (
        "a chart in a container",
        message({"type": "container", "title": plain(), "child_blocks": [pie(1)]}),
        "/blocks/0/child_blocks/0/type",
        "not_allowed_here",
    ),
    (
        "a task twice",
        message({"type": "plan", "title": "P", "tasks": [_TASK, _TASK]}),
        "/blocks/0/tasks/1/task_id",
        "duplicate",
    ),
    (
        "a pending task alone",
        message({"type": "task_card", **_TASK}),
        "/blocks/0/status",
        "conflict",
    ),
    (
        "12,004 characters in all",
        message(*[section("x" * 3000)] * 4, section("1234")),
        "/blocks",
        "msg_blocks_too_long",
    ),
    ("101 attachments", message(attachments=[{}] * 101), "/attachments", "too_many"),
    (
        "bad blocks in an attachment",
        message(attachments=[{"blocks": [section("")]}]),
        "/attachments/0/blocks/0/text/text",
        "too_short",
    ),
    (
        "metadata without a type",
        message(metadata={"event_payload": {}}),
        "/metadata/event_type",
        "missing",
    ),
    (
        "a list in metadata",
        message(metadata={"event_type": "e", "event_payload": {"a": [1]}}),
        "/metadata/event_payload/a",
        "wrong_type",
    ),
    (
        "too much metadata",
        message(metadata={"event_type": "e", "event_payload": {"a": "x" * 9000}}),
        "/metadata",
        "metadata_too_large",
    ),
]
