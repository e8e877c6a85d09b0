"""What an import will do or has done, in plain values that travel as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class KindCount:
    """Facts of one kind against what is stored; a usage fact is one account's day."""

    kind: str
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class Told:
    """Something to be said about the file: a block of templates/ingest_report and its values."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    row: int = 0
    sheet: str = ""
    column: str = ""
    mend: str | None = None


@dataclass(frozen=True)
class Asked:
    """A question about the file; `key` goes back with the chosen option.

    `answer` is "" while nobody has answered; `is_from_before` says it was given for another file.
    """

    key: str
    code: str
    options: tuple[str, ...]
    params: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    is_from_before: bool = False


@dataclass(frozen=True)
class Unlinked:
    """An id nobody answers to, and who might; `suggested` holds (account id, name)."""

    ref: str
    rows: int
    suggested: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sample:
    """One account as it will look: words and figures as (label code, value)."""

    name: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ImportReport:
    """Every row of the file is in exactly one of the counts `taken`, `refused` … `waiting`."""

    file_name: str
    rows: int = 0
    refused: int = 0
    duplicates: int = 0
    totals: int = 0
    unlinked_rows: int = 0
    waiting: int = 0
    counts: tuple[KindCount, ...] = ()
    refusals: tuple[Told, ...] = ()
    notes: tuple[Told, ...] = ()
    questions: tuple[Asked, ...] = ()
    settled: tuple[Asked, ...] = ()
    unlinked: tuple[Unlinked, ...] = ()
    unknown_owners: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether there is something to apply and nothing left to ask."""
        return not self.questions and any(count.new or count.changed for count in self.counts)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Every question a person may answer, the open ones first; its place is its number."""
        return (*self.questions, *self.settled)

    @property
    def is_settled(self) -> bool:
        """Whether the file says nothing that is not known already, and nobody need look at it."""
        is_odd = self.questions or self.refused or self.unlinked_rows or self.waiting
        return not is_odd and not self.is_ready

    def to_json(self) -> dict[str, Any]:
        """For the batch's row."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ImportReport":
        """The report of a batch's row."""
        parts: dict[str, Any] = dict(kept)
        shapes = {"counts": KindCount, "refusals": Told, "notes": Told, "samples": Sample}
        shapes |= {"questions": Asked, "settled": Asked, "unlinked": Unlinked}
        for name, shape in shapes.items():
            parts[name] = tuple(shape(**_tuples(each)) for each in parts.get(name, ()))
        for name in ("unknown_owners", "unmapped"):
            parts[name] = tuple(parts.get(name, ()))
        return cls(**parts)


def _tuples(part: Mapping[str, Any]) -> dict[str, Any]:
    """JSON gives lists where we keep tuples."""
    return {name: _tuple(value) for name, value in part.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(each) for each in value) if isinstance(value, list) else value
