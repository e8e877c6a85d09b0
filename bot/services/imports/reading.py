"""Reads a received file and says what importing it would do. Writes nothing but the report.

Runs in the child process alone.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import select

from bot.core.import_report import Asked, ImportReport, KindCount, Told
from bot.ingest.read import read
from bot.ingest.reading import Reading, Refusal
from bot.services.imports.linking import Links, link_frame, load_links, suggest
from bot.services.imports.people import with_people
from bot.services.imports.rows import build_rows, compare
from bot.services.imports.samples import pick_samples
from bot.services.imports.targets import ORDER, TARGETS
from bot.services.imports.usage_blocks import Counts, compare_block, cut_blocks
from bot.store.tables import SavedMapping
from bot.store.unit import Store, Unit

_TOLD, _UNLINKED = 40, 20


@dataclass
class Linked:
    """Tables with `account_id`, and the rows whose account nobody knows, by reference."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)


def read_file(
    store: Store, workspace_id: int, path: Path, answers: Mapping[str, str], today: date
) -> Reading:
    """The file's facts, columns understood as the source was last time."""
    reading = read(path, kind=answers.get("kind"), answers=answers, mapping=None, today=today)
    with store.reading(workspace_id) as unit:
        saved = _find_saved(unit, reading.fingerprint)
    if saved is None:
        return reading
    known = {**saved.answers, **answers}
    kind = known.get("kind") or saved.kind or None
    return read(path, kind=kind, answers=known, mapping=saved.mapping, today=today)


def _find_saved(unit: Unit, fingerprint: str) -> SavedMapping | None:
    wanted = select(SavedMapping).filter_by(fingerprint=fingerprint)
    return unit.session.scalars(wanted).one_or_none()


def build_report(store: Store, workspace_id: int, name: str, reading: Reading) -> ImportReport:
    """What `reading` would change, counted against what is stored."""
    with store.reading(workspace_id) as unit:
        links = load_links(unit)
        linked = link_tables(reading, links)
        counts = tuple(
            count_kind(unit, kind, linked.tables[kind]) for kind in ORDER if kind in linked.tables
        )
    unlinked = suggest(dict(linked.unknown.most_common(_UNLINKED)), reading.refs, links)
    return ImportReport(
        file_name=name,
        rows=reading.count("rows"),
        refused=reading.count("refused"),
        duplicates=reading.count("duplicates"),
        totals=reading.count("totals"),
        unlinked_rows=sum(linked.unknown.values()),
        waiting=reading.count("waiting"),
        counts=counts,
        refusals=tuple(_told(one) for one in reading.refused[:_TOLD]),
        notes=tuple(Told(note.code, dict(note.params)) for note in reading.notes[:_TOLD]),
        questions=tuple(
            Asked(one.key, one.code, one.options, dict(one.params)) for one in reading.questions
        ),
        unlinked=tuple(unlinked),
        unmapped=tuple(reading.unmapped[:_TOLD]),
        samples=pick_samples(reading.tables, _names(reading, links)),
    )


def link_tables(reading: Reading, links: Links) -> Linked:
    """Every kind's rows with the account they are about."""
    made = Linked()
    for kind, frame in reading.tables.items():
        target = TARGETS.get(kind)
        if kind == "incidents" or (target is not None and not target.of_account):
            made.tables[kind] = frame
            continue
        made.tables[kind], unknown = link_frame(frame, reading.refs, links)
        made.unknown.update({str(ref): int(rows) for ref, rows in unknown.items()})
    return made


def count_kind(unit: Unit, kind: str, frame: pd.DataFrame) -> KindCount:
    """New, changed and unchanged facts of one kind."""
    if kind == "usage_daily":
        days = sum((compare_block(unit, block) for block in cut_blocks(frame)), Counts())
        return KindCount(kind, days.new, days.changed, days.unchanged)
    target = TARGETS[kind]
    found = compare(unit, target, build_rows(target, with_people(unit, kind, frame)))
    return KindCount(kind, found.new, found.changed, found.unchanged)


def _told(refusal: Refusal) -> Told:
    params = {name: str(value) for name, value in refusal.params.items()}
    return Told(refusal.code, params, refusal.row, refusal.sheet, refusal.column, refusal.mend)


def _names(reading: Reading, links: Links) -> dict[str, str]:
    found = {}
    for ref, said in reading.refs.items():
        account_id = links.find(said)
        found[ref] = links.names[account_id] if account_id is not None else said.name or ref
    return found
