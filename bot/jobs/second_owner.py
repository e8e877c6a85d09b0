"""At the end of an owner's day: red alerts nobody acts on go on to the second owner or the lead.

Whoever lives by another clock is told in their own morning; the alert's thread says so at once.
"""

from collections.abc import Sequence
from datetime import time, timedelta

from bot.ask import JobTurn
from bot.core.say import Say
from bot.core.slots import Daily
from bot.people import read_locale
from bot.registry import CS_TEAM, job, morning_job
from bot.services.second_owner import (
    Passing,
    Said,
    list_put_off,
    list_to_pass,
    pass_on,
    put_off,
)
from bot.store.alert_messages import Reader, read_reader
from bot.store.unit import Unit
from bot.views.reply import Message, Post
from bot.views.second_owner import build_passed, build_passed_later, build_passed_line

Found = tuple[Passing, Reader, Reader]


@job(
    "second_owner",
    Daily(time(18, 0)),
    audience="member",
    grace=timedelta(hours=4),
    at_closing=True,
    roles=CS_TEAM,
)
def second_owner(turn: JobTurn) -> list[Post]:
    """Once for each alert; message, line in the thread and audit are one transaction."""
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    with turn.reading() as unit:
        found = _with_readers(unit, list_to_pass(unit, person.member_id, today, turn.at))
    for each in found:
        if each[0].opens_at is None:
            _pass(turn, *each)
        else:
            _put_off(turn, each[0], each[2])
    return []


@morning_job("second_owner_morning", roles=CS_TEAM)
def second_owner_morning(turn: JobTurn) -> list[Post]:
    """What was left unclaimed in the night of whoever is second, at their own digest's time."""
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    with turn.reading() as unit:
        found = _with_readers(unit, list_put_off(unit, person.member_id, today, turn.at))
    for each in found:
        _pass(turn, *each)
    return []


def _with_readers(unit: Unit, found: Sequence[Passing]) -> list[Found]:
    """Each with who is told, and who reads its thread."""
    return [
        (each, read_reader(unit, each.slack_user), read_reader(unit, each.thread_audience))
        for each in found
    ]


def _pass(turn: JobTurn, passing: Passing, theirs: Reader, of_thread: Reader) -> None:
    alert, is_lead = passing.alert, passing.is_lead
    owner = alert.owner.name if alert.owner else ""
    today = turn.slot.local_day
    shown = build_passed(_voice(turn, theirs), alert, owner, today, is_lead=is_lead)
    line = build_passed_line(_voice(turn, of_thread), passing.name, is_lead=is_lead)
    with turn.writing() as unit:
        pass_on(unit, passing, _said(shown), _said(line))


def _put_off(turn: JobTurn, passing: Passing, of_thread: Reader) -> None:
    assert passing.opens_at is not None
    say, zone = _voice(turn, of_thread), of_thread.zone
    line = build_passed_later(say, passing.name, passing.opens_at, zone, is_lead=passing.is_lead)
    with turn.writing() as unit:
        put_off(unit, passing, _said(line))


def _voice(turn: JobTurn, reader: Reader) -> Say:
    return turn.ports.voices[read_locale(reader.locale)]


def _said(shown: Message) -> Said:
    return Said(shown.text, list(shown.blocks))
