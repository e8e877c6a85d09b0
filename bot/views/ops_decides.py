"""What runs have found for ops to decide on: one notice a run, each finding with its answers."""

from collections.abc import Sequence
from enum import StrEnum

from bot.core.say import Say
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.reply import Block, Message
from bot.views.surfaces import message


def build_finding(
    say: Say, room: str, deed: str, ref: int, told: str, answers: Sequence[StrEnum]
) -> list[Block]:
    """One of them; `answers` are empty once it is decided or over."""
    ways = [
        button(say(room, f"say_{each}"), deed, f"{ref}:{each}", number=number)
        for number, each in enumerate(answers, start=1)
    ]
    return [section(told), *actions(ways)]


def build_notice(
    title: str, findings: Sequence[Sequence[Block]], ending: Sequence[Block] = ()
) -> Message:
    """All that a run has found; the title is what a lock screen shows."""
    rows = [block for each in findings for block in each]
    return message(title, [section(title), *rows, *ending])
