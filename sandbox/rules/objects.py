"""Composition objects: texts, confirmations, options, filters, references to files."""

from sandbox.kinds import Json
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
)
from sandbox.rules.problem import Problem

ACTION_ID: Rule = Text(255)
BLOCK_ID: Rule = Text(255)
WEB_URL: Rule = Text(3000, pattern=r"https?://\S+", what="an http or https address")
ANY_URL: Rule = Text(3000, pattern=r"(https?://|mailto:|tel:|slack://)\S+", what="an address")
STYLE: Rule = Choice(("primary", "danger"))


def _texts(longest: int) -> dict[str, Shape]:
    plain: dict[str, Rule] = {"text": Text(longest, is_plain=True), "emoji": Flag()}
    marked: dict[str, Rule] = {"text": Text(longest), "verbatim": Flag()}
    return {
        "plain_text": Shape({"type": Choice(("plain_text",)), **plain}, ("type", "text")),
        "mrkdwn": Shape({"type": Choice(("mrkdwn",)), **marked}, ("type", "text")),
    }


def text(longest: int = 3000) -> Rule:
    """A text object of either kind."""
    return Typed(_texts(longest), ("plain_text", "mrkdwn"))


def plain(longest: int) -> Rule:
    return Typed(_texts(longest), ("plain_text",))


def marked(longest: int) -> Rule:
    return Typed(_texts(longest), ("mrkdwn",))


PLACEHOLDER = plain(150)

CONFIRM = Shape(
    {
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": STYLE,
    },
    ("title", "text", "confirm", "deny"),
)

OPTION = Shape({"text": plain(75), "value": Text(150), "description": plain(75)}, ("text", "value"))
RICH_OPTION = Shape(
    {"text": text(75), "value": Text(150), "description": text(75)}, ("text", "value")
)
OVERFLOW_OPTION = Shape(
    {"text": plain(75), "value": Text(150), "description": plain(75), "url": WEB_URL},
    ("text", "value"),
)
OPTION_GROUP = Shape({"label": plain(75), "options": ListOf(OPTION, 100)}, ("label", "options"))

OPTIONS = ListOf(OPTION, 100)
OPTION_GROUPS = ListOf(OPTION_GROUP, 100)

SLACK_FILE = Shape({"id": Text(255), "url": WEB_URL}, (), (exactly_one("id", "url"),))

DISPATCH = Shape(
    {
        "trigger_actions_on": ListOf(
            Choice(("on_enter_pressed", "on_character_entered")), most=2, fewest=1
        )
    }
)

CONVERSATION_FILTER = Shape(
    {
        "include": ListOf(Choice(("im", "mpim", "private", "public")), most=4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    (),
    (at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

_INPUT_PARAMETER = Shape({"name": Text(255), "value": Text(3000)}, ("name", "value"))
_TRIGGER = Shape(
    {"url": WEB_URL, "customizable_input_parameters": ListOf(_INPUT_PARAMETER, 100)}, ("url",)
)
WORKFLOW = Shape({"trigger": _TRIGGER}, ("trigger",))


def check_choices(value: Json, at: str) -> Problems:
    """Static menus have options or groups, not both, and start on one they offer."""
    yield from exactly_one("options", "option_groups")(value, at)
    offered = list(value.get("options", []))
    for group in value.get("option_groups", []):
        offered += group["options"]
    values = [option["value"] for option in offered]
    if "initial_option" in value and value["initial_option"]["value"] not in values:
        yield Problem(f"{at}/initial_option", "not_offered", "must be one of the options")
    for index, option in enumerate(value.get("initial_options", [])):
        if option["value"] not in values:
            pointer = f"{at}/initial_options/{index}"
            yield Problem(pointer, "not_offered", "must be one of the options")
