"""`/sakidori digest`: today's digest now, and all of it behind 「すべて見る」."""

from dataclasses import replace

from bot.ask import Ask
from bot.registry import button, command
from bot.services.movements import find_movements
from bot.store.digests import read_digest
from bot.store.pulses import read_news
from bot.store.scopes import get_scope
from bot.store.unit import Unit
from bot.views.digest import ROWS, DigestPage, build_digest
from bot.views.reply import Message, Private, Reply


@command("digest")
def digest_now(ask: Ask) -> Reply:
    """The digest as the morning's message would be."""
    return Private(_digest(ask, ROWS))


@button("digest_all")
def digest_all(ask: Ask) -> Reply:
    """Every row that fits a message."""
    return Private(_digest(ask, None))


def _digest(ask: Ask, most_rows: int | None) -> Message:
    with ask.reading() as unit:
        page = read_page(unit, ask, most_rows)
    return build_digest(ask.say, page)


def read_page(unit: Unit, ask: Ask, most_rows: int | None = ROWS) -> DigestPage:
    """Today's digest of the asking person."""
    person = ask.person
    found = read_digest(unit, person.member_id, person.calendar, ask.today)
    return DigestPage(
        name=person.name,
        today=ask.today,
        zone=person.zone,
        rows=found.rows,
        items=found.items,
        movements=find_movements(unit, found.items, ask.today, ask.say.locale),
        run_on=found.run_on,
        run_at=found.run_at,
        lost=found.lost,
        pending=found.pending,
        was=found.was,
        focus=found.focus,
        ready=found.ready,
        pulses=replace(read_news(unit, found.rows, ask.today), asked=()),
        greets=False,
        most_rows=most_rows,
        scope=get_scope(unit, person.member_id, person.roles).kind,
    )
