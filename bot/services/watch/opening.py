"""Opens episodes with their tasks. Refuses what began before the start, and asks nobody twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from bot.core.vocabulary import Band, Origin, Touch
from bot.playbooks.parts import SCORE
from bot.services.playbooks import PlaybookVersion
from bot.services.watch.causes import Asked
from bot.services.watch.eve import Eve
from bot.services.watch.evidence import build_evidence, find_deadline, find_step
from bot.services.watch.holding import Holding, Opening, insert_built
from bot.services.watch.standing import Standing
from bot.signals.seen import BoolArray, IntArray, Seen
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

Row = dict[str, Any]


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


def open_episodes(
    unit: Unit, morning: Morning, running: Sequence[OpenEpisode], holding: Holding
) -> int:
    """Open what is due, beside those that are open already and what is held back; how many."""
    due = _list_due(unit, morning, running, holding)
    if not due:
        return 0
    owners = read_owners(unit, sorted({asked.account_id for _, _, asked in due}))
    openings = [
        Opening(
            version=morning.eve.versions[number],
            asked=asked,
            built=_build(unit, morning, number, at, *owners[asked.account_id]),
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
    due = []
    for number, version in enumerate(eve.versions):
        began = find_due(
            morning.standings[number], eve.quiet_until, eve.lasted_since, morning.vouched
        )
        for at in np.flatnonzero(single & (began > 0)).tolist():
            account_id = int(morning.account_ids[at])
            if _is_busy(version, account_id, busy):
                continue
            asked = _ask(morning, number, at, int(began[at]))
            if holding.is_left_out(version.document.key, asked):
                continue
            closing = closings.get((version.document.key, account_id))
            if closing is None or _may_open_again(morning.eve, version, closing, int(began[at])):
                busy.add((version.document.key, account_id))
                due.append((number, at, asked))
    return due


def _ask(morning: Morning, number: int, at: int, began: int) -> Asked:
    """The account's signs that hold, as what came late is asked about them."""
    signs = [each.match.sign.key for each in morning.standings[number] if each.match.holds[at]]
    kinds = frozenset[str]().union(*(morning.kinds[sign] for sign in signs))
    return Asked(int(morning.account_ids[at]), _EPOCH + timedelta(days=began), kinds)


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


def _build(
    unit: Unit, morning: Morning, number: int, at: int, owner_id: int | None, second_id: int | None
) -> tuple[Row, list[Row]] | None:
    """The episode and its tasks; None on a day off of whoever is to act: it opens after that."""
    eve, version = morning.eve, morning.eve.versions[number]
    answers_id = eve.people.find_owner(version.document.owner, owner_id, second_id)
    if not eve.people.is_at_work(answers_id):
        return None
    episode = {
        "id": unit.ids.next(),
        "account_id": int(morning.account_ids[at]),
        "known_at": unit.at,
        "owner_id": answers_id,
        "opened_on": eve.run_on,
        "opened_at": unit.at,
        **_of_playbook(version),
        **_as_seen(morning, number, at),
    }
    return episode, _build_tasks(unit, morning, number, at, episode)


def _of_playbook(version: PlaybookVersion) -> Row:
    document = version.document
    return {
        "playbook": document.key,
        "playbook_version": version.number,
        "open_as": document.key,
        "title": document.name.by_locale(),
        "is_watch": document.is_watch,
        "measure": document.moves,
    }


def _as_seen(morning: Morning, number: int, at: int) -> Row:
    matches = [standing.match for standing in morning.standings[number]]
    moves = morning.eve.versions[number].document.moves
    score = _known(morning.seen.score[at])
    value = None if moves == SCORE else _known(morning.seen.number(moves)[at])
    return {
        "step": find_step(matches, at),
        "band_then": morning.bands[at].value,
        "score_then": score,
        "value_then": score if moves == SCORE else value,
        "value_now": value,
        "evidence": build_evidence(morning.standings[number], at),
    }


def _build_tasks(unit: Unit, morning: Morning, number: int, at: int, episode: Row) -> list[Row]:
    eve, document = morning.eve, morning.eve.versions[number].document
    matches = [standing.match for standing in morning.standings[number]]
    calendar = eve.people.calendar(episode["owner_id"])
    same = {
        "account_id": episode["account_id"],
        "known_at": unit.at,
        "origin": Origin.PLAYBOOK.value,
        "episode_id": episode["id"],
        "playbook": episode["playbook"],
        "playbook_version": episode["playbook_version"],
        "owner_id": episode["owner_id"],
        "mover": document.mover.value,
        "made_on": eve.run_on,
    }
    return [
        {
            **same,
            "id": unit.ids.next(),
            "key": f"episode:{episode['id']}:step:{step.key}",
            "step": step.key,
            "title": step.name.by_locale(),
            "due_on": due_on,
        }
        for step, due_on in eve.due_days.list_due(document, calendar, find_deadline(matches, at))
    ]


def _known(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
