"""What a night has to say about the data itself; each thing once, however many nights it lasts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from bot.ask import JobTurn
from bot.core.say import Say
from bot.people import build_calendar
from bot.services.gaps import list_sources
from bot.store import breaks, waves
from bot.store.gaps import list_told_stops
from bot.store.ops_decides import list_untold, notice_key
from bot.views.breaks import build_breaks, build_breaks_over
from bot.views.gaps import build_late, build_returned
from bot.views.nightly import build_gap, build_gap_over
from bot.views.reply import Message, Post
from bot.views.waves import build_waves

Finding = TypeVar("Finding")


def list_data_news(
    turn: JobTurn, run_on: date, data_on: date | None, audiences: list[str]
) -> list[Post]:
    """Gaps, breaks, waves and sources, as the run of that day has left them."""
    return [
        *(_list_gap_news(turn, run_on, data_on, audiences) if data_on else []),
        *_list_break_news(turn, run_on, audiences),
        *_list_wave_news(turn, run_on, audiences),
        *_list_source_news(turn, run_on, data_on, audiences),
    ]


def post_to(audiences: list[str], key: str, told: Message) -> list[Post]:
    """The same to each of them, without customer data."""
    return [
        Post(f"{key}:{audience}", audience, told, holds_customer_data=False)
        for audience in audiences
    ]


def _list_gap_news(turn: JobTurn, run_on: date, data_on: date, audiences: list[str]) -> list[Post]:
    """That the last business day before the run has not come whole; and that it has again."""
    with turn.reading() as unit:
        due_on = build_calendar(unit.workspace).add_business_days(run_on, -1)
        stopped = list_told_stops(unit).get("gap", [])
    if data_on < due_on:
        return post_to(audiences, f"gap:{data_on}", build_gap(turn.say, run_on, data_on))
    told = build_gap_over(turn.say, data_on)
    return _list_returns(audiences, "gap-back", stopped, told)


def _list_break_news(turn: JobTurn, run_on: date, audiences: list[str]) -> list[Post]:
    """What is to be decided of everybody at once, and what is over."""
    with turn.reading() as unit:
        nights = {each.found_on for each in breaks.list_open_breaks(unit)}
        untold = list_untold(unit, breaks.NOTICE, {*nights, run_on})
        found = {on: breaks.list_found_breaks(unit, on) for on in untold}
        over = breaks.list_ended_breaks(unit, run_on)
    posts = _list_findings(turn, audiences, breaks.NOTICE, found, build_breaks)
    if over:
        told = build_breaks_over(turn.say, run_on, over)
        posts += post_to(audiences, f"break-over:{run_on}", told)
    return posts


def _list_wave_news(turn: JobTurn, run_on: date, audiences: list[str]) -> list[Post]:
    with turn.reading() as unit:
        nights = {each.found_on for each in waves.list_open_waves(unit)}
        untold = list_untold(unit, waves.NOTICE, {*nights, run_on})
        found = {on: waves.list_found_waves(unit, on) for on in untold}
    return _list_findings(turn, audiences, waves.NOTICE, found, build_waves)


def _list_findings(
    turn: JobTurn,
    audiences: list[str],
    word: str,
    found: Mapping[date, Sequence[Finding]],
    build: Callable[[Say, date, Sequence[Finding]], Message],
) -> list[Post]:
    """A notice for each night that nobody was told of: its process may have died before."""
    return [
        post
        for on, rows in found.items()
        if rows
        for post in post_to(audiences, notice_key(word, on), build(turn.say, on, rows))
    ]


def _list_source_news(
    turn: JobTurn, run_on: date, data_on: date | None, audiences: list[str]
) -> list[Post]:
    """Each source that is late, once for each day it stopped at; and when it has come again.

    A metric that stopped with all the others is told as the whole feed's gap.
    """
    with turn.reading() as unit:
        sources = list_sources(unit, run_on)
        stopped = list_told_stops(unit)
    posts = []
    for each in sources:
        if each.is_late and not (each.is_metric and each.last_on == data_on):
            posts += post_to(audiences, each.outage_key, build_late(turn.say, each))
        elif not each.is_late and each.key in stopped:
            told, key = build_returned(turn.say, each), f"source-back:{each.kind}"
            posts += _list_returns(audiences, key, stopped[each.key], told)
    return posts


def _list_returns(audiences: list[str], key: str, stopped: list[date], told: Message) -> list[Post]:
    """It has come again: told once for each stop that was told."""
    return [post for on in stopped[-1:] for post in post_to(audiences, f"{key}:{on}", told)]
