"""Ops says what a run's findings were, or what becomes of them; every notice of them says so."""

from datetime import date

from bot.ask import Ask
from bot.core.breaks import BreakState
from bot.core.waves import WaveState
from bot.registry import OPS, button
from bot.services.ops_decides import decide_break, decide_wave
from bot.store import breaks, outbox, waves
from bot.store.ops_decides import list_notices
from bot.views.breaks import DECIDE_BREAK, build_break_decided, build_breaks
from bot.views.reply import Message, Private, Reply
from bot.views.waves import DECIDE_WAVE, build_wave_decided, build_waves


@button(DECIDE_BREAK, roles=OPS)
def break_decided(ask: Ask) -> Reply:
    """The way of counting changed, or the change was real; it counts from the next run on."""
    break_id, said = ask.value.split(":")
    with ask.writing() as unit:
        decided = decide_break(unit, int(break_id), BreakState(said), ask.person, ask.today)
    with ask.reading() as unit:
        found = breaks.list_found_breaks(unit, decided.found_on)
    shown = build_breaks(ask.ports.workspace_voice, decided.found_on, found)
    _update_notices(ask, breaks.NOTICE, decided.found_on, shown)
    return Private(build_break_decided(ask.say, decided))


@button(DECIDE_WAVE, roles=OPS)
def wave_decided(ask: Ask) -> Reply:
    """They open in the next night, or not at all; it counts from the next run on."""
    wave_id, said = ask.value.split(":")
    with ask.writing() as unit:
        decided = decide_wave(unit, int(wave_id), WaveState(said), ask.person, ask.today)
    with ask.reading() as unit:
        found = waves.list_found_waves(unit, decided.found_on)
    shown = build_waves(ask.ports.workspace_voice, decided.found_on, found)
    _update_notices(ask, waves.NOTICE, decided.found_on, shown)
    return Private(build_wave_decided(ask.say, decided))


def _update_notices(ask: Ask, word: str, found_on: date, shown: Message) -> None:
    with ask.writing() as unit:
        for key in list_notices(unit, word, found_on):
            outbox.put_update(unit, post_key=key, text=shown.text, blocks=shown.blocks)
