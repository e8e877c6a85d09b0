"""Turns templates into sentences, in the reader's language. Escapes what people wrote, once."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale as CldrLocale
from babel.dates import format_date, format_time
from babel.numbers import (
    NumberPattern,
    format_currency,
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
    parse_pattern,
)
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context

from bot.core.money import Money
from bot.core.vocabulary import Locale

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"

# A day further away than this needs its year, or it is taken for the nearer one of its name.
_SAME_YEAR = dt.timedelta(days=300)


def escape(value: Any) -> Any:
    """`value` with Slack's three control characters escaped in every string inside it."""
    if isinstance(value, Enum | Money):
        return value
    if isinstance(value, str):
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if isinstance(value, Mapping):
        return {key: escape(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [escape(inner) for inner in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: escape(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


@lru_cache
def _pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * digits if digits else ""))


@cache
def _environment(folder: Path) -> Environment:
    """One for the process, for compiling a template takes longer than anything made of it."""
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # Slack's escaping is not HTML's; see `escape`
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Texts:
    """All templates, compiled once; `speak` gives the voice of one language."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self.environment = _environment(folder)
        self._voices = {locale: Voice(self.environment, locale) for locale in Locale}

    def speak(self, locale: str) -> "Voice":
        """The voice for a reader of `locale` ("ja-JP" is ja; what we do not speak is English)."""
        language = locale.replace("_", "-").split("-")[0].lower()
        return self._voices[Locale(language) if language in set(Locale) else Locale.EN]


class Voice:
    """One language: implements `bot.core.say.Say`."""

    def __init__(self, environment: Environment, locale: Locale) -> None:
        self.environment = environment
        self.locale = locale
        self._templates: dict[str, Template] = {}
        self._plain: dict[tuple[str, str], str] = {}

    def __call__(self, template: str, block: str, /, **context: object) -> str:
        if context:
            return self._render(template, block, context)
        # Without figures a block says the same every time; a list of 500 asks for it 500 times.
        if (template, block) not in self._plain:
            self._plain[template, block] = self._render(template, block, {})
        return self._plain[template, block]

    def has(self, template: str, block: str) -> bool:
        """Whether the template has such a block."""
        return block in self._find(template).blocks

    def _find(self, template: str) -> Template:
        if template not in self._templates:
            found = self.environment.get_template(f"{template}.{self.locale}.j2")
            self._templates[template] = found
        return self._templates[template]

    def _render(self, template: str, block: str, context: dict[str, object]) -> str:
        found = self._find(template)
        if block not in found.blocks:
            raise KeyError(f"{template}.{self.locale}.j2 has no block {block!r}")
        # No block refers to another, so the context need not carry the template's hundred.
        made = Context(self.environment, self._globals | escape(context), found.name, {})
        return "".join(found.blocks[block](made)).strip()

    @cached_property
    def _globals(self) -> dict[str, object]:
        return {
            **self.environment.globals,
            "number": self.number,
            "money": self.money,
            "date": self.date,
            "percent": self.percent,
            "points": self.points,
            "instant": self.instant,
            "country_name": self.country_name,
            "month_of": self.month,
        }

    def number(self, value: float | Decimal, digits: int = 0) -> str:
        return format_decimal(value, _pattern(digits), locale=self._cldr)

    @cached_property
    def _cldr(self) -> CldrLocale:
        return CldrLocale.parse(str(self.locale))

    def money(self, money: Money, exact: bool = False) -> str:
        if exact:
            digits = get_currency_precision(money.currency)
            pattern = "¤#,##0" + ("." + "0" * digits if digits else "")
            shown = format_currency(
                money.amount, money.currency, pattern, self.locale, currency_digits=False
            )
            return shown.replace("￥", "¥")
        return self._short_money(money)

    def _short_money(self, money: Money) -> str:
        if self.locale is Locale.JA and money.currency == "JPY":
            return self._in_units(money.amount, (("億円", 10**8), ("万円", 10**4)), "円")
        sign = self._sign(money.currency)
        shown = self._in_units(money.amount, (("B", 10**9), ("M", 10**6), ("K", 10**3)), "")
        return sign + shown if not shown.startswith("-") else f"-{sign}{shown[1:]}"

    def _in_units(self, amount: Decimal, units: tuple[tuple[str, int], ...], plain: str) -> str:
        for name, size in units:
            if abs(amount) >= size:
                share = amount / size
                # One decimal only where it says something: 1.2億円, 480万円, ¥4.8M.
                digits = 1 if abs(share) < 100 and round(share, 1) != round(share) else 0
                return self.number(share, digits) + name
        return self.number(amount) + plain

    def _sign(self, currency: str) -> str:
        return get_currency_symbol(currency, "en")

    def date(self, on: dt.date, with_weekday: bool = True, near: dt.date | None = None) -> str:
        if near is not None and abs(on - near) > _SAME_YEAR:
            pattern = "y/M/d" if self.locale is Locale.JA else "d MMM y"
            return format_date(on, pattern, locale=self.locale)
        if self.locale is Locale.JA:
            shown = f"{on.month}/{on.day}"
            return shown + format_date(on, "(EEEEE)", locale="ja") if with_weekday else shown
        return format_date(on, "EEE d MMM" if with_weekday else "d MMM", locale="en")

    def month(self, on: dt.date) -> str:
        return f"{on.month}月" if self.locale is Locale.JA else format_date(on, "MMMM", locale="en")

    def percent(self, share: float) -> str:
        return f"{self.number(share * 100)}%"

    def country_name(self, code: str) -> str:
        return str(self._cldr.territories.get(code, code))

    def points(self, delta: float) -> str:
        rounded = round(delta)
        sign = "−" if rounded < 0 else "+" if rounded > 0 else "±"
        word = "点" if self.locale is Locale.JA else (" point" if abs(rounded) == 1 else " points")
        return f"{sign}{abs(rounded)}{word}"

    def instant(self, at: dt.datetime, zone: str, today: dt.date | None = None) -> str:
        """Day and time; on the day `today`, which has been said, the time alone."""
        local = at.astimezone(ZoneInfo(zone))
        time = str(format_time(local, "HH:mm", locale="en"))
        return time if local.date() == today else f"{self.date(local.date())} {time}"
