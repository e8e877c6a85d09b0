"""What heavy work is handed: the data, the voices, and where its files lie; and how it speaks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.core.say import Say
from bot.services.imports import batches
from bot.store import outbox
from bot.store.tables import ImportBatch, Member
from bot.store.unit import Store, Unit
from bot.texts import Texts
from bot.views.reply import Message


@dataclass(frozen=True)
class Bench:
    """For one child process."""

    store: Store
    texts: Texts
    clock: Clock
    folder: Path


def show_import(
    bench: Bench,
    workspace_id: int,
    batch: ImportBatch,
    build: Callable[[Say], Message],
    step: Callable[[Unit], None] = lambda _: None,
) -> None:
    """Bring the post about an import up to date; an import by command line has none.

    `step` is written in the same transaction: what became of a file is always told.
    """
    with bench.store.reading(workspace_id) as unit:
        say = voice_for(bench, unit, batch)
    made = build(say)
    with bench.store.writing(workspace_id) as unit:
        step(unit)
        if batch.channel is not None:
            put_newest(unit, batches.post_key(batch.id), batch.channel, made)


def put_newest(unit: Unit, key: str, channel: str, made: Message) -> None:
    """A post, or the newest state of the one that is there."""
    if outbox.find_by_key(unit, key) is not None:
        outbox.put_update(unit, post_key=key, text=made.text, blocks=made.blocks)
    else:
        outbox.put(unit, key=key, audience=channel, text=made.text, blocks=made.blocks)


def voice_for(bench: Bench, unit: Unit, batch: ImportBatch) -> Say:
    """The person's language in their direct message, the workspace's in a channel."""
    member = unit.session.get(Member, (unit.workspace_id, batch.member_id or 0))
    is_direct = (batch.channel or "").startswith("D")
    own = member.locale if member and is_direct else None
    return bench.texts.speak(own or unit.workspace.locale)
