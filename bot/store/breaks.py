"""Breaks of usage metrics as they were known on a day. Refuses to let a past day know more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from bot.core.breaks import BreakState, MetricBreak
from bot.store.ops_decides import list_found
from bot.store.tables import UsageBreak
from bot.store.unit import Unit

# The word of its notices to ops.
NOTICE = "break"


def list_known_breaks(unit: Unit, run_on: date) -> list[MetricBreak]:
    """As a run on that day knows them, oldest first; a decision counts from the next run on."""
    wanted = select(UsageBreak).where(UsageBreak.found_on <= run_on)
    rows = unit.session.scalars(wanted.order_by(UsageBreak.began_on, UsageBreak.metric))
    return [_as_of(row, run_on) for row in rows]


def list_open_breaks(unit: Unit) -> list[MetricBreak]:
    """Those that people are still to decide on, oldest first."""
    wanted = select(UsageBreak).filter_by(state=BreakState.OPEN.value, ended_on=None)
    rows = unit.session.scalars(wanted.order_by(UsageBreak.began_on, UsageBreak.metric))
    return [read_break(row) for row in rows]


def list_found_breaks(unit: Unit, run_on: date) -> list[MetricBreak]:
    """Those that a run has found, with the name of whoever has decided since."""
    found = list_found(unit, UsageBreak, run_on, UsageBreak.metric)
    return [replace(read_break(row), decided_by=name) for row, name in found]


def list_ended_breaks(unit: Unit, run_on: date) -> list[MetricBreak]:
    """Those found earlier that a run has found to be over."""
    wanted = select(UsageBreak).where(UsageBreak.ended_on.is_not(None))
    wanted = wanted.where(UsageBreak.noted_on == run_on, UsageBreak.found_on < run_on)
    return [read_break(row) for row in unit.session.scalars(wanted.order_by(UsageBreak.metric))]


def read_break(row: UsageBreak) -> MetricBreak:
    """The row as it stands now."""
    return MetricBreak(
        id=row.id,
        metric=row.metric,
        began_on=row.began_on,
        found_on=row.found_on,
        noted_on=row.noted_on,
        ended_on=row.ended_on,
        factors=dict(_read_factors(row)),
        compared=row.compared,
        moved=row.moved,
        state=BreakState(row.state),
    )


def _as_of(row: UsageBreak, run_on: date) -> MetricBreak:
    known = read_break(row)
    is_decided = row.decided_on is not None and row.decided_on < run_on
    is_over = row.ended_on is not None and row.ended_on < run_on
    return replace(
        known,
        ended_on=row.ended_on if is_over else None,
        factors={on: factor for on, factor in known.factors.items() if on < run_on},
        state=known.state if is_decided else BreakState.OPEN,
    )


def _read_factors(row: UsageBreak) -> Iterator[tuple[date, float]]:
    return ((date.fromisoformat(on), float(factor)) for on, factor in row.factors.items())
