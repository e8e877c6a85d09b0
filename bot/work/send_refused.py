"""Sends a person the refused rows of a file, with the reasons, to mend and hand in again."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.hours import local_day
from bot.ingest.refused_file import write_refused
from bot.services.imports import batches
from bot.services.imports.opening import open_file
from bot.store import outbox
from bot.work.bench import Bench


def work(
    bench: Bench, *, workspace_id: int, batch_id: int, slack_user: str, locale: str
) -> dict[str, object]:
    """Write the file and put it into the outbox."""
    say = bench.texts.speak(locale)
    with bench.store.reading(workspace_id) as unit:
        batch = batches.get_kept(unit, batch_id)
        today = local_day(bench.clock.now(), unit.workspace.zone)
    path = Path(batch.staged_at_path)
    target = path.with_name(f"{path.stem}_refused.csv")
    with TemporaryDirectory() as staging:
        opened = open_file(
            bench.store,
            workspace_id,
            path,
            batch.answers,
            today,
            Path(staging) / "staged",
            batch.mapping,
        )
        rows = write_refused(opened.refused_rows(), target, say)
    text = say("import", "refused_file", name=batch.file_name, rows=rows)
    with bench.store.writing(workspace_id) as unit:
        outbox.put(
            unit,
            key=f"refused:{batch_id}:{slack_user}:{unit.at.isoformat()}",
            audience=slack_user,
            text=text,
            kind="upload",
            files=[str(target)],
        )
    return {"rows": rows}
