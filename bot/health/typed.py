"""Curves and caps as people type them: a line a corner, a line a cap. Tells every line at fault.

Shares are typed in per cent. Decimal arithmetic keeps what is typed and what is kept the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.core.model_problem import InvalidModel, ModelProblem
from bot.frame.catalogue import get_measure, load_catalogue
from bot.frame.measure import Unit
from bot.health.model import Cap
from bot.health.problems import shorten

_PERCENT = (Unit.SHARE, Unit.CHANGE)
_CORNER = re.compile(r"(?P<value>[^:→]+?)\s*(?::|→|->)\s*(?P<points>[^:→]+)")
_CAP = re.compile(
    r"(?P<measure>.+?)\s*(?P<side>>=|<=|≥|≤)\s*(?P<value>[^:→]+?)\s*(?::|→|->)\s*(?P<points>.+)"
)
# A minus as people and word processors write it.
_DASHES = str.maketrans({"−": "-", "–": "-", "ー": "-"})
_HUNDRED = Decimal(100)


def write_curve(measure: str, curve: Sequence[Sequence[float]]) -> str:
    """A line a corner, `value: points`."""
    return "\n".join(f"{write_value(measure, at)}: {_write(points)}" for at, points in curve)


def read_curve(measure: str, text: str) -> list[list[float]]:
    """The corners; InvalidModel names the lines that are none."""
    return _read_lines(text, "curve_line", lambda line: _read_corner(measure, line))


def write_caps(caps: Sequence[Cap]) -> str:
    """A line a cap, `measure >= value: points at most`."""
    return "\n".join(map(_write_cap, caps))


def read_caps(text: str) -> list[dict[str, Any]]:
    """The caps as raw parts of a document; InvalidModel names the lines that are none."""
    return _read_lines(text, "cap_line", _read_cap)


def read_number(text: str, *, is_percent: bool = False) -> float | None:
    """A number as typed on any keyboard; None for what is none."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    return _read(plain.removesuffix("%"), _HUNDRED) if is_percent else _read(plain)


def write_value(measure: str, value: float) -> str:
    """A value in the measure's unit, as it is typed."""
    if get_measure(measure).unit in _PERCENT:
        return f"{_plain(Decimal(repr(float(value))) * _HUNDRED)}%"
    return _write(value)


def _read_lines(text: str, code: str, read: Callable[[str], Any]) -> list[Any]:
    found, problems = [], []
    for number, line in _lines(text):
        made = read(line)
        if made is None:
            params = {"line": number, "value": shorten(line)}
            problems.append(ModelProblem(code, params=params))
        found.append(made)
    if problems:
        raise InvalidModel(problems)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        plain = unicodedata.normalize("NFKC", line).translate(_DASHES).strip()
        if plain:
            yield number, plain


def _read_corner(measure: str, line: str) -> list[float] | None:
    found = _CORNER.fullmatch(line)
    if found is None:
        return None
    value, points = _read_value(measure, found["value"]), _read(found["points"])
    return None if value is None or points is None else [value, points]


def _write_cap(cap: Cap) -> str:
    side, value = (">=", cap.at_least) if cap.at_least is not None else ("<=", cap.at_most)
    assert value is not None
    shown = write_value(cap.measure, value)
    return f"{cap.measure} {side} {shown}: {_write(cap.score_at_most)}"


def _read_cap(line: str) -> dict[str, Any] | None:
    found = _CAP.fullmatch(line)
    measure = _find_measure(found["measure"]) if found else None
    if found is None or measure is None:
        return None
    value, points = _read_value(measure, found["value"]), _read(found["points"])
    if value is None or points is None:
        return None
    side = "at_least" if found["side"] in (">=", "≥") else "at_most"
    return {"measure": measure, side: value, "score_at_most": points}


def _find_measure(said: str) -> str | None:
    """By its name, or by its label in either language."""
    known = load_catalogue()
    if said in known:
        return said
    for name, each in known.items():
        labels = (unicodedata.normalize("NFKC", label) for label in (each.label.ja, each.label.en))
        if said.casefold() in {label.casefold() for label in labels}:
            return name
    return None


def _read_value(measure: str, text: str) -> float | None:
    is_percent = get_measure(measure).unit in _PERCENT
    if not is_percent:
        return _read(text)
    if text.endswith("%"):
        return _read(text.removesuffix("%"), _HUNDRED)
    return _read(text, _HUNDRED)


def _read(text: str, divided_by: Decimal = Decimal(1)) -> float | None:
    plain = text.strip().replace(",", "")
    try:
        number = Decimal(plain) / divided_by
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() else None


def _write(value: float) -> str:
    return _plain(Decimal(repr(float(value))))


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
