"""The morning digest: each owner's own accounts, at their own time, on their own business days."""

from collections.abc import Sequence
from datetime import date

from bot.ask import JobTurn
from bot.core.digest_item import Item
from bot.core.told import WAITING
from bot.registry import EVERYBODY, morning_job
from bot.services.episodes import mark_asked
from bot.services.movements import find_movements
from bot.store.digests import digest_key, read_digest
from bot.store.members import get_member
from bot.store.pulses import read_morning_news
from bot.views.digest import ROWS, DigestPage, build_digest
from bot.views.reply import Post


@morning_job("digest", roles=EVERYBODY)
def digest(turn: JobTurn) -> list[Post]:
    """One post to the person's direct message or chosen channel.

    None without accounts or anything to do, and none of accounts before health was ever computed:
    every one would be asked about on the day a workspace is set up.
    """
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    with turn.reading() as unit:
        member = get_member(unit, person.member_id)
        is_away = member.is_away(today)
        found = read_digest(unit, person.member_id, person.calendar, today)
        movements = find_movements(unit, found.items, today, turn.say.locale)
        pulses = read_morning_news(unit, found.rows, person.calendar, today)
    if is_away or not (found.items or (found.rows and found.run_on)):
        return []
    page = DigestPage(
        name=person.name,
        today=today,
        zone=person.zone,
        rows=found.rows,
        items=found.items,
        movements=movements,
        run_on=found.run_on,
        run_at=found.run_at,
        lost=found.lost,
        pending=found.pending,
        was=found.was,
        focus=found.focus,
        ready=found.ready,
        pulses=pulses,
    )
    _remember_asked(turn, found.items[:ROWS], today)
    audience = member.digest_channel or person.slack_user
    return [Post(digest_key(today, person.member_id), audience, build_digest(turn.say, page))]


def _remember_asked(turn: JobTurn, shown: Sequence[Item], today: date) -> None:
    """Of those whose answer is asked about, since when; a repeated turn changes nothing."""
    asked = [item for item in shown if item.group == WAITING]
    alerts = [item.alert.id for item in asked if item.alert]
    tasks = [item.task.id for item in asked if item.task]
    if asked:
        with turn.writing() as unit:
            mark_asked(unit, alerts, today, tasks)
