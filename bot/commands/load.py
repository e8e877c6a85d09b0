"""A lead's way to even out a load: see the proposal, hand the accounts over in one press."""

from bot.alert_message import tell
from bot.ask import Ask
from bot.core.lead_digest import Load, Mate
from bot.registry import LEADERS, button
from bot.services.alert_routes import find_place
from bot.services.balance import hand_over_accounts
from bot.store.book import find_rows
from bot.store.members import get_member
from bot.store.unit import Unit
from bot.views.alert_log import handed_over
from bot.views.lead_digest import build_load, build_moved
from bot.views.reply import Private, Reply


@button("load", roles=LEADERS)
def load(ask: Ask) -> Reply:
    """Which accounts, to whom, and by which rule."""
    with ask.reading() as unit:
        proposal = _read(unit, ask)
    return Private(build_load(ask.say, proposal))


@button("load_move", roles=LEADERS)
def load_move(ask: Ask) -> Reply:
    """Owner, alerts and tasks of these accounts change; who pressed first decides.

    Alerts that have a message get one where the new owner reads.
    """
    with ask.reading() as unit:
        proposal = _read(unit, ask)
    assert proposal.to is not None
    moved = [row.id for row in proposal.moved]
    ends = proposal.mate.id, proposal.to.id
    with ask.writing() as unit:
        told, handed = hand_over_accounts(unit, moved, *ends, by=ask.person, today=ask.today)
        place = find_place(get_member(unit, proposal.to.id))
    for episode_id in told:
        line = handed_over(ask.person.name, proposal.to.name, ask.at)
        tell(ask, episode_id, place, line)
    return Private(build_moved(ask.say, proposal, handed))


def _read(unit: Unit, ask: Ask) -> Load:
    giver, taker, accounts = ask.value.split(":")
    mates = [
        Mate(each.id, each.name) for each in (get_member(unit, int(i)) for i in (giver, taker))
    ]
    ids = [int(each) for each in accounts.split(",")]
    rows = find_rows(unit, ids, ask.today)
    return Load(mates[0], len(rows), mates[1], [rows[each] for each in ids if each in rows])
