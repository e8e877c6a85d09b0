"""Company names as people write them, folded so that the same one meets itself.

Refuses to decide between near names: it offers them with a score.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

# Spacing voiced marks, wide and half-width, to the combining ones that NFKC joins to their kana.
_VOICED_MARKS = str.maketrans({"゛": "\u3099", "ﾞ": "\u3099", "゜": "\u309a", "ﾟ": "\u309a"})

# Katakana that have a hiragana counterpart lie 0x60 above it; ー has none and stays.
_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}

# Typed for ー: hyphens, dashes, minus and wave signs directly after kana.
_TYPED_LONG_VOWEL = re.compile(r"(?<=[ぁ-ゖァ-ヺー])[-‐-―−~〜ー]+")

_BRACKETED_FORM = re.compile(r"\((?:株|有|同|資|名|一社|一財|公社|公財|社|財|医|学|特非)\)")
_BANK_FORM = re.compile(r"^(?:か|ゆ|ど)\)|\((?:か|ゆ|ど)$")

_JAPANESE_FORM = re.compile(
    "株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|一般財団法人|公益社団法人"
    "|公益財団法人|特定非営利活動法人|かぶしきがいしゃ|かぶしきかいしゃ|ゆうげんがいしゃ"
    "|ごうどうがいしゃ|股份有限公司|有限公司|주식회사"
)

_WESTERN_FORMS = re.compile(
    "inc|incorporated|co|company|corp|corporation|ltd|limited|llc|llp|lp|plc|gmbh|mbh|ag|kg|se|sa"
    "|sas|sarl|srl|spa|bv|nv|ab|as|asa|oy|oyj|aps|pty|pte|kk|gk|sdn|bhd"
)
_MARKS_OF_LETTERS = re.compile("[\u0300-\u036f]")
_INITIAL = re.compile(r"\b(\w)\.")
_WORD = re.compile(r"[^\W_]+")


def fold_name(text: str) -> str:
    """The name without legal form, width, case, accents, blanks, punctuation or script of kana.

    Folding twice changes nothing.  A name that is nothing but a legal form keeps it.
    """
    words = _WORD.findall(_without_brackets(_one_script(text)))
    kept = _joined(_without_western_forms(words))
    while (shorter := _JAPANESE_FORM.sub("", kept)) != kept:
        kept = shorter
    return kept or _joined(words)


@dataclass(frozen=True)
class Suggestion:
    """An entry that may be meant; `score` runs from 0 to 100 (the same name)."""

    id: str
    score: float


class NameIndex:
    """Names of many entries: each entry is an id followed by every name it answers to."""

    def __init__(self, entries: Iterable[tuple[str, ...]]) -> None:
        self._names = sorted(
            {(_folded(name), entry[0]) for entry in entries for name in entry[1:] if name}
        )
        self._folded = [folded for folded, _ in self._names]
        self._exact: dict[str, list[str]] = {}
        for folded, ref in self._names:
            self._exact.setdefault(folded, []).append(ref)

    def find_exact(self, text: str) -> list[str]:
        """Ids of which one name is this one, once folded."""
        return list(self._exact.get(fold_name(text), ()))

    def search(self, fragment: str, limit: int = 100) -> list[str]:
        """Ids by exact name, then beginning, then part; only where none fits, by likeness.

        An empty fragment gives the first entries in order of their folded names.
        """
        found = self.find_part(fragment, limit)
        return found or [each.id for each in self.suggest(fragment, limit)]

    def find_part(self, fragment: str, limit: int = 100) -> list[str]:
        """Ids by exact name, then beginning, then part; none by mere likeness."""
        wanted = fold_name(fragment)
        near = [
            (folded != wanted, not folded.startswith(wanted), folded, ref)
            for folded, ref in self._names
            if _holds(folded, wanted) or not fragment.strip()
        ]
        return _unique(entry[-1] for entry in sorted(near))[:limit]

    def suggest(self, text: str, limit: int = 3) -> list[Suggestion]:
        """The likeliest entries, best first; none below a score of 60."""
        wanted = fold_name(text)
        if not wanted:
            return []
        scored = process.extract(
            wanted, self._folded, scorer=fuzz.WRatio, score_cutoff=60, limit=None
        )
        best: dict[str, float] = {}
        for _, score, place in scored:
            ref = self._names[place][1]
            best[ref] = max(best.get(ref, 0.0), score)
        ranked = sorted(best.items(), key=lambda entry: (-entry[1], entry[0]))
        return [Suggestion(ref, score) for ref, score in ranked[:limit]]


def _holds(folded: str, wanted: str) -> bool:
    """Of an emoji nothing is left when folded; it stands in no name but one like itself."""
    return wanted in folded if wanted else not folded


# An index is built anew when one account of thousands changes; the other names are folded already.
@lru_cache(maxsize=1 << 16)
def _folded(name: str) -> str:
    return fold_name(name)


def _one_script(text: str) -> str:
    joined = unicodedata.normalize("NFKC", text.translate(_VOICED_MARKS)).casefold()
    plain = _MARKS_OF_LETTERS.sub("", unicodedata.normalize("NFD", joined))
    composed = unicodedata.normalize("NFKC", plain)
    return _TYPED_LONG_VOWEL.sub("ー", composed).translate(_TO_HIRAGANA)


def _without_brackets(text: str) -> str:
    return _INITIAL.sub(r"\1", _BANK_FORM.sub(" ", _BRACKETED_FORM.sub(" ", text.strip())))


def _joined(words: list[str]) -> str:
    # Letters that a dropped sign kept apart may compose once they meet.
    return unicodedata.normalize("NFC", "".join(words))


def _without_western_forms(words: list[str]) -> list[str]:
    end = len(words)
    while end and _WESTERN_FORMS.fullmatch(words[end - 1]):
        end -= 1
    return words[:end]


def _unique(refs: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(refs))
