"""From the draft to the version in use: simulated, asked for, approved by somebody else, or not."""

from collections.abc import Sequence

from bot.ask import Ask
from bot.commands.model_pages import get_draft, seen
from bot.core.hours import local_day
from bot.core.model_page import Draft
from bot.core.model_simulation import Simulation
from bot.core.refusal import Refusal
from bot.registry import LEADERS, OPS, button, form
from bot.services.models.approval import (
    APPROVERS,
    approve,
    ask_approval,
    find_changer,
    list_seconds,
    reject,
)
from bot.services.models.drafts import lock_draft
from bot.store import outbox
from bot.store.simulations import ask_simulation
from bot.views.model import APPROVE, ASK, REJECT, RESULT, SIMULATE
from bot.views.model_forms import REASON, build_reject_form
from bot.views.model_simulation import REST, build_rest, build_simulation
from bot.views.model_told import build_line, build_please_approve, build_rejected
from bot.views.reply import CloseForm, OpenForm, Post, Private, Reply


@button(SIMULATE, roles=OPS)
def simulate(ask: Ask) -> Reply:
    """Try it on our own accounts, in a child process; the result comes as a message."""
    version, revision = seen(ask.value)
    with ask.writing() as unit:
        lock_draft(unit, version, revision)
        asked_id = ask_simulation(unit, version, revision, ask.person.slack_user)
        on = local_day(unit.at, unit.workspace.zone)
    ask.ports.heavy.start(
        "simulate_model", workspace_id=ask.workspace_id, asked_id=asked_id, on=on.isoformat()
    )
    return Private(build_line(ask.say, "simulating", number=version))


@button(RESULT, roles=LEADERS)
def show_result(ask: Ask) -> Reply:
    """What the simulation found."""
    draft, found = _get_simulated(ask)
    return Private(build_simulation(ask.say, draft, found))


@button(REST, roles=LEADERS)
def show_rest(ask: Ask) -> Reply:
    """Alerts by owner and week."""
    draft, found = _get_simulated(ask)
    return Private(build_rest(ask.say, draft, found))


@button(ASK, roles=OPS)
def ask_for_approval(ask: Ask) -> Reply:
    """Tell everybody who may approve it, once for each revision."""
    draft = get_draft(ask)
    version, revision = seen(ask.value)
    actor, robots = ask.person.slack_user, _list_robots(ask)
    with ask.writing() as unit:
        asked = ask_approval(unit, version, revision, actor, robots)
    by, key = ask.person.name, f"model:ask:{version}:{revision}"
    posts = [
        Post(f"{key}:{each.slack_user}", each.slack_user, build_please_approve(say, draft, by))
        for each in asked
        if (say := ask.ports.voices[each.locale])
    ]
    _put(ask, posts)
    return Private(build_line(ask.say, "asked", names=[each.name for each in asked]))


def _list_robots(ask: Ask) -> set[str]:
    """Those who could approve and are no people: ops gives a robot roles so that it can deliver."""
    with ask.reading() as unit:
        possible = [each.slack_user for each in list_seconds(unit, ask.person.slack_user)]
    return {user for user in possible if ask.ports.directory.get_person(user).is_bot}


@button(APPROVE, roles=APPROVERS)
def approve_draft(ask: Ask) -> Reply:
    """Into use from now on; today's scores are read by it."""
    version, revision = seen(ask.value)
    with ask.reading() as unit:
        on, maker = local_day(unit.at, unit.workspace.zone), find_changer(unit)
    with ask.writing() as unit:
        is_sorted = approve(unit, version, revision, ask.person.slack_user, on)
    if not is_sorted:
        ask.ports.heavy.start("recompute", workspace_id=ask.workspace_id, run_on=on.isoformat())
    if maker is not None and maker.slack_user != ask.person.slack_user:
        by = ask.person.name
        told = build_line(ask.ports.voices[maker.locale], "approved_told", number=version, by=by)
        _put(ask, [Post(f"model:approved:{version}", maker.slack_user, told)])
    told = build_line(ask.say, "approved", number=version, is_sorted=is_sorted)
    return Private(told, replaces=True)


@button(REJECT, roles=APPROVERS, opens_form=True)
def open_reject(ask: Ask) -> Reply:
    """Why it goes back is asked for."""
    return OpenForm(build_reject_form(ask.say, get_draft(ask)))


@form(REJECT, roles=APPROVERS)
def reject_draft(ask: Ask) -> Reply:
    """Back to whoever changed it last, with the reason."""
    (version, revision), reason = seen(ask.carried["draft"]), ask.fields[REASON].value or ""
    with ask.reading() as unit:
        maker = find_changer(unit)
    with ask.writing() as unit:
        reject(unit, version, revision, ask.person.slack_user, reason)
    if maker is not None and maker.slack_user != ask.person.slack_user:
        say, by = ask.ports.voices[maker.locale], ask.person.name
        told = build_rejected(say, version, by, reason)
        _put(ask, [Post(f"model:rejected:{version}:{revision}", maker.slack_user, told)])
    return CloseForm(build_line(ask.say, "rejected", number=version))


def _get_simulated(ask: Ask) -> tuple[Draft, Simulation]:
    draft = get_draft(ask)
    if draft.simulation is None:
        raise Refusal("model_not_simulated")
    return draft, draft.simulation


def _put(ask: Ask, posts: Sequence[Post]) -> None:
    with ask.writing() as unit:
        for post in posts:
            outbox.put(
                unit,
                key=post.key,
                audience=post.audience,
                text=post.message.text,
                blocks=post.message.blocks,
                holds_customer_data=False,
            )
