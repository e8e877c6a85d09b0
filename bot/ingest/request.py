"""What a caller asks of a file.  Refuses nothing; `read` checks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Request:
    """See `bot.ingest.read.read`.  `name` is the file's, without its ending."""

    name: str
    kind: str | None
    answers: Mapping[str, str]
    mapping: Mapping[str, str]
    today: date
