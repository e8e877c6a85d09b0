"""Texts, references, addresses, choices, flags, currencies, countries, zones.

Refuses a choice that is none of the known words; offers the nearest where one is near.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.ingest.fault import Unreadable
from bot.ingest.fields import Field
from bot.ingest.fold import fold_word, show, show_words
from bot.ingest.values.countries import COUNTRIES
from bot.ingest.values.money import currency_of
from bot.ingest.values.setting import Setting

_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[a-z0-9](?:[a-z0-9-]*\.)+[a-z]{2,}")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_IN_BRACKETS = re.compile(r".*<([^<>]+)>")
_SPLIT = re.compile(r"[,、;/・|\n]+")
_YES = frozenset(
    {"1", "true", "yes", "y", "t", "on", "active", "enabled", "○", "〇", "◯", "o", "✓", "✔", "レ"}
    | {"はい", "有", "有り", "あり", "可", "済", "済み", "自動", "有効", "する", "在籍", "利用中"}
)
_NO = frozenset(
    {"0", "false", "no", "n", "f", "off", "inactive", "disabled", "×", "✕", "✗", "x"}
    | {"いいえ", "無", "無し", "なし", "否", "不可", "未", "手動", "無効", "しない", "退職", "停止"}
)
_ZONES = {"jst": "Asia/Tokyo", "日本": "Asia/Tokyo", "東京": "Asia/Tokyo", "日本時間": "Asia/Tokyo"}
_NEAR = 85  # a rapidfuzz ratio; below it a suggestion is more often wrong than right
_LONGEST = 20_000


def parse_text(cell: object, setting: Setting) -> str:
    """The text as written, composed (NFC), runs of blanks inside a line as one."""
    text = unicodedata.normalize("NFC", _whole(cell)).replace("\x00", "")
    text = "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    if len(text) > _LONGEST:
        raise Unreadable("too_long", value=show(cell), most=str(_LONGEST))
    return text


def parse_ref(cell: object, setting: Setting) -> str:
    """An identifier: width folded, blanks at the ends removed, 12.0 from a sheet is 12."""
    text = unicodedata.normalize("NFKC", _whole(cell)).replace("\x00", "").strip()
    if "\ufffd" in text:
        raise Unreadable("damaged_text", value=show(text))
    if len(text) > 200:
        raise Unreadable("too_long", value=show(cell), most="200")
    return " ".join(text.split())


def parse_email(cell: object, setting: Setting) -> str:
    """A mail address in lower case, also out of `Name <address>`."""
    text = unicodedata.normalize("NFKC", str(cell)).strip().casefold()
    text = text.removeprefix("mailto:")
    found = _IN_BRACKETS.fullmatch(text)
    text = found[1].strip() if found else text
    if _EMAIL.fullmatch(text):
        return text
    mend = re.sub(r"\s+", "", text).replace(",", ".").replace("..", ".")
    raise Unreadable("email", mend if _EMAIL.fullmatch(mend) else None, value=show(cell))


def parse_domain(cell: object, setting: Setting) -> str:
    """A host name without `www.`, out of an address, a URL or as it is."""
    text = unicodedata.normalize("NFKC", str(cell)).strip().casefold()
    text = re.sub(r"^[a-z]+://", "", text).split("/")[0].split("@")[-1].split(":")[0]
    text = text.removeprefix("www.")
    if not _DOMAIN.fullmatch(text):
        raise Unreadable("domain", value=show(cell))
    return text


def parse_flag(cell: object, setting: Setting) -> bool:
    """True or False in either language, 1/0, ○/×."""
    if isinstance(cell, bool):
        return cell
    text = unicodedata.normalize("NFKC", _whole(cell)).casefold().strip()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Unreadable("flag", value=show(cell))


def parse_choice(cell: object, setting: Setting) -> str:
    """The canonical word of a synonym."""
    return _chosen(_whole(cell), setting)


def parse_choices(cell: object, setting: Setting) -> tuple[str, ...]:
    """Canonical words of a list parted by comma, slash, 、 or ・, each once, in order."""
    parts = [part for part in _SPLIT.split(_whole(cell)) if part.strip()]
    return tuple(dict.fromkeys(_chosen(part, setting) for part in parts))


def parse_topic(cell: object, setting: Setting) -> str:
    """The canonical word of a synonym; a word that is none stays as the file has it."""
    text = parse_text(cell, setting)
    known = _synonyms(setting.field.name, _hashable(setting.field.choices))
    return known.get(fold_word(text), text)


def is_choice(text: str, field: Field) -> bool:
    """Whether a text is one of the field's words, even `none`, which elsewhere is missing."""
    return fold_word(text) in _synonyms(field.name, _hashable(field.choices))


def parse_currency(cell: object, setting: Setting) -> str:
    """ISO 4217 code; names, marks and codes we know are read, no other."""
    code = currency_of(str(cell))
    if code is None:
        raise Unreadable("currency", value=show(cell))
    return code


def parse_country(cell: object, setting: Setting) -> str:
    """ISO 3166 code of two letters."""
    text = fold_word(str(cell))
    if text in COUNTRIES:
        return COUNTRIES[text]
    raise Unreadable("country", value=show(cell))


def parse_zone(cell: object, setting: Setting) -> str:
    """A name of the time zone database, such as Asia/Tokyo."""
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    text = _ZONES.get(text.casefold(), text)
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):
        raise Unreadable("zone", value=show(cell)) from None


def _whole(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _chosen(text: str, setting: Setting) -> str:
    known = _synonyms(setting.field.name, _hashable(setting.field.choices))
    word = fold_word(text) or text.strip()
    if word in known:
        return known[word]
    near = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    mend = known[near[0]] if near else None
    choices = setting.field.choices
    japanese = [show_words(words, "ja").split(" / ")[0] for words in choices.values()]
    raise Unreadable(
        "choice",
        mend,
        value=show(text),
        choices=", ".join(choices),
        choices_ja="、".join(filter(None, japanese)),
    )


def _hashable(choices: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((str(name), words) for name, words in choices.items())


@cache
def _synonyms(name: str, choices: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for canonical, words in choices:
        for word in (canonical, *words):
            known.setdefault(fold_word(word) or word, canonical)
    return known
