"""Rich text: sections, lists, quotes, code, and the pieces in them."""

from sandbox.rules.engine import (
    Choice,
    Flag,
    ListOf,
    Number,
    Rule,
    Shape,
    Text,
    Typed,
    at_least_one,
    shaped,
)
from sandbox.rules.objects import ANY_URL, BLOCK_ID

_STYLE = Shape(
    {name: Flag() for name in ("bold", "italic", "strike", "code", "underline", "highlight")}
)
_ID = Text(255)


def _piece(kind: str, fields: dict[str, Rule], *required: str) -> Shape:
    return shaped(kind, {**fields, "style": _STYLE}, *required)


_PIECES: dict[str, Shape] = {
    "text": _piece("text", {"text": Text(12_000)}, "text"),
    "link": _piece(
        "link", {"url": ANY_URL, "text": Text(3000, shortest=0), "unsafe": Flag()}, "url"
    ),
    "emoji": _piece(
        "emoji",
        {"name": Text(100), "skin_tone": Number(1, 6), "unicode": Text(100)},
        "name",
    ),
    "user": _piece("user", {"user_id": _ID}, "user_id"),
    "usergroup": _piece("usergroup", {"usergroup_id": _ID}, "usergroup_id"),
    "channel": _piece("channel", {"channel_id": _ID}, "channel_id"),
    "team": _piece("team", {"team_id": _ID}, "team_id"),
    "broadcast": _piece("broadcast", {"range": Choice(("here", "channel", "everyone"))}, "range"),
    "color": _piece("color", {"value": Text(20)}, "value"),
    "date": _piece(
        "date",
        {"timestamp": Number(0), "format": Text(255), "url": ANY_URL, "fallback": Text(3000)},
        "timestamp",
        "format",
    ),
}

_LINE = ListOf(Typed(_PIECES, tuple(_PIECES), "in rich text"), most=1000, fewest=0)
_PLAIN_LINE = ListOf(Typed(_PIECES, ("text", "link"), "in preformatted text"), 1000, fewest=0)
_BORDER = Number(0, 1)
_SECTION = shaped("rich_text_section", {"elements": _LINE}, "elements")

_PARTS: dict[str, Shape] = {
    "rich_text_section": _SECTION,
    "rich_text_list": shaped(
        "rich_text_list",
        {
            "elements": ListOf(
                Typed({"rich_text_section": _SECTION}, ("rich_text_section",)), 1000
            ),
            "style": Choice(("bullet", "ordered")),
            "indent": Number(0, 8),
            "offset": Number(0),
            "border": _BORDER,
        },
        "elements",
        "style",
    ),
    "rich_text_preformatted": shaped(
        "rich_text_preformatted",
        {"elements": _PLAIN_LINE, "border": _BORDER, "language": Text(100)},
        "elements",
    ),
    "rich_text_quote": shaped(
        "rich_text_quote", {"elements": _LINE, "border": _BORDER}, "elements"
    ),
}

RICH_TEXT = shaped(
    "rich_text",
    {"block_id": BLOCK_ID, "elements": ListOf(Typed(_PARTS, tuple(_PARTS)), 1000, fewest=0)},
    "elements",
    checks=(at_least_one("elements"),),
)
