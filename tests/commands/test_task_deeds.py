"""What the deeds of tasks and outcomes refuse and say, where Slack's own checks do not reach."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.outcome import episode_done, outcome, pick_task, task_done
from bot.commands.outcome_kept import keep_outcome
from bot.commands.task import ask_new_date, keep_dropped, keep_new_date, keep_owner, task_wait
from bot.commands.task_add import ask_task, keep_task
from bot.commands.tasks import own_tasks, tasks, tasks_page
from bot.core.refusal import AlreadyDone, Refusal, UnknownAccount
from bot.core.vocabulary import Locale, Role
from bot.registry import CS_TEAM, whole
from bot.services.playbooks import ensure_shipped
from bot.store.tables import Account, Episode, Task
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply, UpdateForm
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode, add_task
from tests.views.shown import elements_of, message_of, problems_of, text_of

LOCALES = pytest.mark.parametrize("locale", list(Locale))
TUESDAY = date(2026, 11, 24)


def _errors(reply: Reply) -> list[str]:
    assert isinstance(reply, FormErrors)
    return sorted(reply.errors)


def _form(reply: Reply) -> dict[str, Any]:
    assert isinstance(reply, OpenForm | UpdateForm)
    assert problems_of(reply.view) == []
    return reply.view


def _blocks(reply: Reply) -> dict[str, Any]:
    """The elements of a form by the name of their field."""
    return {
        each["block_id"]: each["element"]
        for each in _form(reply)["blocks"]
        if each["type"] == "input"
    }


@pytest.fixture
def acme(desk: Desk) -> Account:
    ensure_shipped(desk.store, desk.workspace.id)
    return desk.add_account("アクメ商事")


def _states(desk: Desk) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        return sorted(unit.session.scalars(select(Task.state)))


def test_every_field_that_is_left_empty_says_so(desk: Desk, acme: Account) -> None:
    ref = {"task": str(add_task(desk, acme, TUESDAY).id)}
    assert _errors(keep_new_date(desk.submit(ref))) == ["due_on", "reason"]
    assert _errors(keep_owner(desk.submit(ref))) == ["owner"]
    assert _errors(keep_dropped(desk.submit(ref, reason="  "))) == ["reason"]
    assert _errors(keep_task(desk.submit({}))) == ["account", "due_on", "owner", "title"]
    assert _errors(keep_outcome(desk.submit(ref))) == ["impression", "result"]
    assert _errors(pick_task(desk.submit({}))) == ["task"]
    assert _states(desk) == ["open"]


@pytest.mark.parametrize("on", ["2026-11-19", "2126-11-24"])
def test_a_day_on_which_nothing_can_be_due_is_told_at_its_field(
    desk: Desk, acme: Account, on: str
) -> None:
    ref = {"task": str(add_task(desk, acme, TUESDAY).id)}
    assert _errors(keep_new_date(desk.submit(ref, due_on=on, reason="理由"))) == ["due_on"]
    told: dict[str, Any] = {
        "result": "done",
        "impression": "前向き",
        "next_title": "続き",
        "next_on": on,
    }
    assert _errors(keep_outcome(desk.submit(ref, **told))) == ["next_on"]
    new: dict[str, Any] = {"title": "続き", "due_on": on, "owner": "U1", "account": str(acme.id)}
    assert _errors(keep_task(desk.submit({}, **new))) == ["due_on"]


def test_somebody_slack_knows_and_we_do_not_is_refused_at_the_field(
    desk: Desk, acme: Account
) -> None:
    ref = {"task": str(add_task(desk, acme, TUESDAY).id)}
    with pytest.raises(Refusal, match="no_such_colleague") as refused:
        keep_owner(desk.submit(ref, owner="U0NOBODY"))
    assert refused.value.params["field"] == "owner"


@pytest.mark.parametrize("value", ["", "abc", "12345"])
def test_a_button_of_a_task_that_is_not_there_is_refused(desk: Desk, value: str) -> None:
    for deed in (task_wait, ask_new_date, task_done):
        with pytest.raises(Refusal, match="no_such_task"):
            deed(desk.ask(value=value))


def test_what_has_ended_opens_no_form(desk: Desk, acme: Account) -> None:
    task = add_task(desk, acme, TUESDAY, state="done")
    with pytest.raises(AlreadyDone, match="task_ended"):
        task_done(desk.ask(value=str(task.id)))
    closed = add_episode(desk, acme, state="closed", open_as=None)
    with pytest.raises(AlreadyDone, match="alert_ended"):
        episode_done(desk.ask(value=str(closed.id)))
    with pytest.raises(Refusal, match="no_such_alert"):
        episode_done(desk.ask(value="alert"))


def test_an_alert_is_closed_by_its_next_task_or_by_one_made_for_it(
    desk: Desk, acme: Account
) -> None:
    episode = add_episode(desk, acme)
    add_task(desk, acme, date(2026, 12, 4), episode=episode, title="効果を確認")
    first = add_task(desk, acme, TUESDAY, episode=episode, title="打診")
    assert _form(episode_done(desk.ask(value=str(episode.id))))["private_metadata"].count(
        str(first.id)
    )
    bare = add_episode(desk, desk.add_account("ベータ物流"))
    view = _form(episode_done(desk.ask(value=str(bare.id))))
    again = _form(episode_done(desk.ask(value=str(bare.id))))
    assert view["private_metadata"] == again["private_metadata"]
    assert _states(desk) == ["open"] * 3


def test_one_night_without_a_sign_drops_nothing_that_is_still_to_be_done(
    desk: Desk, acme: Account
) -> None:
    """Closing is proposed after some nights; before, the first step's outcome is no end."""
    episode = add_episode(desk, acme, clear_since_on=TODAY)
    for title in ("打診", "効果を確認"):
        add_task(desk, acme, TUESDAY, episode=episode, title=title)
    view = _form(episode_done(desk.ask(value=str(episode.id))))
    assert "回復" not in str(view["blocks"][0])
    assert json.loads(view["private_metadata"]).get("closes", "") == ""


