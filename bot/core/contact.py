"""One contact with a customer as a person records it. Plain values, no sentence."""

from dataclasses import dataclass, replace
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


def complete(said: Contact, more: Contact) -> Contact:
    """`said` with what only `more` tells of the same contact; of two notes neither is lost."""
    return replace(
        said,
        with_role=said.with_role or more.with_role,
        note=join_notes(said.note, more.note),
        next_on=said.next_on or more.next_on,
    )


def join_notes(first: str, second: str) -> str:
    """Both notes, one below the other; one that holds the other stands for both."""
    one, other = " ".join(first.split()), " ".join(second.split())
    if other in one:
        return first
    return second if one in other else f"{first}\n{second}"
