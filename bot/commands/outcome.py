"""`/outcome`, and the buttons that close a task or an alert: each opens the form of an outcome."""

from bot.ask import Ask
from bot.commands.lookup import get_account_id
from bot.commands.task import pressed_task, said
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.task import TaskRow
from bot.registry import CS_TEAM, button, command, form
from bot.services.outcome_pages import read_outcome_page
from bot.services.outcomes import make_closing_task
from bot.store.accounts import list_names
from bot.store.episodes import get_alert
from bot.store.tasks import list_undone, list_undone_of
from bot.views.notices import build_notice_form
from bot.views.outcome_form import PICK, TASK, build_outcome_form, build_pick_form
from bot.views.reply import FormErrors, OpenForm, Reply, UpdateForm, View


@command("outcome", roles=CS_TEAM, slash="/outcome", opens_form=True)
def outcome(ask: Ask) -> Reply:
    """The form of the account's only task, else the question which; alone, of one's own tasks."""
    name, tasks = _read_tasks(ask)
    if not tasks:
        block = "none_account" if name else "none"
        return OpenForm(build_notice_form(ask.say, ask.say("outcome", block, name=name)))
    if name and len(tasks) == 1:
        return OpenForm(_build(ask, tasks[0].id))
    return OpenForm(build_pick_form(ask.say, tasks, name))


@form(PICK, roles=CS_TEAM)
def pick_task(ask: Ask) -> Reply:
    """The form of the task chosen, in place of the question."""
    if not said(ask, TASK):
        return FormErrors({TASK: ask.say("outcome", "needed_task")})
    return UpdateForm(_build(ask, int(said(ask, TASK))))


@button("task_done", roles=CS_TEAM, opens_form=True)
def task_done(ask: Ask) -> Reply:
    """The form of the task."""
    return OpenForm(_build(ask, pressed_task(ask)))


@button("episode_done", roles=CS_TEAM, opens_form=True)
def episode_done(ask: Ask) -> Reply:
    """The form of the alert's next task; one that has recovered is closed with it.

    An alert with nothing left to do gets a task to be closed by.
    """
    ref = ask.value.partition(":")[0]
    if not ref.isdigit():
        raise Refusal("no_such_alert")
    with ask.reading() as unit:
        alert = get_alert(unit, int(ref), ask.today)
    if not alert.is_open:
        raise AlreadyDone("alert_ended")
    task_id = alert.next_step.task_id if alert.next_step else _make_task(ask, alert.id)
    return OpenForm(_build(ask, task_id, closes=alert.is_recovered))


def _build(ask: Ask, task_id: int, *, closes: bool = False) -> View:
    with ask.reading() as unit:
        page = read_outcome_page(unit, task_id, ask.today, ask.say.locale, closes=closes)
    return build_outcome_form(ask.say, page)


def _make_task(ask: Ask, episode_id: int) -> int:
    with ask.writing() as unit:
        return make_closing_task(unit, episode_id, by=ask.person, today=ask.today).id


def _read_tasks(ask: Ask) -> tuple[str, list[TaskRow]]:
    """The name of the account that was said, if any, and the tasks that may be meant."""
    with ask.reading() as unit:
        if not ask.text.strip():
            return "", list_undone(unit, [ask.person.member_id], ask.today)
        account_id = get_account_id(unit, ask.text.strip())
        [(_, name)] = list_names(unit, [account_id])
        return name, list_undone_of(unit, [account_id], ask.today)
