"""`recompute`: scores of today or of days that have passed, or only a look at what would differ."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli.console import Problem, opened, show, the_workspace
from bot.clock import today
from bot.foundation import Foundation, spare_what_is_loaded
from bot.store.tables import Account, Workspace

if TYPE_CHECKING:
    from bot.services.backfill import DayCompared, Differing


def add_to(app: typer.Typer) -> None:
    """Declare the command."""
    app.command()(recompute)


def recompute(
    from_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="Score each day since, anew; audited."),
    ] = None,
    to_day: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="The last of these days; else today."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; compare with what is stored.")
    ] = False,
    touched: Annotated[
        bool, typer.Option("--touched", help="Of today, only accounts that a fact has moved.")
    ] = False,
    team: Annotated[str | None, typer.Option(help="Workspace, where there are several.")] = None,
) -> None:
    """Score every account as of today, or each day since `--from` as of that day.

    Facts that came later count on the days they speak of. With `--dry-run` each stored day is
    scored again by its own model version and compared; it is told what came late.
    """
    if from_day is None and (to_day or dry_run):
        raise Problem("Say since when: --from YYYY-MM-DD.")
    if from_day is not None and touched:
        raise Problem("--touched is of today; leave out --from.")
    with opened(log_level="WARNING") as base:
        workspace = the_workspace(base, team)
        spare_what_is_loaded()
        on = today(base.clock, workspace.zone)
        if from_day is None:
            _score_today(base, workspace, on, touched)
            return
        first, last = from_day.date(), to_day.date() if to_day else on
        if not first <= last <= on:
            raise Problem(f"Days go from --from to --to and not beyond today, {on}.")
        deed = _compare if dry_run else _score_again
        deed(base, workspace, first, last)


def _score_today(base: Foundation, workspace: Workspace, on: date, touched: bool) -> None:
    from bot.services.recompute import recompute as score

    done = score(base.store, workspace.id, on, only_touched=touched)
    part = "" if done.is_full else " of the accounts that facts have moved"
    show(f"{on}: {done.scored} accounts scored{part}, {done.by_band}")


def _score_again(base: Foundation, workspace: Workspace, first: date, last: date) -> None:
    from bot.services.recompute import recompute_history

    with _progress(first, last) as tell:
        days = recompute_history(
            *(base.store, workspace.id, first, last), actor="command line", tell=tell
        )
    show(f"{len(days)} days scored.")


def _compare(base: Foundation, workspace: Workspace, first: date, last: date) -> None:
    from bot.services.backfill import compare_history

    with _progress(first, last) as tell:
        days = compare_history(base.store, workspace.id, first, last, tell=tell)
    if not days:
        raise Problem(f"No day from {first} to {last} is scored.")
    with base.store.reading(workspace.id) as unit:
        ids = {each.account_id for day in days for each in day.differing}
        names = {key: unit.session.get_one(Account, (workspace.id, key)).name for key in ids}
    for day in days:
        show(*_tell_day(day, names))
    show("Nothing was written.")
    if any(day.unexplained for day in days):
        raise Problem(
            "Scores differ although nothing came late: this is a fault, please report it."
        )


def _tell_day(day: "DayCompared", names: dict[int, str]) -> Iterator[str]:
    head = f"{day.run_on} (model version {day.model_version}):"
    if not day.is_known:
        yield f"{head} cannot tell; its run is from before such things were kept, or too long ago"
        return
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(day.by_kind.items()))
    late = f"{day.late} learned later ({kinds})" if day.late else "0 learned later"
    gone = f", {day.gone} no longer active" if day.gone else ""
    yield f"{head} {day.agree} as stored, {late}, {day.unexplained} unexplained{gone}"
    for each in day.differing:
        yield f"  {names[each.account_id]}: {_tell_change(each)}"


def _tell_change(each: "Differing") -> str:
    stored, now = (
        "no score" if score is None else f"{score:.2f}" for score in (each.stored, each.now)
    )
    return f"{stored} stored, {now} now; late: {', '.join(each.kinds) or 'nothing'}"


@contextmanager
def _progress(first: date, last: date) -> Iterator[Callable[[date], None]]:
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("days", total=(last - first).days + 1)
        yield lambda _: progress.advance(bar)
