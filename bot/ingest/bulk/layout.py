"""How a large regular usage file is laid out.  Refuses to know how it was found out."""

from dataclasses import dataclass
from pathlib import Path

from bot.ingest.values.setting import Setting


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """How to read the file: byte offset and row number where data begin, and what columns hold.

    `name` is the column of account names where there is one beside the references.
    `metrics` maps column name to metric for wide files; `metric` and `value` are set for long ones.
    """

    path: Path
    starts_at: int
    first_row: int
    delimiter: str
    names: tuple[str, ...]
    account: str
    name: str | None
    on: str
    metrics: dict[str, str]
    metric: str | None
    value: str | None
    day: Setting
    number: Setting
    ref: Setting

    @property
    def numbers(self) -> list[str]:
        """Columns that hold numbers, in file order."""
        return [self.value] if self.value else list(self.metrics)
