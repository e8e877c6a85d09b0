"""Every night all scores are computed anew, in a child process; ops is told what came of it."""

from datetime import date, time, timedelta

from bot.ask import JobTurn
from bot.core.refusal import Refusal
from bot.core.slots import Daily
from bot.core.vocabulary import Band
from bot.errors import Failure, attempt
from bot.jobs.data_news import list_data_news, post_to
from bot.registry import job
from bot.store import outbox
from bot.store.members import list_ops_users
from bot.views.nightly import Night, build_failed, build_night, build_postponed
from bot.views.reply import Post


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
    audiences = [channel] if channel else users
    result = attempt(lambda: _recompute(turn, run_on), job="nightly")
    if isinstance(result, Refusal):
        told = build_postponed(turn.say, run_on, result)
        return post_to(audiences, f"nightly:{run_on}", told)
    if isinstance(result, Failure):
        _tell_failure(turn, audiences, result)
        raise RecomputeFailed(f"see reference {result.reference}")
    night = _read(run_on, result)
    posts = post_to(audiences, f"nightly:{run_on}", build_night(turn.say, night))
    return [*posts, *list_data_news(turn, run_on, night.data_on, audiences)]


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
        for post in post_to(audiences, f"nightly-failed:{run_on}", shown):
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
