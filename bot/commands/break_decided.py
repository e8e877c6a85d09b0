"""Ops says what a break of a usage metric was; the notice says so to everybody who has it."""

from bot.ask import Ask
from bot.core.breaks import BreakState
from bot.registry import OPS, button
from bot.services.break_answers import decide_break
from bot.store import outbox
from bot.store.breaks import list_break_posts, list_found_breaks
from bot.views.breaks import DEED, build_break_decided, build_breaks
from bot.views.reply import Private, Reply


@button(DEED, roles=OPS)
def break_decided(ask: Ask) -> Reply:
    """The way of counting changed, or the change was real; it counts from the next run on."""
    break_id, said = ask.value.split(":")
    with ask.writing() as unit:
        decided = decide_break(unit, int(break_id), BreakState(said), ask.person, ask.today)
    with ask.reading() as unit:
        found = list_found_breaks(unit, decided.found_on)
        keys = list_break_posts(unit, decided.found_on)
    shown = build_breaks(ask.ports.workspace_voice, decided.found_on, found)
    with ask.writing() as unit:
        for key in keys:
            outbox.put_update(unit, post_key=key, text=shown.text, blocks=shown.blocks)
    return Private(build_break_decided(ask.say, decided))
