"""Bytes to text: UTF-8, UTF-16 as Excel writes it, cp932.  Refuses bytes that are no text."""

import codecs

from charset_normalizer import from_bytes

from bot.ingest.grid import Note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536


def decode(data: bytes) -> tuple[str, list[Note]] | None:
    """Text and a note where the encoding was a guess; None where the bytes are no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _forced(data, encoding)
    for candidate in ("utf-8", _utf16_without_mark(data), "cp932"):
        text = _strict(data, candidate) if candidate else None
        if text is not None and _is_text(text):
            return text, []
    return _guessed(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _forced(data: bytes, encoding: str) -> tuple[str, list[Note]] | None:
    text = _strict(data, encoding)
    if text is None:
        text = data.decode(encoding, errors="replace")
        return (text, [Note("encoding_damaged", {"encoding": encoding})]) if text else None
    return text, []


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 4 or head.count(0) < len(head) // 12:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _is_text(text: str) -> bool:
    """Tables hold no control characters; half-width kana alone are a sign of a wrong guess."""
    sample = text[:_SAMPLE]
    odd = sum(letter < " " and letter not in "\t\n\r\f\v\x1a" for letter in sample)
    if odd > len(sample) // 200:
        return False
    half = sum("\uff61" <= letter <= "\uff9f" for letter in sample)
    wide = sum("\u3040" <= letter <= "\u9fff" for letter in sample)
    return half <= 8 or half <= 2 * wide


def _guessed(data: bytes) -> tuple[str, list[Note]] | None:
    best = from_bytes(data[:_SAMPLE]).best()
    encoding = best.encoding if best else "cp932"
    text = data.decode(encoding, errors="replace")
    if not _is_text(text) or text.count("\ufffd") > max(3, len(text) // 50):
        return None
    return text, [Note("encoding_guessed", {"encoding": encoding})]
