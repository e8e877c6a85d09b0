"""`/tasks`: what one still has to do, a team's for those who lead one, or an account's."""

from bot.ask import Ask
from bot.commands.lookup import get_account_id, pressed_account
from bot.core.task_page import ACCOUNT, EVERYTHING, MINE, TEAM, TaskPage
from bot.core.vocabulary import Role
from bot.registry import CS_TEAM, LEADERS, button, command
from bot.store.accounts import list_names
from bot.store.scopes import get_scope
from bot.store.task_pages import get_task_page
from bot.store.unit import Unit
from bot.views.reply import Private, Reply
from bot.views.tasks import PAGE, build_tasks, read_page_value


@command("tasks", roles=CS_TEAM, slash="/tasks")
def tasks(ask: Ask) -> Reply:
    """The tasks of the account named; without one the team's for a lead, else one's own."""
    if ask.text.strip():
        with ask.reading() as unit:
            account_id = get_account_id(unit, ask.text.strip())
        return _show(ask, ACCOUNT, account_id)
    return _show(ask, _widest(ask))


@button("tasks", roles=CS_TEAM)
def own_tasks(ask: Ask) -> Reply:
    """One's own, or those of the account that the button names."""
    if ask.value:
        return _show(ask, ACCOUNT, pressed_account(ask))
    return _show(ask, MINE)


@button(PAGE, roles=CS_TEAM)
def tasks_page(ask: Ask) -> Reply:
    """Another page, or other people's tasks, in the place of this one."""
    whose, account_id, page = read_page_value(ask.value)
    if whose in (TEAM, EVERYTHING):
        whose = _widest(ask)
    return _show(ask, whose, account_id, page, replaces=True)


def _show(
    ask: Ask, whose: str, account_id: int | None = None, page: int = 0, *, replaces: bool = False
) -> Reply:
    with ask.reading() as unit:
        found, name = _read(unit, ask, whose, account_id, page)
    wider = None
    if whose != ACCOUNT and ask.person.has(*LEADERS):
        wider = _widest(ask) if whose == MINE else MINE
    return Private(build_tasks(ask.say, found, ask.today, name, wider), replaces=replaces)


def _read(
    unit: Unit, ask: Ask, whose: str, account_id: int | None, page: int
) -> tuple[TaskPage, str]:
    """The page, and the account's name where it is about one."""
    person, name = ask.person, ""
    owner_ids: tuple[int, ...] = ()
    if whose == ACCOUNT and account_id is not None:
        name = next((each for _, each in list_names(unit, [account_id])), "")
    elif whose == MINE:
        owner_ids = (person.member_id,)
    else:
        owner_ids = get_scope(unit, person.member_id, person.roles).member_ids
    found = get_task_page(
        unit, whose, ask.today, owner_ids=owner_ids, account_id=account_id, page=page
    )
    return found, name


def _widest(ask: Ask) -> str:
    """As far as the person's role looks."""
    if ask.person.has(Role.MANAGER, Role.OPS):
        return EVERYTHING
    return TEAM if ask.person.has(Role.LEAD) else MINE
