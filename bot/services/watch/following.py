"""What becomes of open episodes: nothing holds any more, holds again, or reaches the next stage."""

from collections.abc import Sequence

import numpy as np

from bot.services.watch.evidence import build_evidence, find_step
from bot.services.watch.opening import Morning
from bot.services.watch.standing import Standing
from bot.store.bulk.episodes import OpenEpisode, set_clear, set_steps
from bot.store.unit import Unit


def follow_episodes(unit: Unit, morning: Morning, running: Sequence[OpenEpisode]) -> int:
    """Bring the open episodes up to the run; how many of them became clear."""
    places = {int(each): at for at, each in enumerate(morning.account_ids.tolist())}
    numbers = {each.document.key: at for at, each in enumerate(morning.eve.versions)}
    cleared, back, steps = [], [], []
    for episode in running:
        if episode.playbook not in numbers or episode.account_id not in places:
            continue
        number, at = numbers[episode.playbook], places[episode.account_id]
        standings = morning.standings[number]
        matches = [standing.match for standing in standings]
        step = find_step(matches, at)
        if step and step != episode.step:
            steps.append((episode.id, step, build_evidence(matches, at)))
        if _lasts(standings, at):
            back += [episode.id] if episode.clear_since_on else []
        elif morning.eve.versions[number].document.recovers_after_runs is not None:
            cleared += [] if episode.clear_since_on else [episode.id]
    set_steps(unit, steps)
    set_clear(unit, back, None)
    set_clear(unit, cleared, morning.eve.run_on)
    return len(cleared)


def _lasts(standings: Sequence[Standing], at: int) -> bool:
    return bool(np.any([standing.lasts[at] for standing in standings]))
