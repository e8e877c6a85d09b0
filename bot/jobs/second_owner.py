"""At the end of an owner's day: red alerts nobody acts on go on to the second owner or the lead."""

from datetime import time, timedelta

from bot.ask import JobTurn
from bot.core.say import Say
from bot.core.slots import Daily
from bot.people import read_locale
from bot.registry import CS_TEAM, job
from bot.services.second_owner import Said, list_to_pass, pass_on
from bot.store.alert_messages import read_reader
from bot.store.unit import Unit
from bot.views.reply import Message, Post
from bot.views.second_owner import build_passed, build_passed_line


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
        found = [
            (each, _voice(turn, unit, each.slack_user), _voice(turn, unit, each.thread_audience))
            for each in list_to_pass(unit, person.member_id, today)
        ]
    for each, theirs, of_thread in found:
        shown = build_passed(theirs, each.alert, person.name, today, is_lead=each.is_lead)
        line = build_passed_line(of_thread, each.name, is_lead=each.is_lead)
        with turn.writing() as unit:
            pass_on(unit, each, _said(shown), _said(line))
    return []


def _voice(turn: JobTurn, unit: Unit, audience: str) -> Say:
    return turn.ports.voices[read_locale(read_reader(unit, audience).locale)]


def _said(shown: Message) -> Said:
    return Said(shown.text, list(shown.blocks))
