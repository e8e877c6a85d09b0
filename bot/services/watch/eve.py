"""What is the same for every account of a night: playbooks, runs before it, people, the start."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from bot.core.waves import Wave
from bot.people import build_calendar
from bot.playbooks.document import PlaybookDocument
from bot.services.playbooks import PlaybookVersion, list_active, list_left
from bot.services.watch.due_days import DueDays
from bot.services.watch.people import People
from bot.store.book import count_active
from bot.store.bulk.hits import tidy_hits
from bot.store.tables import Member, ScoreRun
from bot.store.unit import Store, Unit
from bot.store.waves import list_waves

# Of more runs than this no playbook may ask.
_MOST_RUNS = 10
_COMPARED_BUSINESS_DAYS = 5
# A run missed now and then may be replaced by the one before it; older ones say something else.
_OLDEST_BEFORE = timedelta(days=7)
# A sign that lasts longer than this is asked about as if nobody had been.
_REMEMBERED = timedelta(days=365)


@dataclass(frozen=True)
class Eve:
    """`versions` come before those that yield to them. `runs` are watched days, newest first.

    `left` are versions out of use by which something is still open: nothing opens by them.

    Nothing opens for what began up to `quiet_until`; None while nothing opens at all. Scores are
    compared with those of `before_on`. `watched` is how many accounts there are, `waves` what
    nights have held back.
    """

    run_on: date
    versions: tuple[PlaybookVersion, ...]
    left: tuple[PlaybookVersion, ...]
    runs: tuple[date, ...]
    quiet_until: date | None
    before_on: date | None
    people: People
    due_days: DueDays
    watched: int
    waves: tuple[Wave, ...]

    @property
    def documents(self) -> list[PlaybookDocument]:
        """The playbooks asked: those of `versions`, then those of `left`."""
        return [version.document for version in (*self.versions, *self.left)]

    def lasted_since(self, for_runs: int) -> date | None:
        """What began up to this day has lasted for so many runs; None with fewer runs."""
        return self.runs[for_runs - 1] if for_runs <= len(self.runs) else None


def read_eve(store: Store, workspace_id: int, run_on: date) -> Eve:
    """Read it, and forget the hits of playbooks and accounts that are no more."""
    with store.writing(workspace_id) as unit:
        versions = sorted(list_active(unit), key=lambda each: len(each.document.yields_to))
        tidy_hits(
            unit,
            {(each.document.key, sign.key) for each in versions for sign in each.document.signals},
        )
        members = unit.session.scalars(select(Member)).all()
        return Eve(
            run_on=run_on,
            versions=tuple(versions),
            left=tuple(list_left(unit)),
            runs=(run_on, *_list_watched(unit, run_on)),
            quiet_until=_find_quiet_until(unit),
            before_on=_find_before(unit, run_on),
            people=People(unit.workspace, members, run_on),
            due_days=DueDays(run_on),
            watched=count_active(unit),
            waves=tuple(list_waves(unit, run_on - _REMEMBERED)),
        )


def _list_watched(unit: Unit, before_on: date) -> list[date]:
    watched = ScoreRun.watched_at.is_not(None)
    wanted = select(ScoreRun.run_on).where(watched, ScoreRun.run_on < before_on)
    return list(unit.session.scalars(wanted.order_by(ScoreRun.run_on.desc()).limit(_MOST_RUNS)))


def _find_quiet_until(unit: Unit) -> date | None:
    """The start; the first watched run as well, whose hits may be as old as the company."""
    watched = ScoreRun.watched_at.is_not(None)
    first_on = unit.session.scalar(select(func.min(ScoreRun.run_on)).where(watched))
    started_on = unit.workspace.started_on
    return max(started_on, first_on) if started_on and first_on else None


def _find_before(unit: Unit, run_on: date) -> date | None:
    target = build_calendar(unit.workspace).add_business_days(run_on, -_COMPARED_BUSINESS_DAYS)
    found = unit.session.scalar(
        select(func.max(ScoreRun.run_on)).where(
            ScoreRun.finished_at.is_not(None), ScoreRun.run_on <= target
        )
    )
    return found if found and target - found <= _OLDEST_BEFORE else None
