"""Every night all scores are computed anew, in a child process; ops is told what came of it."""

from datetime import date, time, timedelta

from bot.ask import JobTurn
from bot.core.calendar import WorkCalendar
from bot.core.refusal import Refusal
from bot.core.slots import Daily
from bot.core.vocabulary import Band
from bot.errors import Failure, attempt
from bot.people import build_calendar
from bot.registry import job
from bot.services.gaps import list_sources
from bot.store import outbox
from bot.store.breaks import break_key, list_ended_breaks, list_found_breaks
from bot.store.gaps import list_told_outages
from bot.store.members import list_ops_users
from bot.views.breaks import build_breaks, build_breaks_over
from bot.views.gaps import build_late, build_returned
from bot.views.nightly import Night, build_failed, build_gap, build_night, build_postponed
from bot.views.reply import Message, Post


class RecomputeFailed(Exception):
    """The recompute broke; the trace is in the log under the reference named."""


@job(
    "nightly",
    Daily(time(5, 30), business_days_only=False),
    audience="workspace",
    grace=timedelta(hours=12),
    tells_own_failure=True,
)
def nightly(turn: JobTurn) -> list[Post]:
    """Recompute, then one post to the ops channel, else to each ops person; gaps once."""
    run_on = turn.slot.local_day
    with turn.reading() as unit:
        channel, users = unit.workspace.ops_channel, list_ops_users(unit)
        calendar = build_calendar(unit.workspace)
    audiences = [channel] if channel else users
    result = attempt(lambda: _recompute(turn, run_on), job="nightly")
    if isinstance(result, Refusal):
        told = build_postponed(turn.say, run_on, result)
        return _posts(f"nightly:{run_on}", audiences, told)
    if isinstance(result, Failure):
        _tell_failure(turn, audiences, result)
        raise RecomputeFailed(f"see reference {result.reference}")
    night = _read(run_on, result)
    posts = _posts(f"nightly:{run_on}", audiences, build_night(turn.say, night))
    if night.data_on is not None and _is_behind(night, calendar):
        gap = build_gap(turn.say, run_on, night.data_on)
        posts += _posts(f"gap:{night.data_on}", audiences, gap)
    posts += _list_break_news(turn, run_on, audiences)
    return [*posts, *_list_source_news(turn, run_on, night.data_on, audiences)]


def _list_break_news(turn: JobTurn, run_on: date, audiences: list[str]) -> list[Post]:
    """What the run has found of everybody at once, and what is over; each is told once."""
    with turn.reading() as unit:
        found, over = list_found_breaks(unit, run_on), list_ended_breaks(unit, run_on)
    posts = []
    if found:
        posts += _posts(break_key(run_on), audiences, build_breaks(turn.say, run_on, found))
    if over:
        told = build_breaks_over(turn.say, run_on, over)
        posts += _posts(f"break-over:{run_on}", audiences, told)
    return posts


def _list_source_news(
    turn: JobTurn, run_on: date, data_on: date | None, audiences: list[str]
) -> list[Post]:
    """Each source that is late, once for each day it stopped at; and when it has come again.

    A metric that stopped with all the others is told as the whole feed's gap.
    """
    with turn.reading() as unit:
        sources = list_sources(unit, run_on)
        told_outages = list_told_outages(unit, [each.returned_key for each in sources])
    posts = []
    for each in sources:
        if each.is_late and not (each.is_metric and each.last_on == data_on):
            posts += _posts(each.outage_key, audiences, build_late(turn.say, each))
        elif each.returned_key in told_outages:
            told = build_returned(turn.say, each)
            posts += _posts(f"source-back:{each.kind}:{each.last_on}", audiences, told)
    return posts


def _recompute(turn: JobTurn, run_on: date) -> dict[str, object] | Refusal:
    """The child's answer, or why it would not begin."""
    try:
        return turn.ports.heavy.run(
            "recompute", workspace_id=turn.workspace_id, run_on=run_on.isoformat()
        )
    except Refusal as refusal:
        return refusal


def _tell_failure(turn: JobTurn, audiences: list[str], failure: Failure) -> None:
    """Said at once and once, though the run is tried again: who waits for scores must know."""
    run_on = turn.slot.local_day
    shown = build_failed(turn.say, run_on, failure.reference)
    with turn.writing() as unit:
        for post in _posts(f"nightly-failed:{run_on}", audiences, shown):
            outbox.put(
                unit,
                key=post.key,
                audience=post.audience,
                text=post.message.text,
                blocks=post.message.blocks,
                holds_customer_data=False,
            )


def _read(run_on: date, result: dict[str, object]) -> Night:
    """The child's answer: `by_band`, counts, and `data_on` as an ISO day or None."""
    by_band, data_on = result["by_band"], result["data_on"]
    assert isinstance(by_band, dict)
    return Night(
        run_on=run_on,
        by_band={Band(band): int(count) for band, count in by_band.items()},
        changed=int(str(result["changed_bands"])),
        data_on=date.fromisoformat(str(data_on)) if data_on else None,
        opened=int(str(result["opened"])),
        cleared=int(str(result["cleared"])),
    )


def _is_behind(night: Night, calendar: WorkCalendar) -> bool:
    """Whether the last business day before the run has not come whole."""
    return night.data_on is not None and night.data_on < calendar.add_business_days(
        night.run_on, -1
    )


def _posts(key: str, audiences: list[str], told: Message) -> list[Post]:
    return [
        Post(f"{key}:{audience}", audience, told, holds_customer_data=False)
        for audience in audiences
    ]
