"""An import's life, without reading a file: received → waiting → confirmed → applying → applied.

Aside of it: stopped midway, cancelled and failed. Every step is a conditional change, so that a
second click or a second process finds it done. Needs no pandas: the web process uses it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from bot.core.import_report import ImportReport
from bot.core.refusal import AlreadyDone, Refusal
from bot.services.imports.drops import discard_staging, staging_of
from bot.services.imports.unlinked import forget_unlinked
from bot.store.bulk.once import insert_once
from bot.store.inbox import once, was_done
from bot.store.tables import AccountAlias, ImportBatch
from bot.store.unit import Unit

RECEIVED, WAITING, CONFIRMED, APPLYING = "received", "waiting", "confirmed", "applying"
APPLIED, STOPPED, CANCELLED, FAILED = "applied", "stopped", "cancelled", "failed"

AUTOMATIC = "automatic_delivery_from"


def receive(
    unit: Unit,
    path: Path,
    *,
    name: str,
    channel: str | None,
    member_id: int | None,
    file_id: str | None = None,
) -> int:
    """Keep a file that was handed in; the batch's id. `path` stays ours until it is applied.

    AlreadyDone when Slack's file of this id was taken before.
    """
    if file_id is not None:
        once(unit, _drop_of(file_id))
    batch = ImportBatch(
        file_name=name[:255],
        sha256=_digest(path),
        staged_at_path=str(path),
        state=RECEIVED,
        report=ImportReport(name).to_json(),
        member_id=member_id,
        channel=channel,
        started_at=unit.at,
    )
    unit.add(batch)
    unit.session.flush()
    return batch.id


def is_taken(unit: Unit, file_id: str) -> bool:
    """Whether Slack's file of this id became an import already."""
    return was_done(unit, _drop_of(file_id))


def receive_confirmed(
    unit: Unit,
    path: Path,
    report: ImportReport,
    answers: Mapping[str, str],
    actor: str,
    manner: Mapping[str, Any] | None = None,
) -> int:
    """A file whose report was accepted at once goes the same steps as one in Slack; its id."""
    batch_id = receive(unit, path, name=path.name, channel=None, member_id=None)
    get_batch(unit, batch_id).answers = dict(answers)
    keep_report(unit, batch_id, report, manner or {})
    confirm(unit, batch_id, actor)
    start_applying(unit, batch_id)
    return batch_id


def get_batch(unit: Unit, batch_id: int) -> ImportBatch:
    """The batch; a Refusal when there is none of that number."""
    found = unit.session.get(ImportBatch, (unit.workspace_id, batch_id))
    if found is None:
        raise Refusal("no_such_import")
    return found


def get_kept(unit: Unit, batch_id: int) -> ImportBatch:
    """As `get_batch`; a Refusal when its file was tidied away."""
    batch = get_batch(unit, batch_id)
    if not batch.staged_at_path:
        raise Refusal("file_tidied", name=batch.file_name)
    return batch


def list_in(unit: Unit, *states: str) -> list[ImportBatch]:
    """Batches in any of `states`, oldest first."""
    wanted = select(ImportBatch).where(ImportBatch.state.in_(states))
    return list(unit.session.scalars(wanted.order_by(ImportBatch.started_at, ImportBatch.id)))


def list_untold(unit: Unit) -> list[ImportBatch]:
    """Applied files that came by Slack and whose end nobody was told of, oldest first."""
    wanted = select(ImportBatch).where(
        ImportBatch.state == APPLIED,
        ImportBatch.channel.is_not(None),
        ImportBatch.is_told.is_(False),
    )
    return list(unit.session.scalars(wanted.order_by(ImportBatch.started_at, ImportBatch.id)))


def is_any_open(unit: Unit) -> bool:
    """Whether a file waits to be read or applied, or its end to be told."""
    return bool(list_in(unit, RECEIVED, CONFIRMED, APPLYING) or list_untold(unit))


def mark_told(unit: Unit, batch_ids: Sequence[int]) -> None:
    """Their end is told; part of the transaction that puts the words into the outbox."""
    unit.session.execute(
        update(ImportBatch).where(ImportBatch.id.in_(batch_ids)).values(is_told=True)
    )


def list_recent(unit: Unit, limit: int = 8) -> list[ImportBatch]:
    """The newest batches, newest first."""
    wanted = select(ImportBatch).order_by(ImportBatch.started_at.desc(), ImportBatch.id.desc())
    return list(unit.session.scalars(wanted.limit(limit)))


def confirm(unit: Unit, batch_id: int, actor: str) -> None:
    """Let a batch be applied; it must have something to apply and nothing left to ask."""
    report = ImportReport.from_json(get_batch(unit, batch_id).report)
    if not report.is_ready:
        raise Refusal("import_not_ready")
    _move(unit, batch_id, (WAITING,), CONFIRMED)
    unit.audit(actor, "import_confirmed", report.file_name, batch=str(batch_id))


