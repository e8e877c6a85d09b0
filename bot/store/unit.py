"""The unit of work: one workspace, one transaction. The only place that commits.

Writing units begin immediately and should stay short (1,000 rows or about 50 ms). Reading units
are read-only. A unit must not render a view or call Slack while it writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache, cached_property, lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from bot.clock import Clock
from bot.store.base import IdSource, Walled
from bot.store.tables import AuditEntry, Workspace
from bot.store.wall import WallBreach


class Unit:
    """What a service works with: a session that sees one workspace, the instant, the audit."""

    def __init__(self, session: Session, workspace_id: int, at: datetime) -> None:
        self.session = session
        self.workspace_id = workspace_id
        self.at = at
        # Ascending, so that what one unit says stands in the order it was said.
        self.ids = IdSource()

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace this unit is bound to."""
        return self.session.get_one(Workspace, self.workspace_id)

    @property
    def connection(self) -> Connection:
        """For `store/bulk/` alone."""
        return self.session.connection()

    def add(self, row: Walled) -> None:
        """Put a new row into this unit's workspace."""
        row.workspace_id = self.workspace_id
        self.session.add(row)

    def audit(self, actor: str, action: str, subject: str, **change: Any) -> None:
        """Record who changed what; part of the same transaction as the change."""
        self.add(AuditEntry(at=self.at, actor=actor, action=action, subject=subject, change=change))


@lru_cache(maxsize=1_000)
def _criteria_of(workspace_id: int) -> LoaderCriteriaOption:
    """Kept, because making it costs as much as a small query."""
    return with_loader_criteria(
        Walled,
        lambda cls: cls.workspace_id == workspace_id,
        include_aliases=True,
        track_closure_variables=True,
    )


def _only_own_rows(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load:
        return
    criteria = _criteria_of(state.session.info["workspace_id"])
    state.statement = state.statement.options(criteria)


def _refuse_foreign_rows(session: Session, *_: Any) -> None:
    workspace_id = session.info["workspace_id"]
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Walled) and row.workspace_id != workspace_id:
            raise WallBreach(f"{type(row).__name__} of workspace {row.workspace_id}")


def _refuse_writes(session: Session, *_: Any) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a reading unit does not write")


@cache
def _sessions(*, is_writing: bool) -> sessionmaker[Session]:
    """Sessions behind the wall; the hooks stand before all of them, not before each anew."""
    made = sessionmaker(expire_on_commit=False, autoflush=is_writing)
    event.listen(made, "do_orm_execute", _only_own_rows)
    event.listen(made, "before_flush", _refuse_foreign_rows)
    if not is_writing:
        event.listen(made, "before_flush", _refuse_writes)
    return made


class Store:
    """Opens units of work on one database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self._for_writing = engine.execution_options(is_writing=True)
        self._for_reading = engine.execution_options(is_writing=False, postgresql_readonly=True)

    @contextmanager
    def writing(self, workspace_id: int) -> Iterator[Unit]:
        """A unit that commits when the block ends well and rolls back when it does not."""
        with self._session(workspace_id, is_writing=True) as session:
            yield Unit(session, workspace_id, self.clock.now())
            session.commit()

    @contextmanager
    def reading(self, workspace_id: int) -> Iterator[Unit]:
        """A unit that never writes; a change made inside it is refused."""
        with self._session(workspace_id, is_writing=False) as session:
            yield Unit(session, workspace_id, self.clock.now())

    def _session(self, workspace_id: int, *, is_writing: bool) -> Session:
        engine = self._for_writing if is_writing else self._for_reading
        opened = _sessions(is_writing=is_writing)
        return opened(bind=engine, info={"workspace_id": workspace_id})

    def list_workspaces(self) -> list[Workspace]:
        """All workspaces, oldest first; detached rows."""
        with Session(self.engine, expire_on_commit=False) as session:
            return list(session.scalars(select(Workspace).order_by(Workspace.id)))

    def find_workspace(self, enterprise_id: str, team_id: str) -> Workspace | None:
        """The workspace with Slack's own key, or None."""
        wanted = select(Workspace).filter_by(enterprise_id=enterprise_id, team_id=team_id)
        with Session(self.engine, expire_on_commit=False) as session:
            return session.scalars(wanted).one_or_none()

    def add_workspace(self, workspace: Workspace) -> Workspace:
        """Keep a new workspace and give it its id; the one write that has no workspace yet."""
        with Session(self._for_writing, expire_on_commit=False) as session:
            session.add(workspace)
            session.commit()
            return workspace
