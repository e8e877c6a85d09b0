"""What a customer said, and the closed sets it is told by. Refuses to judge what was meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SENTIMENTS = ("positive", "neutral", "negative")
SPEAKER_ROLES = ("user", "decision_maker", "champion", "admin", "other")
CHANNELS = ("meeting", "call", "email", "survey", "chat", "other")
CONFIDENCES = ("low", "normal", "high")
CATEGORIES = ("product", "support", "price", "integration", "usability", "other")

# A straight mark closes what it opened.
_OPENING, _CLOSING = '「『“"', '」』”"'
_LONGEST_NAME = 8


@dataclass(frozen=True)
class Heard:
    """One remark: the words, who said them where, and beside them what the CSM reads in them.

    `permalink` leads to the message it was taken from.
    """

    said_on: date
    text: str
    sentiment: str
    speaker: str | None = None
    speaker_role: str | None = None
    channel: str | None = None
    read_as: str | None = None
    confidence: str = "normal"
    category: str | None = None
    permalink: str | None = None


@dataclass(frozen=True)
class Draft:
    """What a form begins with.

    `matches` are accounts that the name typed, `said`, may mean; near ones when nobody has it.
    """

    said_on: date
    text: str = ""
    account: tuple[str, int] | None = None
    matches: Sequence[tuple[str, int]] = ()
    said: str = ""
    is_near: bool = False
    channel: str | None = None
    permalink: str = ""


def list_readings(line: str) -> list[tuple[str, str]]:
    """Every way to part `line` into a customer's name and their words, the longest name first.

    It may part at any blank (also of double width) and before an opening quotation mark; a name
    has at most eight parts. Quotation marks around all of the words are left out.
    """
    line = line.strip()
    ends = [at for at in range(1, len(line)) if _may_part(line, at)][:_LONGEST_NAME]
    readings = [(line[:at].strip(), _unquoted(line[at:].strip())) for at in ends]
    whole = [(line, "")] if len(ends) < _LONGEST_NAME and line else []
    return [*whole, *reversed(readings)]


def _may_part(line: str, at: int) -> bool:
    if line[at].isspace():
        return not line[at - 1].isspace()
    return line[at] in _OPENING and not line[at - 1].isspace()


def _unquoted(words: str) -> str:
    if len(words) < 2 or words[0] not in _OPENING:
        return words
    closing = _CLOSING[_OPENING.index(words[0])]
    inner = words[1:-1]
    is_around_all = words[-1] == closing and words[0] not in inner and closing not in inner
    return inner.strip() if is_around_all else words
