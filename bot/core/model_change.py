"""What differs between two versions of a health model, as plain values. Refuses no document."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ModelChange:
    """`kind` says what was changed, of which variant and measure; None where that has no sense.

    `before` and `after` are what stood and stands there: numbers, words, curves, caps. `label` and
    `unit` are the measure's, for readers, and `called` what they are shown of the variant.
    """

    kind: str
    variant: str | None = None
    measure: str | None = None
    before: Any = None
    after: Any = None
    label: str = ""
    unit: str = ""
    called: str = ""

    def to_json(self) -> dict[str, Any]:
        """For the audit log."""
        names = ("kind", "variant", "measure", "before", "after")
        return {name: value for name in names if (value := getattr(self, name)) is not None}
