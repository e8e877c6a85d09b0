"""Playbooks held against a block of accounts, each signal asked once however many name it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.playbooks.conditions import Truth, ask_when
from bot.playbooks.document import PlaybookDocument
from bot.playbooks.parts import SCORE, Sign
from bot.signals.catalogue import get_signal
from bot.signals.seen import BoolArray, Hit, Seen


@dataclass(frozen=True)
class Match:
    """What became of one of a playbook's signals in a block."""

    document: PlaybookDocument
    sign: Sign
    hit: Hit
    when: Truth

    @cached_property
    def holds(self) -> BoolArray:
        """Where the signal is there and the playbook's conditions are met."""
        return self.hit.holds & self.when.holds

    @cached_property
    def fails(self) -> BoolArray:
        """Where it is known that the signal is not there, or that the conditions are not met."""
        return (self.hit.known & ~self.hit.holds) | self.when.fails

    def only_at(self, mine: BoolArray) -> "Match":
        """The same where `mine` is true; elsewhere it cannot be told."""
        hit = replace(self.hit, holds=self.hit.holds & mine, known=self.hit.known & mine)
        return replace(self, hit=hit, when=Truth(self.when.holds & mine, self.when.known & mine))


def columns_of(documents: Iterable[PlaybookDocument]) -> tuple[str, ...]:
    """All columns of the frame that the playbooks need, and how an account is served."""
    names = ["touch"]
    for document in documents:
        names += [name for sign in document.signals for name in get_signal(sign.key).columns]
        names += [*document.when.columns(), document.moves]
    return tuple(dict.fromkeys(name for name in names if name != SCORE))


def match(documents: Sequence[PlaybookDocument], seen: Seen) -> Iterator[list[Match]]:
    """For each playbook, what became of its signals, in the document's order."""
    answers: dict[tuple[str, tuple[tuple[str, float], ...]], Hit] = {}
    for document in documents:
        when = ask_when(seen, document.when)
        found = []
        for sign in document.signals:
            signal = get_signal(sign.key)
            limits = {**signal.limits, **sign.limits}
            asked = (sign.key, tuple(sorted(limits.items())))
            if asked not in answers:
                answers[asked] = signal.ask(seen, limits)
            found.append(Match(document, sign, answers[asked], when))
        yield found
