"""`/sakidori meeting [CSM]`: what a regular meeting goes through, of oneself or of a colleague."""

from datetime import date

from bot.ask import Ask
from bot.core.meeting import Meeting, build_meeting
from bot.core.names import NameIndex
from bot.core.refusal import BadInput
from bot.core.typed import take_mention
from bot.registry import CS_TEAM, button, command
from bot.store.book import list_all
from bot.store.meeting import read_progress
from bot.store.members import list_active
from bot.store.monthly_list import read_contacts
from bot.store.scopes import own_scope
from bot.store.tables import Member
from bot.store.tasks import list_undone
from bot.store.unit import Unit
from bot.views.meeting import OF, MeetingPage, build_meeting_view, build_who
from bot.views.reply import Private, Reply

_OFFERED = 5


@command("meeting", roles=CS_TEAM)
def meeting(ask: Ask) -> Reply:
    """One's own, or that of the colleague named; of several the one meant is asked for."""
    said = ask.text.strip()
    if not said:
        return _show(ask, ask.person.member_id)
    with ask.reading() as unit:
        team = [each for each in list_active(unit) if not CS_TEAM.isdisjoint(each.roles)]
    user, rest = take_mention(said)
    if user is not None:
        found, is_near = [each for each in team if each.slack_user == user], False
    else:
        found, is_near = _find(team, rest)
    if len(found) == 1 and not is_near:
        return _show(ask, found[0].id)
    if not found:
        raise BadInput("unknown_colleague", said="" if user else rest)
    people = [(each.name, each.id) for each in found]
    return Private(build_who(ask.say, rest, people, is_near=is_near))


@button(OF, roles=CS_TEAM)
def meeting_of(ask: Ask) -> Reply:
    """That of the colleague chosen."""
    return _show(ask, int(ask.value))


def _find(team: list[Member], said: str) -> tuple[list[Member], bool]:
    """Those called so, in full or in part; else those whose names are near, and that it is so."""
    names = [(str(each.id), each.name, (each.email or "").partition("@")[0]) for each in team]
    index, by_id = NameIndex(names), {str(each.id): each for each in team}
    called = index.find_exact(said) or index.find_part(said, _OFFERED)
    near = [] if called else [each.id for each in index.suggest(said, _OFFERED)]
    return [by_id[each] for each in called or near], not called


def _show(ask: Ask, member_id: int) -> Reply:
    with ask.reading() as unit:
        page = read_page(unit, member_id, ask.today)
    return Private(build_meeting_view(ask.say, page))


def read_page(unit: Unit, member_id: int, today: date) -> MeetingPage:
    """What a meeting with this colleague goes through; BadInput where they are here no longer."""
    names = [each.name for each in list_active(unit) if each.id == member_id]
    if not names:
        raise BadInput("unknown_colleague", said="")
    return MeetingPage(names[0], today, _read(unit, member_id, today), member_id)


def _read(unit: Unit, member_id: int, today: date) -> Meeting:
    scope = own_scope(member_id)
    contacts = read_contacts(unit, scope, today)
    return build_meeting(
        tasks=list_undone(unit, [member_id], today),
        rows=list_all(unit, scope, today),
        contacts={key: (each.touched_on, each.next_on) for key, each in contacts.items()},
        progress=read_progress(unit, member_id, today),
        today=today,
    )
