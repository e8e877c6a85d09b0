"""Files that should have come by now, and the facts that therefore say nothing of today.

Refuses to know more than was known on the day asked about.
"""

from collections.abc import Iterable
from datetime import date

from bot.core.sources import build_file_source
from bot.core.waves import USAGE
from bot.people import build_calendar
from bot.store.bulk.fact_queries import QUERIES
from bot.store.gaps import find_last_known, list_file_days
from bot.store.tables import Touch, VocRemark
from bot.store.unit import Unit

# Kinds of files by the table they fill. Contracts and lists say what holds until they change.
_BY_TABLE = {
    "incidents": "incidents",
    "invoices": "invoices",
    "nps_answers": "nps",
    "tickets": "tickets",
    "touches": "touches",
    "voc_remarks": "voc",
}
# People record these themselves as well: while they do, no file needs to come.
_SAID: dict[str, type[Touch | VocRemark]] = {"touches": Touch, "voc": VocRemark}
# Read from several tables; of these, surveys come too seldom for their silence to tell anything.
_OF_SEVERAL = {"signs": frozenset({"tickets", "touches"})}


def list_late_kinds(unit: Unit, run_on: date) -> tuple[str, ...]:
    """The kinds of files that measures rest on and that are late on a day, by name."""
    calendar = build_calendar(unit.workspace)
    came = {
        kind: days
        for kind, days in list_file_days(unit, run_on).items()
        if kind in _BY_TABLE.values()
    }
    late = [
        kind
        for kind, days in came.items()
        if build_file_source(kind, days, run_on, calendar).is_late
    ]
    return tuple(sorted(kind for kind in late if not _is_said(unit, kind, came[kind], run_on)))


def list_resting_on(kinds: Iterable[str]) -> frozenset[str]:
    """The facts of a block that are read from these kinds of files."""
    late = frozenset(kinds)
    alone = {need for need, query in QUERIES.items() if _BY_TABLE.get(query.table) in late}
    return frozenset(alone | {need for need, read in _OF_SEVERAL.items() if read & late})


def list_kinds_behind(needs: Iterable[str]) -> frozenset[str]:
    """The kinds of files that a measure with these needs rests on, as far as they can be late."""
    asked = frozenset(needs)
    kinds = {_BY_TABLE.get(QUERIES[need].table, "") for need in asked if need in QUERIES}
    kinds |= {USAGE for need in asked if need.startswith("usage:")}
    if "signs" in asked:
        kinds |= _OF_SEVERAL["signs"]
    return frozenset(kinds - {""})


def _is_said(unit: Unit, kind: str, came_on: list[date], run_on: date) -> bool:
    """Whether people have recorded such facts within the time a file may take."""
    if kind not in _SAID:
        return False
    said_on = find_last_known(unit, _SAID[kind], run_on)
    if said_on is None or said_on <= came_on[-1]:
        return False
    calendar = build_calendar(unit.workspace)
    return not build_file_source(kind, [*came_on, said_on], run_on, calendar).is_late
