"""What people did again and again outside any playbook, and whether it went well.

A success that repeats is a candidate for a playbook. Refuses to see one in few cases, or in a
difference that may as well be none.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from bot.core.interval import Interval, build_interval
from bot.core.playbook_week import Ran

# Done less often it is no habit yet.
FEWEST_RUNS = 3


@dataclass(frozen=True)
class Tried:
    """A finished task by hand: its title as typed, its account, and what was measured of it."""

    title: str
    account_id: int
    ran: Ran


@dataclass(frozen=True)
class Practice:
    """Tasks of one title. `difference` is to like accounts after two weeks, None for too few.

    `task_id` is the newest of them, `status` that of the playbook made of it, empty without one.
    """

    title: str
    runs: int
    accounts: int
    compared: int
    difference: Interval | None
    task_id: int = 0
    status: str = ""

    @property
    def is_candidate(self) -> bool:
        """Whether all of the interval lies above none."""
        return self.difference is not None and self.difference.low > 0


def list_practices(tried: Iterable[Tried]) -> list[Practice]:
    """What was done at least `FEWEST_RUNS` times: candidates, then the uncertain; most runs first.

    What went no better than elsewhere in enough cases is left out: it is no success.
    """
    ordered = sorted(tried, key=lambda each: fold_title(each.title))
    grouped = (list(group) for _, group in groupby(ordered, lambda each: fold_title(each.title)))
    made = [_sum_up(group) for group in grouped if len(group) >= FEWEST_RUNS]
    told = [each for each in made if each.is_candidate or each.difference is None]
    return sorted(told, key=lambda each: (not each.is_candidate, -each.runs, each.title))


def fold_title(title: str) -> str:
    """Width, case and blanks make no other title."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())


def build_key(title: str) -> str:
    """The key of a playbook made of tasks of this title, however it was typed."""
    return f"practice_{sha256(fold_title(title).encode()).hexdigest()[:16]}"


def _sum_up(group: Sequence[Tried]) -> Practice:
    newest = max(group, key=lambda each: (each.ran.recorded_at, each.ran.task_id))
    figures = [each.ran.difference for each in group if each.ran.difference is not None]
    return Practice(
        title=newest.title,
        runs=len(group),
        accounts=len({each.account_id for each in group}),
        compared=len(figures),
        difference=build_interval(figures),
        task_id=newest.ran.task_id,
    )
