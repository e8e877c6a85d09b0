"""`/sakidori digest`: today's digest now, and all of it behind 「すべて見る」."""

from bot.ask import Ask
from bot.registry import button, command
from bot.store.digests import read_digest
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
    person = ask.person
    with ask.reading() as unit:
        found = read_digest(unit, person.member_id, person.calendar, ask.today)
    page = DigestPage(
        name=person.name,
        today=ask.today,
        zone=person.zone,
        rows=found.rows,
        items=found.items,
        run_on=found.run_on,
        run_at=found.run_at,
        greets=False,
        most_rows=most_rows,
    )
    return build_digest(ask.say, page)
