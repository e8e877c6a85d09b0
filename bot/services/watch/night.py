"""One night's watch: a listener of the recompute, which hands it every block with its scores.

Nothing is rendered here. A second run of the same day finds what the first one left.
"""

from collections.abc import Iterable
from datetime import date

import numpy as np

from bot.frame.build import Frame
from bot.frame.catalogue import get_measure
from bot.health.score import Scores, judge_scores
from bot.playbooks.matching import columns_of, match
from bot.services.health_models import Version
from bot.services.late_sources import list_kinds_behind
from bot.services.playbooks import ensure_shipped
from bot.services.watch.eve import Eve, read_eve
from bot.services.watch.following import ask_of_the_open, follow_episodes
from bot.services.watch.holding import Holding
from bot.services.watch.morning import Morning
from bot.services.watch.opening import open_episodes
from bot.services.watch.standing import settle
from bot.services.watch.values import note_values
from bot.services.watch.words_gaps import COLUMNS, follow_gaps
from bot.signals.catalogue import get_signal
from bot.signals.seen import Before, FloatArray, Seen
from bot.store.bulk.episodes import read_open
from bot.store.bulk.scores import StoredScores, read_scores, read_vouched
from bot.store.tables import ScoreRun
from bot.store.unit import Store

# A score that rests on clearly less than the one before is no fall of it.
LEAST_COVERAGE = 0.9


def begin_night(store: Store, workspace_id: int, run_on: date) -> "Night":
    """The watch of a day; the shipped playbooks are there from the first night on."""
    ensure_shipped(store, workspace_id)
    return Night(store, workspace_id, read_eve(store, workspace_id, run_on))


class Night:
    """`documents` are the playbooks asked; `opened` and `cleared` count episodes."""

    def __init__(self, store: Store, workspace_id: int, eve: Eve) -> None:
        self._store = store
        self._workspace_id = workspace_id
        self._eve = eve
        self.documents = eve.documents
        self.columns = tuple(dict.fromkeys((*columns_of(self.documents), *COLUMNS)))
        self._holding = Holding(eve)
        self._kinds: dict[str, frozenset[str]] = {}
        self.opened = 0
        self.cleared = 0

    def look(self, version: Version, frame: Frame, scores: Scores) -> None:
        """Ask the playbooks of one block, in the order of the accounts' ids."""
        ids = scores.account_ids
        if not len(ids):
            return
        before = self._read_before(version, scores)
        edge = version.document.bands.red_below
        score = judge_scores(version.document, frame, scores)
        seen = Seen(self._eve.run_on, frame.table, score, edge, before)
        asked = list(match(self.documents, seen))
        with self._store.writing(self._workspace_id) as unit:
            low, high = int(ids[0]), int(ids[-1])
            running = read_open(unit, low, high)
            asked = ask_of_the_open(self._eve, ids, asked, running)
            standings = settle(unit, self._eve.run_on, ids, asked)
            kinds = self._kinds_of(version)
            vouched = np.isin(ids, list(read_vouched(unit, self._eve.run_on, low, high)))
            morning = Morning(self._eve, ids, seen, scores.bands(), standings, vouched, kinds)
            self.cleared += follow_episodes(unit, morning, running)
            # Before anything opens: what opens has today's value from the start.
            note_values(unit, morning)
            self.opened += open_episodes(unit, morning, running, self._holding)
            follow_gaps(unit, morning, running)

    def finish(self) -> None:
        """The day has been watched whole: what came late opens or waits; its hits are a run."""
        with self._store.writing(self._workspace_id) as unit:
            self.opened += self._holding.close(unit)
            key = (self._workspace_id, self._eve.run_on)
            unit.session.get_one(ScoreRun, key).watched_at = unit.at

    def _kinds_of(self, version: Version) -> dict[str, frozenset[str]]:
        """The files that each signal asked rests on; one of the score on all that it is made of."""
        if not self._kinds:
            keys = {sign.key for each in self.documents for sign in each.signals}
            made = version.document.columns()
            self._kinds = {key: _list_kinds(get_signal(key).columns or made) for key in keys}
        return self._kinds

    def _read_before(self, version: Version, scores: Scores) -> Before:
        unknown = np.full(len(scores.account_ids), np.nan)
        if self._eve.before_on is None:
            return Before(None, unknown)
        low, high = int(scores.account_ids[0]), int(scores.account_ids[-1])
        with self._store.reading(self._workspace_id) as unit:
            stored = read_scores(unit, self._eve.before_on, low, high)
        return Before(self._eve.before_on, _compare(stored, version.number, scores))


def _list_kinds(columns: Iterable[str]) -> frozenset[str]:
    return list_kinds_behind(need for name in columns for need in get_measure(name).needs)


def _compare(stored: StoredScores, model_version: int, scores: Scores) -> FloatArray:
    """The earlier scores that may be compared with these; NaN for the rest."""
    earlier = np.full(len(scores.account_ids), np.nan)
    if len(stored.account_ids):
        at = np.searchsorted(stored.account_ids, scores.account_ids)
        at = np.minimum(at, len(stored.account_ids) - 1)
        is_alike = (stored.account_ids[at] == scores.account_ids) & (
            stored.model_version[at] == model_version
        )
        rests_on_as_much = scores.coverage >= LEAST_COVERAGE * stored.coverage[at]
        earlier = np.where(is_alike & rests_on_as_much, stored.score[at], np.nan)
    return earlier
