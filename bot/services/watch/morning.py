"""A block of accounts on the morning after the run: what the watch's parts all look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.vocabulary import Band
from bot.services.watch.eve import Eve
from bot.services.watch.standing import Standing
from bot.signals.seen import BoolArray, IntArray, Seen


@dataclass(frozen=True)
class Morning:
    """A block as it stands after the run. `standings` are by playbook, as `eve.documents` are.

    `vouched` are accounts that a person says are not at risk, with a reason: what only their score
    says opens nothing while that lasts. `kinds` are the files that each signal rests on.
    """

    eve: Eve
    account_ids: IntArray
    seen: Seen
    bands: Sequence[Band]
    standings: Sequence[Sequence[Standing]]
    vouched: BoolArray
    kinds: Mapping[str, frozenset[str]]
