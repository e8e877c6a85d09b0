"""A task by hand, from a card, a row or a thread."""

from datetime import date

from bot.ask import Ask
from bot.commands.lookup import get_account_id, pressed_account
from bot.commands.task import (
    chosen_person,
    missing,
    read_task,
    said,
    tell_new_owner,
    wrong_day,
)
from bot.core.task import Plan
from bot.core.vocabulary import Mover
from bot.registry import CS_TEAM, button, form
from bot.services.tasks import add_task
from bot.store.accounts import list_names
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply
from bot.views.task_forms import ACCOUNT, ADD, DUE_ON, MOVER, NOTE, OWNER, TITLE, build_add_form
from bot.views.task_told import build_added


@button(ADD, roles=CS_TEAM, opens_form=True)
def ask_task(ask: Ask) -> Reply:
    """What is to be done for the account of the button; without one it is asked, too."""
    account = None
    if ask.value:
        with ask.reading() as unit:
            [(account_id, name)] = list_names(unit, [pressed_account(ask)])
        account = (name, str(account_id))
    tomorrow = ask.person.calendar.add_business_days(ask.today, 1)
    return OpenForm(build_add_form(ask.say, tomorrow, ask.person.slack_user, account))


@form(ADD, roles=CS_TEAM)
def keep_task(ask: Ask) -> Reply:
    """The new task, or what is wrong with it."""
    if errors := _judge(ask):
        return FormErrors(errors)
    owner, on = chosen_person(ask), date.fromisoformat(said(ask, DUE_ON))
    mover = Mover(said(ask, MOVER) or Mover.US)
    plan = Plan(said(ask, TITLE), on, owner.id, mover, said(ask, NOTE))
    with ask.reading() as unit:
        account_id = get_account_id(unit, f"id:{ask.carried.get(ACCOUNT) or said(ask, ACCOUNT)}")
    with ask.writing() as unit:
        task_id = add_task(unit, account_id, plan, by=ask.person, today=ask.today).id
    task = read_task(ask, task_id)
    tell_new_owner(ask, task, owner)
    return CloseForm(build_added(ask.say, task, on, ask.today))


def _judge(ask: Ask) -> dict[str, str]:
    needed = [TITLE, DUE_ON, OWNER]
    if ACCOUNT not in ask.carried:
        needed.append(ACCOUNT)
    return {**missing(ask, *needed), **wrong_day(ask, DUE_ON)}