def cancel(unit: Unit, batch_id: int, actor: str) -> None:
    """Keep nothing of a batch that has not begun."""
    _move(unit, batch_id, (RECEIVED, WAITING), CANCELLED)
    batch = get_batch(unit, batch_id)
    discard_staging(staging_of(Path(batch.staged_at_path)))
    unit.audit(actor, "import_cancelled", batch.file_name)


def answer(unit: Unit, batch_id: int, key: str, option: str) -> None:
    """Remember an answer and have the file read again with it."""
    batch = get_batch(unit, batch_id)
    if batch.state not in (RECEIVED, WAITING):
        raise AlreadyDone
    batch.answers = {**batch.answers, key: option}
    batch.state = RECEIVED


def link(unit: Unit, batch_id: int, ref: str, account_id: int, actor: str) -> bool:
    """Say whose an unlinked id is; whether the file is still there and read again with that."""
    values = {
        "account_id": account_id,
        "source": "hand",
        "ref": ref,
        "known_at": unit.at,
    }
    if insert_once(unit, AccountAlias, ["ref"], values) is None:
        raise AlreadyDone
    forget_unlinked(unit, ref)
    batch = get_batch(unit, batch_id)
    is_read_again = batch.state in (WAITING, APPLIED) and batch.staged_at_path != ""
    if is_read_again:
        # An applied file is read again too: the rows of this id had to stay out.
        batch.state = RECEIVED
    unit.audit(actor, "alias_linked", ref, account=str(account_id))
    return is_read_again or batch.state == RECEIVED


def is_trusted(unit: Unit, member_id: int | None) -> bool:
    """Whether this member's files are applied without a press, as the settings say."""
    trusted: Sequence[int] = unit.workspace.settings.get(AUTOMATIC, ())
    return member_id in trusted


def trust_deliveries(unit: Unit, member_ids: Sequence[int], actor: str) -> None:
    """Apply files of these members without asking."""
    unit.workspace.settings = {**unit.workspace.settings, AUTOMATIC: list(member_ids)}
    unit.audit(actor, "automatic_delivery_set", AUTOMATIC, members=list(member_ids))


def keep_report(unit: Unit, batch_id: int, report: ImportReport, manner: Mapping[str, Any]) -> None:
    """What reading found, and the manner it was read in: it is applied in the same one.

    The batch now waits for a press. AlreadyDone when it was cancelled.
    """
    _move(unit, batch_id, (RECEIVED,), WAITING)
    batch = get_batch(unit, batch_id)
    batch.report, batch.mapping = report.to_json(), dict(manner)
    batch.total_rows, batch.applied_rows = report.rows, 0
    batch.is_told = False


def start_applying(unit: Unit, batch_id: int) -> None:
    """Applying starts, or goes on after a kill."""
    _move(unit, batch_id, (CONFIRMED, APPLYING), APPLYING)


def stop(unit: Unit, batch_id: int) -> None:
    """It broke with rows in: it stays where it is until somebody has it go on."""
    _move(unit, batch_id, (APPLYING,), STOPPED)
    unit.audit("sakidori", "import_stopped", get_batch(unit, batch_id).file_name)


def go_on(unit: Unit, batch_id: int, actor: str) -> None:
    """Have a stopped one go on from the last committed block."""
    _move(unit, batch_id, (STOPPED,), CONFIRMED)
    unit.audit(actor, "import_resumed", get_batch(unit, batch_id).file_name)


def step(unit: Unit, batch_id: int, applied_rows: int, total_rows: int) -> None:
    """How far of how far it has come; part of the transaction that wrote the rows."""
    moved = {"applied_rows": applied_rows, "total_rows": total_rows}
    unit.session.execute(
        update(ImportBatch).where(ImportBatch.id == batch_id).values(**moved),
        execution_options={"synchronize_session": False},
    )


def end(unit: Unit, batch_id: int, state: str, report: ImportReport | None = None) -> None:
    """Applied, or failed for good."""
    batch = get_batch(unit, batch_id)
    batch.state, batch.ended_at = state, unit.at
    if report is not None:
        batch.report = report.to_json()
    unit.audit("sakidori", f"import_{state}", batch.file_name, batch=str(batch_id))


def post_key(batch_id: int) -> str:
    """What the post about an import is called in the outbox."""
    return f"import:{batch_id}"


def _drop_of(file_id: str) -> str:
    return f"import_of:{file_id}"


def _move(unit: Unit, batch_id: int, before: Sequence[str], after: str) -> None:
    moved = unit.session.execute(
        update(ImportBatch)
        .where(ImportBatch.id == batch_id, ImportBatch.state.in_(before))
        .values(state=after)
    )
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        raise AlreadyDone


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