def test_a_recovered_alert_is_closed_with_its_rest(desk: Desk, acme: Account) -> None:
    episode = add_episode(desk, acme, clear_since_on=TODAY, is_recovery_told=True)
    for title in ("打診", "効果を確認"):
        add_task(desk, acme, TUESDAY, episode=episode, title=title)
    view = _form(episode_done(desk.ask(value=str(episode.id))))
    assert "回復" in str(view["blocks"][0])
    with desk.store.reading(desk.workspace.id) as unit:
        ref = min(unit.session.scalars(select(Task.id)))
    carried = {"task": str(ref), "closes": "yes"}
    reply = keep_outcome(desk.submit(carried, result="met", impression="利用が戻った"))
    assert isinstance(reply, CloseForm)
    assert reply.message
    assert "回復として完了" in reply.message.text
    assert _states(desk) == ["done", "dropped"]
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalars(select(Episode.ending)).one() == "recovered"


@LOCALES
def test_the_form_is_filled_in_with_what_is_known(
    desk: Desk, acme: Account, locale: Locale
) -> None:
    episode = add_episode(desk, acme, hypothesis="budget")
    task = add_task(desk, acme, TUESDAY, episode=episode, title="打診", mover="them")
    fields = _blocks(task_done(desk.ask(value=str(task.id), locale=locale)))
    assert fields["done"]["initial_value"] == "打診"
    assert fields["hypothesis"]["initial_option"]["value"] == "budget"
    assert fields["mover"]["initial_option"]["value"] == "them"
    keys = [each["value"] for each in fields["result"]["options"]]
    assert keys[-4:] == ["waiting", "unreachable", "not_needed", "solved_otherwise"]
    hand = add_task(desk, acme, TUESDAY)
    plain = _blocks(task_done(desk.ask(value=str(hand.id), locale=locale)))
    assert "hypothesis" not in plain
    assert plain["result"]["options"][0]["value"] == "done"


@LOCALES
def test_without_a_task_the_way_to_one_is_told(desk: Desk, acme: Account, locale: Locale) -> None:
    for text in ("", "アクメ"):
        view = _form(outcome(desk.ask(text, locale=locale)))
        assert "submit" not in view
    with pytest.raises(UnknownAccount):
        outcome(desk.ask("そんな会社はない", locale=locale))


@LOCALES
def test_a_list_s_rows_hold_their_ways_out(desk: Desk, acme: Account, locale: Locale) -> None:
    add_task(desk, acme, TUESDAY)
    add_task(desk, acme, TUESDAY, state="waiting", waiting_until_on=TODAY)
    shown = message_of(tasks(desk.ask(locale=locale)))
    assert problems_of(shown) == []
    ids = [each["action_id"] for each in elements_of(shown.blocks)]
    assert ids == ["task_again", "more", "task_done", "more"]
    of_acme = message_of(own_tasks(desk.ask(value=str(acme.id), locale=locale)))
    assert text_of(of_acme) == text_of(message_of(tasks(desk.ask("アクメ", locale=locale))))
    assert elements_of(of_acme.blocks)[-1]["action_id"] == "task_add"


def test_a_page_asked_for_by_somebody_who_leads_nobody_any_more_is_their_own(
    desk: Desk, acme: Account
) -> None:
    mori = desk.hire("森", Role.LEAD)
    add_task(desk, acme, TUESDAY, owner_id=mori.id, title="他人の仕事")
    for value in ("everything::0", "team::0"):
        assert "他人の仕事" not in text_of(message_of(tasks_page(desk.ask(value=value))))
    manager = desk.hire("工藤", Role.MANAGER)
    shown = text_of(message_of(tasks_page(desk.ask(value="everything::7", by=manager))))
    assert "他人の仕事" in shown


def test_an_added_task_asks_for_its_account_only_where_none_is_known(
    desk: Desk, acme: Account
) -> None:
    assert "account" in _blocks(ask_task(desk.ask()))
    assert "account" not in _blocks(ask_task(desk.ask(value=str(acme.id))))
    assert _blocks(ask_task(desk.ask()))["due_on"]["initial_date"] == "2026-11-24"


def test_tasks_and_outcomes_are_the_cs_team_s_alone() -> None:
    ours = ("task", "outcome", "episode_done")
    found = [deed for (_, key), deed in whole().deeds.items() if key.startswith(ours)]
    assert len(found) >= 16
    assert {deed.roles for deed in found} == {CS_TEAM}
