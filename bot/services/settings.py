"""What a person sets for themselves, and which channels may be told of customers."""

from bot.core.settings import Settings
from bot.core.vocabulary import Locale
from bot.people import find_country
from bot.services.ports import ChannelFacts
from bot.store.members import get_member
from bot.store.unit import Unit


def set_language(unit: Unit, member_id: int, locale: Locale) -> None:
    """Speak this language to the person from now on."""
    get_member(unit, member_id).locale = locale.value


def read_settings(unit: Unit, member_id: int, locale: Locale) -> Settings:
    """The person's settings; `locale` is what they are spoken to in."""
    member = get_member(unit, member_id)
    country = find_country(member, unit.workspace)
    return Settings(
        locale=locale,
        opens=member.opens,
        closes=member.closes,
        workdays=[int(day) for day in member.workdays],
        digest_time=member.digest_time,
        digest_channel=member.digest_channel,
        country=country,
        is_abroad=country != unit.workspace.country,
    )


def save_settings(unit: Unit, member_id: int, settings: Settings) -> None:
    """Replace the person's settings."""
    member = get_member(unit, member_id)
    member.locale = settings.locale.value
    member.opens, member.closes = settings.opens, settings.closes
    member.workdays = sorted(settings.workdays)
    member.digest_time = settings.digest_time
    member.digest_channel = settings.digest_channel


def judge_channel(facts: ChannelFacts) -> str | None:
    """Why customer data may not go into this channel, as a block of `templates/channel`."""
    if facts.is_shared_outside:
        return "shared"
    if facts.has_guests:
        return "guests"
    return None if facts.is_member else "not_in"
