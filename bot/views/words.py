"""Words that several views share: bands, tiers, roles. One word for one thing."""

from bot.core.say import Say
from bot.core.vocabulary import Band

SCORED_BY_HAND = (Band.GREEN, Band.YELLOW, Band.RED)


def word(say: Say, name: str) -> str:
    """A word of `templates/words`."""
    return say("words", name)


def band_word(say: Say, band: Band) -> str:
    """Mark and name of a band."""
    return say("words", f"band_{band}")


def named(say: Say, group: str, value: str | None) -> str:
    """The word for a value of a closed set (tier, touch, stage, role, kind); "" for none."""
    return say("words", f"{group}_{value}") if value else ""


def option(say: Say, group: str, value: str) -> str:
    """The same where it stands alone, as something to choose, and not inside a sentence."""
    told = named(say, group, value)
    return told[:1].upper() + told[1:]
