"""One contact with a customer as a person records it. Plain values, no sentence."""

from dataclasses import dataclass
from datetime import date

from bot.core.vocabulary import Mover, SpeakerRole, TouchKind


@dataclass(frozen=True)
class Contact:
    """What is recorded of one contact; `next_on` is the day agreed for the next one."""

    touched_on: date
    kind: TouchKind
    initiated_by: Mover = Mover.US
    with_role: SpeakerRole | None = None
    note: str = ""
    next_on: date | None = None
