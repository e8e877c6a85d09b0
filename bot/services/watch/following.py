"""What becomes of open episodes: nothing holds any more, holds again, reaches the next stage, or
holds with other figures."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.playbooks.matching import Match
from bot.services.playbooks import PlaybookVersion
from bot.services.watch.eve import Eve
from bot.services.watch.evidence import find_step
from bot.services.watch.morning import Morning
from bot.services.watch.noticed import find_noticed
from bot.services.watch.standing import Standing
from bot.signals.seen import IntArray
from bot.store.bulk.episodes import OpenEpisode, set_clear, set_evidence, set_steps
from bot.store.unit import Unit


def follow_episodes(unit: Unit, morning: Morning, running: Sequence[OpenEpisode]) -> int:
    """Bring the open episodes up to the run; how many of them became clear."""
    documents = morning.eve.documents
    cleared, back, steps, renewed = [], [], [], []
    for episode, number, at in _list_placed(morning, running):
        standings = morning.standings[number]
        step = find_step([standing.match for standing in standings], at)
        if step and step != episode.step:
            steps.append((episode.id, step))
        evidence = find_noticed(episode.evidence, standings, at, morning.eve.run_on)
        if evidence is not None:
            renewed.append((episode.id, evidence))
        if _lasts(standings, at):
            back += [episode.id] if episode.clear_since_on else []
        elif documents[number].recovers_after_runs is not None:
            cleared += [] if episode.clear_since_on else [episode.id]
    set_steps(unit, steps)
    set_evidence(unit, renewed)
    set_clear(unit, back, None)
    set_clear(unit, cleared, morning.eve.run_on)
    return len(cleared)


def ask_of_the_open(
    eve: Eve, account_ids: IntArray, asked: Sequence[list[Match]], running: Sequence[OpenEpisode]
) -> list[list[Match]]:
    """A version out of use cannot tell of accounts but those whose episode it has opened."""
    first = len(eve.versions)
    return [
        *asked[:first],
        *(
            [each.only_at(np.isin(account_ids, _list_opened_by(version, running))) for each in left]
            for version, left in zip(eve.left, asked[first:], strict=True)
        ),
    ]


def _list_opened_by(version: PlaybookVersion, running: Sequence[OpenEpisode]) -> list[int]:
    made_by = (version.document.key, version.number)
    return [each.account_id for each in running if (each.playbook, each.version) == made_by]


def _list_placed(
    morning: Morning, running: Sequence[OpenEpisode]
) -> Iterator[tuple[OpenEpisode, int, int]]:
    """Each with the number of the document it is followed by, and the account's place.

    The playbook's version in use follows what earlier ones opened; else the version that did.
    """
    eve = morning.eve
    places = {int(each): at for at, each in enumerate(morning.account_ids.tolist())}
    in_use = {each.document.key: at for at, each in enumerate(eve.versions)}
    left = {
        (each.document.key, each.number): at for at, each in enumerate(eve.left, len(eve.versions))
    }
    for episode in running:
        number = in_use.get(episode.playbook, left.get((episode.playbook, episode.version)))
        if number is not None and episode.account_id in places:
            yield episode, number, places[episode.account_id]


def _lasts(standings: Sequence[Standing], at: int) -> bool:
    return bool(np.any([standing.lasts[at] for standing in standings]))
