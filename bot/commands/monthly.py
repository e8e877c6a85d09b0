"""`/sakidori monthly`: whom to approach this month, and tasks of those who were ticked."""

from datetime import date

from bot.ask import Ask, Person
from bot.core.monthly_list import MonthlyList, Why
from bot.core.refusal import BadInput
from bot.core.vocabulary import Locale
from bot.people import build_person
from bot.registry import CS_TEAM, button, command
from bot.services.monthly_list import Wish, find_monthly, make_tasks
from bot.store.accounts import get_names
from bot.store.members import list_active
from bot.texts import Texts
from bot.views.monthly_list import (
    MAKE,
    TICK,
    TICKED,
    TURN,
    MonthlyPage,
    build_made,
    build_monthly,
    render_title,
)
from bot.views.reply import Private, Quiet, Reply


@command("monthly", roles=CS_TEAM)
def monthly(ask: Ask) -> Reply:
    """One's own list as it stands today."""
    return _show(ask, ask.person, 0)


@button(TURN, roles=CS_TEAM)
def turn_page(ask: Ask) -> Reply:
    """The next accounts, beside those that are ticked already."""
    page, _, member_id = ask.value.partition(":")
    return _show(ask, _read_person(ask, int(member_id)), int(page))


@button(TICK, roles=CS_TEAM)
def tick(ask: Ask) -> Reply:
    """Slack keeps what is ticked until the button is pressed."""
    return Quiet()


@button(MAKE, roles=CS_TEAM)
def make(ask: Ask) -> Reply:
    """A task for each account that is ticked, of the person whose list it is, whoever presses.

    A second press makes none.
    """
    ticked = _read_ticked(ask)
    if not ticked:
        raise BadInput("monthly_none")
    month, _, member_id = ask.value.partition(":")
    owner, first = _read_person(ask, int(member_id)), date.fromisoformat(f"{month}-01")
    with ask.reading() as unit:
        found = find_monthly(unit, owner.member_id, owner.calendar, ask.today)
        names = get_names(unit).names
    wishes = _wish(ask, found, [each for each in ticked if each in names])
    with ask.writing() as unit:
        made = make_tasks(unit, wishes, first, owner=owner, by=ask.person, today=ask.today)
    titles = {each.account_id: each.title[ask.say.locale] for each in wishes}
    rows = [(names[one], titles[one], on) for one, on in made.tasks]
    return Private(build_made(ask.say, rows, made.already, made.busy))


def _show(ask: Ask, person: Person, page: int) -> Reply:
    with ask.reading() as unit:
        found = find_monthly(unit, person.member_id, person.calendar, ask.today)
    shown = MonthlyPage(person.member_id, person.name, ask.today, found, page)
    return Private(build_monthly(ask.say, shown))


def _read_person(ask: Ask, member_id: int) -> Person:
    """Whose list it is; somebody who has gone since has none."""
    with ask.reading() as unit:
        found = [each for each in list_active(unit) if each.id == member_id]
        if not found:
            raise BadInput("unknown_colleague", said="")
        return build_person(found[0], unit.workspace)


def _read_ticked(ask: Ask) -> list[int]:
    rows = [held.values for name, held in ask.fields.items() if name.startswith(TICKED)]
    return [int(value) for values in rows for value in values]


def _wish(ask: Ask, found: MonthlyList, ticked: list[int]) -> list[Wish]:
    """In the order of the list; an account that has left it meanwhile comes last."""
    picks = {pick.row.id: pick for pick in found.picks}
    voices = [Texts().speak(locale) for locale in Locale]
    order = {account_id: place for place, account_id in enumerate(picks)}
    wishes = []
    for account_id in sorted(ticked, key=lambda each: order.get(each, len(order))):
        pick = picks.get(account_id)
        title = {say.locale.value: render_title(say, pick, ask.today) for say in voices}
        ends = [each.on for each in pick.reasons if each.why is Why.RENEWAL] if pick else []
        wishes.append(Wish(account_id, title, ends[0] if ends else None))
    return wishes
