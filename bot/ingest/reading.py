"""What reading a file gives: facts, refusals, questions, notes, and a count of every row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from bot.ingest.bulk.layout import BulkPlan
from bot.ingest.fault import Fault
from bot.ingest.fold import show
from bot.ingest.grid import Note


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell that keeps its row out.  `row` as Excel numbers it; 0 is the whole file or sheet."""

    row: int
    sheet: str
    column: str
    value: str
    code: str
    params: Mapping[str, str]
    mend: str | None = None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that stays out, as it was, with its reasons."""

    row: int
    sheet: str
    cells: Mapping[str, str]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Asked once per source; the answer goes into `answers` under `key`.

    Block `question_<code>` asks, `option_<code>_<option>` labels the options, `settled_<code>` says
    the `answer`, "" while there is none.
    """

    key: str
    code: str
    options: tuple[str, ...]
    params: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""


@dataclass(slots=True)
class Tally:
    """Rows of one sheet below its header: every row is in exactly one of the counts after `rows`.

    `waiting` rows need an answer first; `skipped` are those of sheets that are no table. `also`
    is a second kind that the same rows gave facts of.
    """

    sheet: str = ""
    kind: str = ""
    also: str = ""
    rows: int = 0
    parsed: int = 0
    refused: int = 0
    duplicates: int = 0
    totals: int = 0
    blank: int = 0
    remarks: int = 0
    waiting: int = 0
    skipped: int = 0

    def accounted(self) -> int:
        """Sum of the counts; equals `rows`."""
        return (
            self.parsed
            + self.refused
            + self.duplicates
            + self.totals
            + self.blank
            + self.remarks
            + self.waiting
            + self.skipped
        )


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account as a source names it; `name` and `mail_domain` help to link it."""

    ref: str
    name: str | None = None
    mail_domain: str | None = None


@dataclass(slots=True)
class Reading:
    """The outcome of `read`.  `tables` holds one frame per kind, columns as in the fact's list.

    `mapping` (header to field) and `answers` are to be saved under `fingerprint`; `settled` are
    questions whose answer was used.  Where `bulk` is set the file is large and regular: only its
    columns are known, its rows are read by `stage`.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    refused_rows: list[RefusedRow] = field(default_factory=list)
    file_refusals: list[Refusal] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    settled: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    refs: dict[str, AccountRef] = field(default_factory=dict)
    bulk: BulkPlan | None = None

    @property
    def refused(self) -> list[Refusal]:
        """Every reason, those of the whole file first, then row by row."""
        return [*self.file_refusals, *self._row_refusals()]

    def count(self, name: str) -> int:
        """A count of `Tally` over all sheets."""
        return sum(getattr(tally, name) for tally in self.tallies)

    def ask(self, question: Question) -> None:
        """Add a question, or one that was answered, unless it is there already."""
        held = self.settled if question.answer else self.questions
        if question.key not in {each.key for each in held}:
            held.append(question)

    def note(self, code: str, **params: str) -> None:
        """Add a note."""
        self.notes.append(Note(code, params))

    def refuse(self, code: str, sheet: str = "", **params: str) -> None:
        """Refuse the whole file or sheet."""
        self.file_refusals.append(
            Refusal(0, sheet, "", params.get("value", ""), code, {"column": "", **params})
        )

    def add_table(self, kind: str, table: pd.DataFrame) -> None:
        """Append rows of one kind; several sheets may hold the same."""
        held = self.tables.get(kind)
        self.tables[kind] = table if held is None else pd.concat([held, table], ignore_index=True)

    def _row_refusals(self) -> Iterator[Refusal]:
        return (refusal for row in self.refused_rows for refusal in row.refusals)


def refuse_row(
    row: int, sheet: str, cells: Mapping[str, str], faults: Sequence[tuple[str, Fault]]
) -> RefusedRow:
    """A refused row from its faults, each with the header of the column at fault."""
    refusals = tuple(
        Refusal(
            row,
            sheet,
            column,
            show(fault.params.get("value", cells.get(column, ""))),
            fault.code,
            {"column": column, "value": show(cells.get(column, "")), **fault.params},
            fault.mend,
        )
        for column, fault in faults
    )
    return RefusedRow(row, sheet, cells, refusals)
