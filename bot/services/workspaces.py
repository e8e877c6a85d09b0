"""A workspace's own defaults: currency, zone, country, language, and its tiers by revenue."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import available_timezones

from bot.core.calendar import is_known_country
from bot.core.refusal import BadInput
from bot.core.tiers import TierBand, TierBands
from bot.core.vocabulary import Locale, OwnerMode, Tier, Touch
from bot.store.unit import Unit

BANDS = "tier_bands"


def set_defaults(
    unit: Unit,
    actor: str,
    *,
    base_currency: str | None = None,
    zone: str | None = None,
    country: str | None = None,
    locale: Locale | None = None,
) -> None:
    """Change what is given; each is refused by name when it cannot be."""
    workspace = unit.workspace
    if base_currency is not None:
        if not (len(base_currency) == 3 and base_currency.isalpha() and base_currency.isupper()):
            raise BadInput("bad_currency", said=base_currency)
        workspace.base_currency = base_currency
    if zone is not None:
        if zone not in available_timezones():
            raise BadInput("bad_zone", said=zone)
        workspace.zone = zone
    if country is not None:
        if not is_known_country(country):
            raise BadInput("bad_country", said=country)
        workspace.country = country
    workspace.locale = locale.value if locale else workspace.locale
    given = {"currency": base_currency, "zone": zone, "country": country, "locale": locale}
    kept = {name: str(value) for name, value in given.items() if value is not None}
    unit.audit(actor, "workspace_set", workspace.team_id, **kept)


def set_bands(unit: Unit, actor: str, currency: str, lines: Sequence[str]) -> TierBands:
    """Use these bands (`floor:tier:touch:owner_mode`) for accounts whose file names no tier."""
    try:
        bands = TierBands(tuple(_read_line(line) for line in lines), currency)
    except (ValueError, InvalidOperation) as problem:
        raise BadInput("bad_bands", why=str(problem)) from problem
    kept = {"currency": currency, "bands": list(lines)}
    unit.workspace.settings = {**unit.workspace.settings, BANDS: kept}
    unit.audit(actor, "tier_bands_set", currency, bands=list(lines))
    return bands


def read_bands(settings: Mapping[str, Any]) -> TierBands:
    """The workspace's bands, or the usual ones."""
    kept = settings.get(BANDS)
    if kept is None:
        return TierBands()
    return TierBands(tuple(_read_line(line) for line in kept["bands"]), kept["currency"])


def _read_line(line: str) -> TierBand:
    floor, tier, touch, owner_mode = line.split(":")
    return TierBand(Decimal(floor), Tier(tier), Touch(touch), OwnerMode(owner_mode))
