"""The shape of a kind of fact: its fields, keys and checks.  Refuses a kind that breaks itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.ingest.fault import Fault


class Shape(StrEnum):
    """How rows of a file become facts."""

    TABLE = "table"  # one row, one fact
    USAGE = "usage"  # long, metrics as columns, or days as columns
    LOGINS = "logins"  # one row per person and day, or per login


class Type(StrEnum):
    """What a cell of a field holds; each has one parser in `bot/ingest/values`."""

    TEXT = "text"
    REF = "ref"
    EMAIL = "email"
    DOMAIN = "domain"
    DATE = "date"
    MOMENT = "moment"
    MONTH = "month"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    QUANTITY = "quantity"  # a number of use, or the wish to delete one
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    TOPIC = "topic"  # one of the known words, or the file's own
    CURRENCY = "currency"
    COUNTRY = "country"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Field:
    """A canonical column.

    `words` are header spellings in both languages.  `least`/`most` bound numbers (inclusive);
    `past` refuses days after today; `taxed` and `yearly` make the reader ask for tax and period
    where the file does not say; `month_is_first_day` lets 2026-01 stand for 1 January.
    """

    name: str
    type: Type
    words: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: float | None = None
    most: float | None = None
    past: bool = False
    taxed: bool = False
    yearly: bool = False
    month_is_first_day: bool = False


RowCheck = Callable[[Mapping[str, object]], tuple[str, Fault] | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact.

    `required` holds groups of field names: of each group at least one must be a column and be
    filled in every row.  A file is guessed to be of this kind only where one of `marks` (if any)
    is a column; `words` in a file's or sheet's name speak for the kind.  `key` identifies a fact;
    `made_ref` names a field that is derived from `made_from` where the source has none, so that
    the same row always gets the same reference.  `stand_ins` name the field to copy where a field
    is blank: people who keep no ids write names.  `defaults` fill what a row leaves out; `checks`
    look at a whole row and name the field at fault.
    """

    name: str
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]
    key: tuple[str, ...]
    words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    shape: Shape = Shape.TABLE
    made_ref: str | None = None
    made_from: tuple[str, ...] = ()
    stand_ins: Mapping[str, str] = field(default_factory=lambda: {"account_ref": "account_name"})
    defaults: Mapping[str, object] = field(default_factory=dict)
    checks: tuple[RowCheck, ...] = ()

    def __post_init__(self) -> None:
        known = set(self.names())
        used = {*self.key, *self.marks, *self.made_from, *self.defaults, *_flat(self.required)}
        unknown = used - known - {"metric", "value"}
        if unknown:
            raise ValueError(f"kind {self.name}: {sorted(unknown)} are no fields of it")

    def names(self) -> tuple[str, ...]:
        """Field names in the order of the fact's columns."""
        return tuple(each.name for each in self.fields)

    def get(self, name: str) -> Field:
        """The field called `name`; KeyError where there is none."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)


def _flat(groups: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    return (name for group in groups for name in group)


def in_order(first: str, second: str, told: str | None = None) -> RowCheck:
    """A check that day `second` is not before day `first`; the fault is told at `told`, which is
    `second` where not given.
    """

    def check(row: Mapping[str, object]) -> tuple[str, Fault] | None:
        start, end = row.get(first), row.get(second)
        if start is None or end is None or str(start) <= str(end):
            return None
        return told or second, Fault("days_reversed", {"first": str(start), "second": str(end)})

    return check
