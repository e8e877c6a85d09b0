"""Blocks: the everyday ones and the newer cards, and which surface shows which."""

from sandbox.kinds import Json
from sandbox.rules.data_blocks import DATA_TABLE, DATA_VISUALIZATION, TABLE
from sandbox.rules.elements import (
    ELEMENTS,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from sandbox.rules.engine import (
    Choice,
    Flag,
    ListOf,
    Problems,
    Rule,
    Shape,
    Text,
    Typed,
    at_least_one,
    exactly_one,
    shaped,
)
from sandbox.rules.objects import BLOCK_ID, SLACK_FILE, WEB_URL, marked, plain, text
from sandbox.rules.problem import Problem
from sandbox.rules.rich_text import RICH_TEXT

_ID: dict[str, Rule] = {"block_id": BLOCK_ID}
_CONTEXT_PARTS: dict[str, Shape] = {
    "image": IMAGE,
    "mrkdwn": Shape(
        {"type": Choice(("mrkdwn",)), "text": Text(3000), "verbatim": Flag()}, ("type", "text")
    ),
    "plain_text": Shape(
        {"type": Choice(("plain_text",)), "text": Text(3000, is_plain=True), "emoji": Flag()},
        ("type", "text"),
    ),
}
_BUTTON = Typed(ELEMENTS, ("button",), "among a card's actions")
_PICTURE = Typed(ELEMENTS, ("image",), "as a picture")
_URL_SOURCE = Shape(
    {"type": Choice(("url",)), "url": WEB_URL, "text": Text(3000)}, ("type", "url", "text")
)
_ICON = Shape({"type": Choice(("icon",)), "name": Text(100)}, ("type", "name"))
_TASK: dict[str, Rule] = {
    "task_id": Text(255),
    "title": Text(3000),
    "status": Choice(("pending", "in_progress", "complete", "error")),
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": ListOf(_URL_SOURCE, 100),
}


def _check_not_pending(value: Json, at: str) -> Problems:
    if value["status"] == "pending":
        yield Problem(f"{at}/status", "conflict", "only tasks of a plan can be pending")


def _check_task_ids(value: Json, at: str) -> Problems:
    seen: set[str] = set()
    for index, task in enumerate(value["tasks"]):
        if task["task_id"] in seen:
            yield Problem(f"{at}/tasks/{index}/task_id", "duplicate", "must be unique in a plan")
        seen.add(task["task_id"])


def _check_folding(value: Json, at: str) -> Problems:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        yield Problem(f"{at}/default_collapsed", "conflict", "needs is_collapsible")


def _check_icons(value: Json, at: str) -> Problems:
    if "icon" in value and "slack_icon" in value:
        yield Problem(f"{at}/slack_icon", "conflict", "give only one of icon, slack_icon")


BLOCKS: dict[str, Shape] = {
    "section": shaped(
        "section",
        {
            **_ID,
            "text": text(3000),
            "fields": ListOf(text(2000), 10),
            "accessory": Typed(ELEMENTS, IN_SECTION, "in a section"),
            "expand": Flag(),
        },
        checks=(at_least_one("text", "fields"),),
    ),
    "header": shaped("header", {**_ID, "text": plain(150)}, "text"),
    "divider": shaped("divider", _ID),
    "context": shaped(
        "context",
        {
            **_ID,
            "elements": ListOf(Typed(_CONTEXT_PARTS, tuple(_CONTEXT_PARTS), "in a context"), 10),
        },
        "elements",
    ),
    "actions": shaped(
        "actions",
        {**_ID, "elements": ListOf(Typed(ELEMENTS, IN_ACTIONS, "in actions"), 25)},
        "elements",
    ),
    "context_actions": shaped(
        "context_actions",
        {
            **_ID,
            "elements": ListOf(Typed(ELEMENTS, IN_CONTEXT_ACTIONS, "in context actions"), 5),
        },
        "elements",
    ),
    "input": shaped(
        "input",
        {
            **_ID,
            "label": plain(2000),
            "element": Typed(ELEMENTS, IN_INPUT, "in an input"),
            "hint": plain(2000),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        "label",
        "element",
    ),
    "image": shaped(
        "image",
        {
            **_ID,
            "image_url": WEB_URL,
            "slack_file": SLACK_FILE,
            "alt_text": Text(2000),
            "title": plain(2000),
        },
        "alt_text",
        checks=(exactly_one("image_url", "slack_file"),),
    ),
    "video": shaped(
        "video",
        {
            **_ID,
            "alt_text": Text(2000),
            "title": plain(200),
            "title_url": WEB_URL,
            "thumbnail_url": WEB_URL,
            "video_url": WEB_URL,
            "author_name": Text(50),
            "description": plain(200),
            "provider_name": Text(50),
            "provider_icon_url": WEB_URL,
        },
        "alt_text",
        "title",
        "thumbnail_url",
        "video_url",
    ),
    "markdown": shaped("markdown", {**_ID, "text": Text(12_000)}, "text"),
    "file": shaped(
        "file",
        {**_ID, "external_id": Text(255), "source": Choice(("remote",))},
        "external_id",
        "source",
    ),
    "alert": shaped(
        "alert",
        {
            **_ID,
            "text": text(200),
            "level": Choice(("default", "info", "warning", "error", "success")),
        },
        "text",
    ),
    "card": shaped(
        "card",
        {
            **_ID,
            "hero_image": _PICTURE,
            "icon": _PICTURE,
            "slack_icon": _ICON,
            "title": marked(150),
            "subtitle": marked(150),
            "body": marked(200),
            "subtext": marked(200),
            "actions": ListOf(_BUTTON, 3),
        },
        checks=(at_least_one("hero_image", "title", "body", "actions"), _check_icons),
    ),
    "plan": shaped(
        "plan",
        {
            **_ID,
            "title": Text(3000),
            "tasks": ListOf(Shape(_TASK, ("task_id", "title", "status")), 50, fewest=0),
        },
        "title",
        "tasks",
        checks=(_check_task_ids,),
    ),
    "task_card": shaped(
        "task_card",
        {**_ID, **_TASK},
        "task_id",
        "title",
        "status",
        checks=(_check_not_pending,),
    ),
    "rich_text": RICH_TEXT,
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
}

BLOCKS["carousel"] = shaped(
    "carousel",
    {**_ID, "elements": ListOf(Typed(BLOCKS, ("card",), "in a carousel"), 10)},
    "elements",
)

_CHILDREN = (
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)

BLOCKS["container"] = shaped(
    "container",
    {
        **_ID,
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "child_blocks": ListOf(Typed(BLOCKS, _CHILDREN, "in a container"), 10),
        "width": Choice(("narrow", "standard", "wide", "full")),
        "icon": _PICTURE,
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    "child_blocks",
    checks=(at_least_one("title", "rich_text_title"), _check_folding),
)

_EVERYWHERE = (
    "actions",
    "card",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
)
_MESSAGE_AND_HOME = ("carousel", "container", "data_table", "data_visualization", "table")

BLOCKS_OF: dict[str, tuple[str, ...]] = {
    "message": (
        *_EVERYWHERE,
        *_MESSAGE_AND_HOME,
        "context_actions",
        "file",
        "markdown",
        "plan",
        "task_card",
    ),
    "modal": (*_EVERYWHERE, "alert"),
    "home": (*_EVERYWHERE, *_MESSAGE_AND_HOME),
}
