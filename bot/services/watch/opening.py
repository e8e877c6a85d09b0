"""Opens episodes with their tasks. Refuses what began before the start, and asks nobody twice."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from bot.core.vocabulary import Touch
from bot.services.playbooks import PlaybookVersion
from bot.services.watch.building import Builder
from bot.services.watch.causes import Asked
from bot.services.watch.eve import Eve
from bot.services.watch.holding import Holding, Opening, insert_built
from bot.services.watch.morning import Morning
from bot.services.watch.standing import Standing
from bot.signals.seen import BoolArray, IntArray
from bot.store.bulk.episodes import (
    Closing,
    OpenEpisode,
    read_closings,
    read_owners,
)
from bot.store.unit import Unit

_EPOCH = date(1970, 1, 1)
# What a person has looked at and contradicted; a fall is news beside it.
_OF_SCORE = "threshold"


def open_episodes(
    unit: Unit, morning: Morning, running: Sequence[OpenEpisode], holding: Holding
) -> int:
    """Open what is due, beside those that are open already and what is held back; how many."""
    due = _list_due(unit, morning, running, holding)
    if not due:
        return 0
    owners = read_owners(unit, sorted({asked.account_id for _, _, asked in due}))
    builders = {number: Builder(unit, morning, number) for number in {each[0] for each in due}}
    openings = [
        Opening(
            version=morning.eve.versions[number],
            asked=asked,
            built=builders[number].build(at, *owners[asked.account_id]),
        )
        for number, at, asked in due
    ]
    return insert_built(unit, holding.sort(unit, openings))


def _list_due(
    unit: Unit, morning: Morning, running: Sequence[OpenEpisode], holding: Holding
) -> list[tuple[int, int, Asked]]:
    """Playbook and place of the account, by number, of all that is to open."""
    eve = morning.eve
    if eve.quiet_until is None:
        return []
    busy = {(each.playbook, each.account_id) for each in running}
    low, high = int(morning.account_ids[0]), int(morning.account_ids[-1])
    closings = {(each.playbook, each.account_id): each for each in read_closings(unit, low, high)}
    single = ~morning.seen.is_word("touch", Touch.TECH.value)
    kinds = _Kinds(morning)
    due = []
    for number, version in enumerate(eve.versions):
        began = find_due(
            morning.standings[number], eve.quiet_until, eve.lasted_since, morning.vouched
        )
        for at in np.flatnonzero(single & (began > 0)).tolist():
            account_id = int(morning.account_ids[at])
            if _is_busy(version, account_id, busy):
                continue
            since_on = _EPOCH + timedelta(days=int(began[at]))
            asked = Asked(account_id, since_on, kinds.behind(number, at))
            if holding.is_left_out(version.document.key, asked):
                continue
            closing = closings.get((version.document.key, account_id))
            if closing is None or _may_open_again(morning.eve, version, closing, int(began[at])):
                busy.add((version.document.key, account_id))
                due.append((number, at, asked))
    return due


class _Kinds:
    """The files behind the signs of an account that hold; those of the same signs are put once."""

    def __init__(self, morning: Morning) -> None:
        self._morning = morning
        self._known: dict[tuple[str, ...], frozenset[str]] = {}

    def behind(self, number: int, at: int) -> frozenset[str]:
        """Of the playbook `number` and the account at place `at`."""
        standings = self._morning.standings[number]
        signs = tuple([each.match.sign.key for each in standings if each.match.holds[at]])
        if signs not in self._known:
            kinds = (self._morning.kinds[sign] for sign in signs)
            self._known[signs] = frozenset[str]().union(*kinds)
        return self._known[signs]


def find_due(
    standings: Sequence[Standing],
    quiet_until: date,
    lasted_since: Callable[[int], date | None],
    vouched: BoolArray,
) -> IntArray:
    """The day the latest signal began that has lasted long enough; 0 where there is none.

    `lasted_since` tells what has lasted for so many runs, as `Eve.lasted_since` does. Where a
    person vouches, a score below the edge is due to nobody.
    """
    quiet, latest = (quiet_until - _EPOCH).days, np.zeros(0, dtype=np.int64)
    for standing in standings:
        lasted_on = lasted_since(standing.match.sign.for_runs)
        limit = -1 if lasted_on is None else (lasted_on - _EPOCH).days
        is_due: BoolArray = standing.match.holds & (standing.since <= limit)
        if standing.match.sign.key == _OF_SCORE:
            is_due &= ~vouched
        began = np.where(is_due & (standing.since > quiet), standing.since, 0)
        latest = np.maximum(latest, began) if len(latest) else began
    return latest


def _is_busy(version: PlaybookVersion, account_id: int, busy: set[tuple[str, int]]) -> bool:
    document = version.document
    return any((key, account_id) in busy for key in (document.key, *document.yields_to))


def _may_open_again(eve: Eve, version: PlaybookVersion, closing: Closing, began: int) -> bool:
    """Not in the cool-down; and what was called a false alarm must have begun anew."""
    if eve.run_on < closing.closed_on + timedelta(days=version.document.cool_down_days):
        return False
    false_on = closing.false_alarm_on
    return false_on is None or began > (false_on - _EPOCH).days
