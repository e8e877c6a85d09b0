"""Why a cell cannot be used, as a code with parameters.  Refuses to hold the sentence.

The sentences are the `refused_<code>` blocks of `templates/ingest_report.{ja,en}.j2`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason; `mend` is the value that was probably meant, None where that would be a guess."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    mend: str | None = None


class Unreadable(ValueError):
    """Raised by a value parser for a cell it does not accept."""

    def __init__(self, code: str, mend: str | None = None, **params: str) -> None:
        self.fault = Fault(code, params, mend)
        super().__init__(code)
