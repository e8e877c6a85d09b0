"""Numbers, whole numbers and percentages.  Refuses wrong grouping such as 1,23 and infinities."""

import math
import re
import unicodedata

from bot.ingest.fault import Unreadable
from bot.ingest.fold import show
from bot.ingest.values.letters import digits_meant
from bot.ingest.values.setting import Setting

DELETED = math.nan

_COUNTER = re.compile(r"(?:人|名|件|席|回|社|個|点|日|時間|分|本|台|ユーザー|アカウント|id)$")
_SCALES = {"千": 1e3, "万": 1e4, "億": 1e8, "k": 1e3, "m": 1e6}
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
_SIGNS = str.maketrans({"−": "-", "–": "-", "▲": "-", "△": "-", "‐": "-", "'": ""})
_DELETE = frozenset({"削除", "取消", "取り消し", "delete", "deleted", "#delete"})
_BIGGEST = 1e15  # float64 tells whole numbers apart to 9e15


def parse_number(cell: object, setting: Setting) -> float:
    """A finite number within the field's bounds; 45% is 0.45, 1.2万 is 12000."""
    number = _number_of(cell)
    least, most = setting.field.least, setting.field.most
    if least is not None and number < least:
        raise Unreadable("too_small", value=show(cell), least=f"{least:g}")
    if most is not None and number > most:
        raise Unreadable("too_large", value=show(cell), most=f"{most:g}")
    return number


def parse_count(cell: object, setting: Setting) -> int:
    """A whole number within the field's bounds."""
    number = parse_number(cell, setting)
    if number != int(number):
        raise Unreadable("not_whole", value=show(cell))
    return int(number)


def parse_quantity(cell: object, setting: Setting) -> float:
    """As `parse_number`; `DELETED` (one NaN, the same each time) where the cell says delete."""
    if isinstance(cell, str) and cell.strip().casefold() in _DELETE:
        return DELETED
    return parse_number(cell, setting)


def number_in(text: str) -> float | None:
    """The number a text holds, None where it holds none or is grouped wrongly."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip().casefold()
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    percent, plain = plain.endswith("%"), plain.removesuffix("%").strip()
    plain = _COUNTER.sub("", plain).strip()
    scale = _SCALES.get(plain[-1:], 1.0)
    plain = plain[:-1].strip() if scale != 1.0 else plain
    if not (_GROUPED.fullmatch(plain) or _PLAIN.fullmatch(plain)):
        return None
    number = float(plain.replace(",", "")) * scale
    return number / 100 if percent else number


def _number_of(cell: object) -> float:
    if isinstance(cell, bool):
        return float(cell)
    number = float(cell) if isinstance(cell, int | float) else number_in(str(cell))
    if number is None:
        raise Unreadable("number", _mend(str(cell)), value=show(cell))
    if not math.isfinite(number) or abs(number) > _BIGGEST:
        raise Unreadable("number_too_big", value=show(cell))
    return number


def _mend(text: str) -> str | None:
    meant = digits_meant(unicodedata.normalize("NFKC", text))
    if meant == text or number_in(meant) is None:
        return None
    return meant.strip()
