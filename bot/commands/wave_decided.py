"""Ops says what becomes of alerts held back; the notice says so to everybody who has it."""

from bot.ask import Ask
from bot.core.waves import WaveState
from bot.registry import OPS, button
from bot.services.wave_answers import decide_wave
from bot.store import outbox
from bot.store.waves import list_found_waves, list_wave_posts
from bot.views.reply import Private, Reply
from bot.views.waves import DEED, build_wave_decided, build_waves


@button(DEED, roles=OPS)
def wave_decided(ask: Ask) -> Reply:
    """They open in the next night, or not at all; it counts from the next run on."""
    wave_id, said = ask.value.split(":")
    with ask.writing() as unit:
        decided = decide_wave(unit, int(wave_id), WaveState(said), ask.person, ask.today)
    with ask.reading() as unit:
        found = list_found_waves(unit, decided.found_on)
        keys = list_wave_posts(unit, decided.found_on)
    shown = build_waves(ask.ports.workspace_voice, decided.found_on, found)
    with ask.writing() as unit:
        for key in keys:
            outbox.put_update(unit, post_key=key, text=shown.text, blocks=shown.blocks)
    return Private(build_wave_decided(ask.say, decided))
