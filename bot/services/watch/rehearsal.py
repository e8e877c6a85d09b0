"""Past nights lived through again by another health model, a block at a time, writing nothing.

What people did is not known here: an alert stays open until nothing of it holds any more, and its
cool-down counts from there. Nothing opens for what holds in the first night.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bot.core.calendar import WorkCalendar
from bot.core.vocabulary import Touch
from bot.frame.build import Frame
from bot.health.score import Scores
from bot.playbooks.matching import Match, match
from bot.services.playbooks import PlaybookVersion
from bot.services.watch.night import LEAST_COVERAGE
from bot.services.watch.opening import find_due
from bot.services.watch.standing import Standing, Was, go_on, nothing_before
from bot.signals.seen import Before, BoolArray, FloatArray, Seen

# Four weeks are counted; what leads up to them gives signals their past.
COUNTED, LEAD = 28, 9
_COMPARED_BUSINESS_DAYS = 5
_DAY = timedelta(days=1)

Opened = tuple[int, int]
"""Playbook and account, each by its place."""


@dataclass(frozen=True)
class Programme:
    """Which nights are lived through, with which playbooks; `compared` is a score's earlier day."""

    versions: tuple[PlaybookVersion, ...]
    nights: tuple[date, ...]
    compared: Mapping[date, date]

    @property
    def counted(self) -> tuple[date, ...]:
        """The nights whose alerts count."""
        return self.nights[-COUNTED:]

    @property
    def weeks(self) -> list[date]:
        """The first night of each week, oldest first."""
        return list(self.counted[::7])


def build_programme(
    versions: Sequence[PlaybookVersion], last_on: date, calendar: WorkCalendar
) -> Programme:
    """The four weeks up to `last_on`, with what leads up to them."""
    nights = tuple(last_on - _DAY * back for back in reversed(range(COUNTED + LEAD)))
    compared = {on: calendar.add_business_days(on, -_COMPARED_BUSINESS_DAYS) for on in nights}
    # What is watched alone (要注意) has no alert.
    alerting = [each for each in versions if not each.document.is_watch]
    ordered = sorted(alerting, key=lambda each: len(each.document.yields_to))
    return Programme(tuple(ordered), nights, compared)


class Rehearsal:
    """One block's nights by one model; called once for each night, oldest first."""

    def __init__(self, programme: Programme, red_below: float, size: int) -> None:
        self._programme = programme
        self._red_below = red_below
        self._was: dict[tuple[str, str], Was] = {}
        self._open = {each.document.key: np.zeros(size, dtype=np.bool_) for each in self._versions}
        self._quiet_until = {
            each.document.key: np.zeros(size, dtype=np.int64) for each in self._versions
        }
        self._past: dict[date, tuple[FloatArray, FloatArray]] = {}
        self._size = size

    @property
    def _versions(self) -> tuple[PlaybookVersion, ...]:
        return self._programme.versions

    def live(self, on: date, frame: Frame, scores: Scores, judged: FloatArray) -> list[Opened]:
        """What opens in this night; `judged` are the scores as playbooks take them."""
        seen = Seen(on, frame.table, judged, self._red_below, self._before(on, scores))
        self._past[on] = (scores.score, scores.coverage)
        single = ~seen.is_word("touch", Touch.TECH.value)
        asked = match([each.document for each in self._versions], seen)
        opened: list[Opened] = []
        for number, matches in enumerate(asked):
            standings = [self._settle(on, each) for each in matches]
            due = self._open_due(on, self._versions[number], standings) & single
            self._open[self._versions[number].document.key] |= due
            opened += [(number, int(at)) for at in np.flatnonzero(due)]
        return opened

    def _settle(self, on: date, each: Match) -> Standing:
        kind = (each.document.key, each.sign.key)
        was = self._was.get(kind) or nothing_before(self._size)
        standing, self._was[kind] = go_on(each, was, on)
        return standing

    def _open_due(
        self, on: date, version: PlaybookVersion, standings: Sequence[Standing]
    ) -> BoolArray:
        document, today = version.document, (on - date(1970, 1, 1)).days
        lasts = np.any([each.lasts for each in standings], axis=0)
        ended = self._open[document.key] & ~lasts
        self._open[document.key] &= ~ended
        quiet = self._quiet_until[document.key]
        quiet[ended] = today + document.cool_down_days
        due: BoolArray = self._find(standings, on)
        for key in (document.key, *document.yields_to):
            if key in self._open:
                due &= ~self._open[key]
        return due & (quiet <= today)

    def _find(self, standings: Sequence[Standing], on: date) -> BoolArray:
        nobody = np.zeros(self._size, dtype=np.bool_)
        found = find_due(standings, self._programme.nights[0], self._lasted(on), nobody)
        due: BoolArray = found > 0
        return due

    def _lasted(self, on: date) -> Callable[[int], date | None]:
        first_on = self._programme.nights[0]

        def since(for_runs: int) -> date | None:
            began_on = on - _DAY * (for_runs - 1)
            return began_on if began_on >= first_on else None

        return since

    def _before(self, on: date, scores: Scores) -> Before:
        compared_on = self._programme.compared[on]
        past = self._past.get(compared_on)
        if past is None:
            return Before(None, np.full(self._size, np.nan))
        score, coverage = past
        rests_on_as_much = scores.coverage >= LEAST_COVERAGE * coverage
        return Before(compared_on, np.where(rests_on_as_much, score, np.nan))
