"""Alerts that were held back because their facts came late: told to ops, who say what becomes."""

from collections.abc import Sequence
from datetime import date

from bot.core.say import Say
from bot.core.waves import OPENED_A_NIGHT, USAGE, LateCause, Wave, WaveState
from bot.views.blocks import section
from bot.views.limits import shorten
from bot.views.ops_decides import build_finding, build_notice
from bot.views.reply import Block, Message
from bot.views.surfaces import message

DECIDE_WAVE = "wave_decided"
_NAME = 64


def build_waves(say: Say, run_on: date, waves: Sequence[Wave]) -> Message:
    """What a night has held back; a wave that is decided or over has no buttons any more."""
    title = say("wave", "title", run_on=run_on)
    return build_notice(title, [build_wave(say, each) for each in waves])


def build_wave(say: Say, each: Wave) -> list[Block]:
    """One of them, with its causes and what can be decided about it."""
    told = say(
        "wave",
        "row",
        name=_name(say, each),
        held=len(each.held),
        watched=each.watched,
        causes=[_cause(say, cause) for cause in each.causes],
        state=each.state.value,
        opened=each.opened,
        ends_on=each.ends_on,
        a_night=OPENED_A_NIGHT,
        by=shorten(each.decided_by, _NAME),
    )
    answers = (WaveState.RELEASED, WaveState.LEFT_OUT) if each.asks else ()
    return build_finding(say, "wave", DECIDE_WAVE, each.id, told, answers)


def build_wave_decided(say: Say, each: Wave) -> Message:
    """What follows from the answer."""
    left = len(each.held) - each.opened
    told = say("wave", f"decided_{each.state}", name=_name(say, each), left=left)
    return message(told, [section(told)])


def _name(say: Say, each: Wave) -> str:
    return shorten(each.title.get(say.locale) or each.playbook, _NAME)


def _cause(say: Say, cause: LateCause) -> str:
    return say(
        "wave",
        "cause",
        name=say("ingest_report", f"option_kind_{cause.kind}"),
        rows=None if cause.kind == USAGE else cause.rows,
        first_on=cause.first_on,
        last_on=cause.last_on,
    )
