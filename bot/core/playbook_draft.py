"""A playbook's draft as the person sees it who works on it: its limits, in people's units."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.vocabulary import Locale

# Limits kept as a fraction and said in per cent.
_SHARES = frozenset({"share", "below", "key_below", "seats_used", "login_days"})
_MOST = 1_000


@dataclass(frozen=True)
class DraftLimit:
    """One limit of one signal; `before` is that of the version in use, `value` the draft's."""

    signal: str
    name: str
    before: float
    value: float

    @property
    def field(self) -> str:
        """Its name in a form."""
        return f"{self.signal}.{self.name}"

    @property
    def is_share(self) -> bool:
        """Whether people say it in per cent."""
        return self.name in _SHARES

    @property
    def shown(self) -> str:
        """The draft's value as it is typed."""
        value = self.value * 100 if self.is_share else self.value
        return f"{round(value, 2):g}"

    def read(self, said: str) -> float | None:
        """What was typed, as it is kept; None for what is no number above 0."""
        text = unicodedata.normalize("NFKC", said).strip().removesuffix("%").replace(",", "")
        if not text.isascii() or not text.replace(".", "", 1).isdigit():
            return None
        value = float(text)
        most = 100 if self.is_share else _MOST
        return (value / 100 if self.is_share else value) if 0 < value <= most else None


@dataclass(frozen=True)
class FirstVersion:
    """What a playbook that was never in use would do: its signs by key, its steps by language with
    the business days each is due in, and the hypothesis behind it."""

    signs: Sequence[str]
    steps: Sequence[tuple[Mapping[str, str], int | None]]
    hypothesis: Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """A version somebody is working on; `title` by language.

    `first` is there while no version of the playbook was ever in use.
    """

    key: str
    version: int
    title: Mapping[str, str]
    limits: Sequence[DraftLimit] = ()
    first: FirstVersion | None = None

    def named(self, locale: Locale) -> str:
        """The playbook's name for a reader of `locale`."""
        return self.title[locale]
