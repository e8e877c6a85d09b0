"""Reads a received file and says what importing it would do. Writes nothing but the report.

Runs in the child process alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from bot.core.import_report import Asked, ImportReport, KindCount, Sample, Told, Unlinked
from bot.ingest.reading import AccountRef, Question, Reading, Refusal
from bot.services.imports.contract_numbers import number_contracts
from bot.services.imports.linking import (
    Links,
    call_accounts,
    expect,
    iterate_book,
    link_frame,
    load_links,
    name_own,
    suggest,
)
from bot.services.imports.opening import USAGE, Opened
from bot.services.imports.people import with_people
from bot.services.imports.rows import build_rows, compare
from bot.services.imports.said_touches import with_said
from bot.services.imports.samples import pick_samples, pick_staged_samples
from bot.services.imports.staged_usage import link_staged
from bot.services.imports.targets import ORDER, TARGETS
from bot.services.imports.usage_blocks import Counts, compare_block, cut_blocks
from bot.store.unit import Store, Unit

_TOLD, _UNLINKED, _NAMED = 40, 20, 100


@dataclass
class Linked:
    """Tables with `account_id`, and the rows whose account nobody knows, by reference."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)


def build_report(store: Store, workspace_id: int, name: str, opened: Opened) -> ImportReport:
    """What importing the file would change, counted against what is stored."""
    with store.reading(workspace_id) as unit:
        facts = _count_staged(unit, opened) if opened.staged else _count_tables(unit, opened)
    reading = opened.reading
    return ImportReport(
        file_name=name,
        rows=opened.count("rows"),
        refused=opened.count("refused"),
        duplicates=opened.count("duplicates"),
        totals=opened.count("totals"),
        unlinked_rows=facts.unlinked_rows,
        waiting=opened.count("waiting"),
        counts=facts.counts,
        refusals=tuple(_told(one) for one in opened.refusals(_TOLD)),
        notes=tuple(Told(note.code, dict(note.params)) for note in reading.notes[:_TOLD]),
        questions=tuple(_asked(one, opened) for one in reading.questions),
        settled=tuple(_asked(one, opened) for one in reading.settled if one.answer in one.options),
        unlinked=facts.unlinked,
        unmapped=tuple(reading.unmapped[:_TOLD]),
        samples=facts.samples,
    )


@dataclass(frozen=True)
class _Facts:
    """What the book says to the file's facts."""

    counts: tuple[KindCount, ...]
    unlinked_rows: int
    unlinked: tuple[Unlinked, ...]
    samples: tuple[Sample, ...]


def _count_tables(unit: Unit, opened: Opened) -> _Facts:
    reading, links = opened.reading, load_links(unit)
    linked = link_tables(reading, links)
    return _Facts(
        tuple(
            count_kind(unit, kind, linked.tables[kind]) for kind in ORDER if kind in linked.tables
        ),
        sum(linked.unknown.values()),
        _suggest(linked.unknown, reading.refs, [list(links.names.items())]),
        pick_samples(reading.tables, _names(reading, links)),
    )


def _count_staged(unit: Unit, opened: Opened) -> _Facts:
    assert opened.staged is not None
    refs = opened.refs()
    usage = link_staged(unit, opened.staged, refs)
    days = sum((compare_block(unit, block) for _, block in usage.blocks()), Counts())
    unknown = Counter(usage.count_unknown())
    shown = dict(zip(opened.staged.account_refs(0, _NAMED), usage.ids.tolist(), strict=False))
    called = call_accounts(unit, list(shown.values()))
    names = {ref: called.get(one) or _own_name(ref, refs) for ref, one in shown.items()}
    return _Facts(
        (KindCount(USAGE, days.new, days.changed, days.unchanged),),
        sum(unknown.values()),
        _suggest(unknown, refs, iterate_book(unit)),
        pick_staged_samples(opened.staged, names),
    )


def _suggest(
    unknown: Counter[str],
    refs: Mapping[str, AccountRef],
    pages: Iterable[Sequence[tuple[int, str]]],
) -> tuple[Unlinked, ...]:
    most = sorted(unknown.items(), key=lambda pair: (-pair[1], pair[0]))[:_UNLINKED]
    return tuple(suggest(dict(most), refs, pages))


def _own_name(ref: str, refs: Mapping[str, AccountRef]) -> str:
    return refs.get(ref, AccountRef(ref)).name or ref


def link_tables(reading: Reading, links: Links) -> Linked:
    """Every kind's rows with the account they are about."""
    made = Linked()
    if "accounts" in reading.tables:
        links = expect(name_own(reading.tables["accounts"], links), links)
    for kind, frame in reading.tables.items():
        target = TARGETS.get(kind)
        if kind == "accounts":
            frame = name_own(frame, links)
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
    target, renamed = TARGETS[kind], None
    if kind == "contracts":
        numbered = number_contracts(unit, frame)
        frame, renamed = numbered.rows, numbered.adopted
    known = with_said(unit, kind, with_people(unit, kind, frame))
    found = compare(unit, target, build_rows(target, known), renamed)
    return KindCount(kind, found.new, found.changed, found.unchanged)


def _asked(question: Question, opened: Opened) -> Asked:
    params, answer = dict(question.params), question.answer
    is_from_before = bool(answer) and question.key not in opened.given
    return Asked(question.key, question.code, question.options, params, answer, is_from_before)


def _told(refusal: Refusal) -> Told:
    params = {name: str(value) for name, value in refusal.params.items()}
    return Told(refusal.code, params, refusal.row, refusal.sheet, refusal.column, refusal.mend)


def _names(reading: Reading, links: Links) -> dict[str, str]:
    found = {}
    for ref, said in reading.refs.items():
        account_id = links.find(said)
        known = links.names.get(account_id) if account_id is not None else None
        found[ref] = known or said.name or ref
    return found
