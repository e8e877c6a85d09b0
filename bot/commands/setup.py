"""`/sakidori setup`: the first hour, saved after every step and taken up where it was left."""

from bot.ask import Ask
from bot.commands.setup_pages import READY, show
from bot.core.hours import local_day
from bot.core.refusal import Refusal
from bot.core.setup import Step
from bot.first_diagnosis import begin_watching
from bot.registry import OPS, button, command, form
from bot.services.link_people import link_people
from bot.services.setup.gaps import find_leavers
from bot.services.setup.progress import finish_step, read_progress, turn_to
from bot.services.setup.thresholds import REVISED_AFTER
from bot.store.book import count_active
from bot.store.metrics import list_metrics
from bot.store.standing import has_scores
from bot.texts import Texts
from bot.views.reply import CloseForm, OpenForm, Reply, UpdateForm
from bot.views.setup import GO, OPEN, build_started, form_of


@command("setup", roles=OPS, opens_form=True)
def setup_by_word(ask: Ask) -> Reply:
    """The step where it was left."""
    return _open(ask)


@button(OPEN, roles=OPS, opens_form=True)
def setup_by_button(ask: Ask) -> Reply:
    """The step where it was left, or the one that the button names."""
    return _open(ask)


@button(GO, roles=OPS)
def turn_page(ask: Ask) -> Reply:
    """Another step, or this one anew."""
    step = Step(ask.value)
    with ask.writing() as unit:
        turn_to(unit, step, ask.person.slack_user)
    if step is Step.DATA:
        _prepare(ask)
    return UpdateForm(show(ask, step))


@form(form_of(Step.DATA), roles=OPS)
def leave_data(ask: Ask) -> Reply:
    """Nothing is asked here: on to the owners."""
    return go_on(ask, Step.DATA)


@form(form_of(Step.START), roles=OPS)
def start(ask: Ask) -> Reply:
    """Watching begins; a form shown before there were scores only looks again."""
    if READY not in ask.carried:
        return UpdateForm(show(ask, Step.START))
    started = begin_watching(ask.store, ask.workspace_id, Texts(), ask.person.slack_user)
    with ask.writing() as unit:
        finish_step(unit, Step.START, ask.person.slack_user)
    weeks = REVISED_AFTER.days // 7
    return CloseForm(build_started(ask.say, started.told, weeks))


def go_on(ask: Ask, step: Step, notice: str = "") -> Reply:
    """The step is done: the next one."""
    with ask.writing() as unit:
        following = finish_step(unit, step, ask.person.slack_user)
    return UpdateForm(show(ask, following, notice=notice))


def _open(ask: Ask) -> Reply:
    _ask_slack(ask)
    _prepare(ask)
    with ask.reading() as unit:
        progress = read_progress(unit.workspace)
    if ask.value in set(Step):
        return OpenForm(show(ask, Step(ask.value)))
    return OpenForm(show(ask, Step.START if progress.started_on else progress.step))


def _ask_slack(ask: Ask) -> None:
    """Who is who and who has left; what Slack does not answer now it is asked another time."""
    try:
        link_people(ask.store, ask.workspace_id, ask.ports.directory)
        find_leavers(ask.store, ask.workspace_id, ask.ports.directory)
    except Refusal:
        return


def _prepare(ask: Ask) -> None:
    """Have counted and scored in the background what later steps show."""
    with ask.reading() as unit:
        has_metrics, has_accounts = bool(list_metrics(unit)), count_active(unit) > 0
        is_scored, on = has_scores(unit, ask.today), local_day(unit.at, unit.workspace.zone)
    if has_metrics:
        ask.ports.heavy.start("count_metric_use", workspace_id=ask.workspace_id, on=on.isoformat())
    if has_accounts and not is_scored:
        ask.ports.heavy.start("recompute", workspace_id=ask.workspace_id, run_on=on.isoformat())
