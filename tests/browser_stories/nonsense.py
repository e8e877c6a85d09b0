"""What no reader should ever meet, found in a text by rule: half numbers, the other language.

Refuses to judge sense; that is for somebody who reads.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

# Bounds are of ASCII alone: Japanese stands right beside a figure, without a space.
_HALF_NUMBERS = re.compile(
    r"(?<![A-Za-z0-9_])(?:nan|NaN|None|inf|Infinity|undefined|null)(?![A-Za-z0-9_])"
    r"|(?<![A-Za-z0-9_.])[-\u2212]0(?![0-9.,])|¥[-\u2212]|[-\u2212]{2,}\d"
)
_TEMPLATE = re.compile(r"\{[{%]|[%}]\}|&(?:lt|gt|amp);|<!?[#@]?[a-z_]+>")
_MENTION = re.compile(r"<@([A-Z0-9]+)")
_LONG_FRACTION = re.compile(r"\d\.\d{4,}")
_ONE_OF_MANY = re.compile(
    r"(?<![\w.,])1 (accounts|items|days|rows|files|people|points|months|contracts)\b"
)
_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]+")
_ENGLISH = re.compile(r"[A-Za-z][a-z]+(?: [a-z]+){2,}")
_COMMAND = re.compile(r"/[a-z]+(?: [a-z]+)*")
_QUIET = re.compile(r"^(?:[\[\(].*[\]\)]|-+|)$")


@dataclass(frozen=True)
class Known:
    """Words that are the same in every language: names of people, accounts, files; user ids."""

    names: tuple[str, ...] = ()
    users: frozenset[str] = frozenset()
    # Longest first, so that a name inside another does not leave half of it behind.
    ordered: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.names, key=len, reverse=True))
        object.__setattr__(self, "ordered", ordered)

    def without_names(self, text: str) -> str:
        """The text with every known name taken out."""
        for name in self.ordered:
            text = text.replace(name, "")
        return text


def list_nonsense(text: str, language: str, known: Known) -> list[str]:
    """One line for each thing found in a message of this language (ja or en)."""
    found = [f"half a number: {each}" for each in _all(_HALF_NUMBERS, text)]
    found += [f"template or markup left over: {each}" for each in _all(_TEMPLATE, text)]
    found += [f"too many digits: {each}" for each in _all(_LONG_FRACTION, text)]
    found += [f"one of many: {each}" for each in _all(_ONE_OF_MANY, text)]
    found += [f"nobody: {each}" for each in _MENTION.findall(text) if each not in known.users]
    foreign = _ENGLISH if language == "ja" else _JAPANESE
    bare = _COMMAND.sub("", known.without_names(text))
    return found + [f"not {language}: {each}" for each in _all(foreign, bare)]


def list_repeated(lines: Iterable[str]) -> list[str]:
    """Lines that stand there more than once; rows of buttons and rules may."""
    seen: set[str] = set()
    twice: list[str] = []
    for line in (each.strip() for each in lines):
        if _QUIET.match(line):
            continue
        if line in seen and line not in twice:
            twice.append(line)
        seen.add(line)
    return twice


def _all(pattern: re.Pattern[str], text: str) -> list[str]:
    return [found.group(0) for found in pattern.finditer(text)]
