"""`import`: files in, in this very process, with progress."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli.console import Problem, opened, show, the_workspace
from bot.clock import today
from bot.core.import_report import ImportReport, Told
from bot.foundation import Foundation, spare_what_is_loaded
from bot.services.imports import batches
from bot.services.imports.alone import APPLYING, alone
from bot.services.imports.drops import keep_copy
from bot.store.base import IdSource
from bot.store.tables import Workspace

if TYPE_CHECKING:
    from bot.services.imports.opening import Opened

Team = Annotated[str | None, typer.Option(help="Workspace, where there are several.")]


def add_to(app: typer.Typer) -> None:
    """Declare the command."""
    app.command("import")(import_files)


def import_files(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)],
    kind: Annotated[
        str | None, typer.Option(help="What the file holds, if it does not say.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report.")] = False,
    answer: Annotated[list[str] | None, typer.Option(help="Answer a question: KEY=OPTION.")] = None,
    team: Team = None,
) -> None:
    """Read files and, unless it is a dry run, import them; the same file twice changes nothing."""
    answers = {**_read_answers(answer or []), **({"kind": kind} if kind else {})}
    with opened(log_level="WARNING") as base:
        workspace = the_workspace(base, team)
        with nullcontext() if dry_run else _our_turn(base, workspace):
            for file in files:
                _import_one(base, workspace, file, answers, dry_run)


@contextmanager
def _our_turn(base: Foundation, workspace: Workspace) -> Iterator[None]:
    """Wait for imports under way, and finish what a killed one left: older facts go in first."""
    from bot.work.apply_confirmed import apply_all
    from bot.work.bench import Bench

    folder = base.settings.sakidori_state_dir
    with alone(folder, workspace.id, APPLYING):
        apply_all(Bench(base.store, base.texts, base.clock, folder), workspace.id)
        yield


def _import_one(
    base: Foundation, workspace: Workspace, file: Path, answers: dict[str, str], dry_run: bool
) -> None:
    from bot.services.imports.opening import open_file
    from bot.services.imports.reading import build_report

    spare_what_is_loaded()
    copy = keep_copy(base.settings.sakidori_state_dir, workspace.id, file)
    is_applied = False
    try:
        on = today(base.clock, workspace.zone)
        opened = open_file(base.store, workspace.id, copy, answers, on)
        report = build_report(base.store, workspace.id, file.name, opened)
        show(*report_lines(report))
        if report.questions:
            raise Problem(_ask(report))
        if not dry_run and report.is_ready:
            is_applied = True
            done = _apply(base, workspace, copy, opened, report, answers)
            show(f"{file.name}: imported, {done.rows - done.refused} of {done.rows} rows.")
    finally:
        if not is_applied:
            shutil.rmtree(copy.parent)


def _apply(
    base: Foundation,
    workspace: Workspace,
    copy: Path,
    opened: "Opened",
    report: ImportReport,
    answers: dict[str, str],
) -> ImportReport:
    from bot.services.imports.applying import Applying

    with base.store.writing(workspace.id) as unit:
        manner = opened.manner.to_json()
        batch_id = batches.receive_confirmed(unit, copy, report, answers, "command line", manner)
    on = today(base.clock, workspace.zone)
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task(report.file_name, total=None)

        def tell(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        applying = Applying(base.store, workspace.id, batch_id, opened, on, tell, IdSource())
        return applying.run(report)


def _read_answers(given: Sequence[str]) -> dict[str, str]:
    """KEY=OPTION pairs; raises `Problem` for anything else."""
    pairs = [text.partition("=") for text in given]
    wrong = [text for text, (key, mark, _) in zip(given, pairs, strict=True) if not key or not mark]
    if wrong:
        raise Problem(f"An answer is written KEY=OPTION, not {wrong[0]!r}.")
    return {key: option for key, _, option in pairs}


def report_lines(report: ImportReport) -> list[str]:
    """The report for a terminal: counts, what was refused and why, ids nobody knows."""
    counts = [
        f"  {one.kind}: {one.new} new, {one.changed} changed, {one.unchanged} unchanged"
        for one in report.counts
    ]
    refused = [
        f"  row {one.row} {one.column}: {one.code} {_params(one)}" for one in report.refusals
    ]
    unlinked = [
        f"  no account for {one.ref} ({one.rows} rows); perhaps "
        f"{', '.join(name for _, name in one.suggested) or 'import the accounts first'}"
        for one in report.unlinked
    ]
    settled = [
        f"  read as last time: {one.key}={one.answer} (another: --answer {one.key}=…)"
        for one in report.settled
        if one.is_from_before
    ]
    head = f"{report.file_name}: {report.rows} rows, {report.refused} refused"
    return [head, *counts, *settled, *refused, *unlinked]


def _params(told: Told) -> str:
    shown = ", ".join(f"{name} {value}" for name, value in told.params.items())
    return f"({shown}){f' → {told.mend}' if told.mend else ''}"


def _ask(report: ImportReport) -> str:
    asked = [f"  --answer {one.key}={'|'.join(one.options)}" for one in report.questions]
    return "\n".join([f"{report.file_name} leaves a question open; answer it:", *asked])
