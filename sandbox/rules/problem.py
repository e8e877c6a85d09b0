"""One breach of a rule and the length of a text as Slack counts it."""

import re
from dataclasses import dataclass

from sandbox.kinds import Json

_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
_ESCAPE_COST = {"&": 4, "<": 3, ">": 3}


@dataclass(frozen=True)
class Problem:
    """`pointer` is a JSON pointer into the payload; `code` is stable, `message` is for people."""

    pointer: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.pointer}: {self.message}"

    def as_slack(self) -> str:
        """The line Slack puts into `response_metadata.messages`."""
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"

    def as_json(self) -> Json:
        """The entry of `blocks.validate`."""
        return {"pointer": self.pointer, "code": self.code, "message": self.message}


def measured_length(text: str, is_plain: bool = False) -> int:
    """Code points after escaping: a bare & counts 5, and in plain text < and > count 4.

    In mrkdwn the angle brackets are syntax (links, mentions) and count once.
    """
    extra = len(_BARE_AMPERSAND.findall(text)) * _ESCAPE_COST["&"]
    if is_plain:
        extra += sum(text.count(each) * _ESCAPE_COST[each] for each in "<>")
    return len(text) + extra
