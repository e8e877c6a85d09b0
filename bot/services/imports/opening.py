"""Opens a received file: small ones whole, large daily usage by its columns with its rows staged.

A staging lies beside the file, outside the database, until its import ends. One that is half
written, or that was made with other columns or answers in mind, is made anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.ingest.read import read
from bot.ingest.read_large import read_large
from bot.ingest.reading import AccountRef, Reading, Refusal, RefusedRow
from bot.ingest.stage import stage
from bot.ingest.staged import Staged
from bot.services.imports.drops import discard_staging, staging_of
from bot.store.tables import SavedMapping
from bot.store.unit import Store, Unit

USAGE = "usage_daily"


@dataclass(frozen=True)
class Manner:
    """What a file was read with, its own answers and those of earlier files of its shape.

    Kept with the report, so that what is applied is what was shown, whatever is answered for
    another file meanwhile. `mapping` is None where the columns were found out anew.
    """

    kind: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """For the batch's row."""
        return asdict(self)


@dataclass(frozen=True)
class Opened:
    """A file's facts: in `reading.tables`, or daily usage on disk in `staged`.

    `is_resumed` says that the staging stood already, so that an offset in it still holds; `given`
    are the questions answered for this very file.
    """

    reading: Reading
    manner: Manner = Manner()
    staged: Staged | None = None
    is_resumed: bool = False
    given: frozenset[str] = frozenset()

    def count(self, name: str) -> int:
        """A count of `Tally` over all sheets."""
        return (self.staged.report if self.staged else self.reading).count(name)

    def refusals(self, most: int) -> list[Refusal]:
        """The first reasons: those of the whole file, then row by row."""
        if self.staged is None:
            return self.reading.refused[:most]
        report = self.staged.report
        rows = sorted(report.first_refused, key=lambda row: row.row)
        by_row = [one for row in rows for one in row.refusals]
        return [*report.file_refusals, *by_row][:most]

    def refused_rows(self) -> Iterable[RefusedRow]:
        """Every row that stays out, as it was."""
        return self.staged.refused_rows() if self.staged else self.reading.refused_rows

    def refs(self) -> Mapping[str, AccountRef]:
        """What else the source says of the accounts it names."""
        if self.staged is None:
            return self.reading.refs
        return {one.ref: one for one in self.staged.report.refs}

    def kinds(self) -> list[str]:
        """What the file holds."""
        return [USAGE] if self.staged else list(self.reading.tables)


def open_file(
    store: Store,
    workspace_id: int,
    path: Path,
    answers: Mapping[str, str],
    today: date,
    staging: Path | None = None,
    kept: Mapping[str, Any] | None = None,
) -> Opened:
    """The file's facts: as in the manner `kept` with its report, else as the source was understood
    last time.

    `staging` is where a large file's facts go, beside it unless said otherwise.
    """
    if kept:
        manner = Manner(**kept)
        reading = _look(path, manner, today)
    else:
        manner, reading = _understand(store, workspace_id, path, answers, today)
    given = frozenset(answers)
    if reading.bulk is None:
        return Opened(reading, manner, given=given)
    opened = _staged(reading, staging or staging_of(path))
    return replace(opened, manner=manner, given=given)


def _understand(
    store: Store, workspace_id: int, path: Path, answers: Mapping[str, str], today: date
) -> tuple[Manner, Reading]:
    """By itself, and where an earlier file says more, with what was said of that one."""
    manner = Manner(answers.get("kind"), answers)
    reading = _look(path, manner, today)
    with store.reading(workspace_id) as unit:
        saved = _find_saved(unit, reading.fingerprint)
    if saved and _is_of_kind(saved, answers) and not _is_understood(reading, saved, answers):
        known = {**saved.answers, **answers}
        manner = Manner(known.get("kind") or saved.kind or None, known, saved.mapping)
        reading = _look(path, manner, today)
    return manner, reading


def _is_of_kind(saved: SavedMapping, answers: Mapping[str, str]) -> bool:
    """Columns saved for another kind of facts than the one now asked for would mean nothing."""
    kind = answers.get("kind")
    return kind is None or kind in (saved.kind, saved.answers.get("kind"))


def _is_understood(reading: Reading, saved: SavedMapping, answers: Mapping[str, str]) -> bool:
    """Whether what was saved says nothing that the first reading did not find by itself."""
    kinds = [USAGE] if reading.bulk else list(reading.tables)
    return (
        saved.mapping == reading.mapping
        and set(saved.answers) <= set(answers)
        and saved.kind in ("", *kinds[:1])
    )


def _look(path: Path, manner: Manner, today: date) -> Reading:
    kind, answers, mapping = manner.kind, manner.answers, manner.mapping
    large = read_large(path, kind=kind, answers=answers, mapping=mapping, today=today)
    if large is not None:
        return large
    return read(path, kind=kind, answers=answers, mapping=mapping, today=today)


def _staged(reading: Reading, folder: Path) -> Opened:
    try:
        found = Staged.open(folder)
    except FileNotFoundError:
        found = None
    if found is not None and _is_of(found, reading):
        return Opened(reading, staged=found, is_resumed=True)
    discard_staging(folder)
    return Opened(reading, staged=stage(reading, folder))


def _is_of(staged: Staged, reading: Reading) -> bool:
    report = staged.report
    return (report.mapping, report.answers) == (reading.mapping, reading.answers)


def _find_saved(unit: Unit, fingerprint: str) -> SavedMapping | None:
    wanted = select(SavedMapping).filter_by(fingerprint=fingerprint)
    return unit.session.scalars(wanted).one_or_none()
