"""What a person sets for themselves, and which channels may be told of customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.core.vocabulary import Locale
from bot.services.ports import ChannelFacts
from bot.store.members import get_member
from bot.store.unit import Unit


@dataclass(frozen=True)
class Settings:
    """A person's settings; `digest_channel` is None for their own direct message."""

    locale: Locale
    opens: time
    closes: time
    workdays: Sequence[int]
    digest_time: time
    digest_channel: str | None


def set_language(unit: Unit, member_id: int, locale: Locale) -> None:
    """Speak this language to the person from now on."""
    get_member(unit, member_id).locale = locale.value


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
