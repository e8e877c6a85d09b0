"""The wall between workspaces: every table, every way in."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, and_, delete, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.store.base import Scoped, UtcDateTime, Walled
from bot.store.tables import Account, Contract, Incident, Member, MetricSet, Task, TaskOutcome
from bot.store.unit import Unit
from bot.store.wall import WallBreach, scoped_tables
from tests.store.conftest import Houses

MODELS = sorted(
    (m.class_ for m in Walled.registry.mappers if issubclass(m.class_, Walled)),
    key=lambda model: model.__tablename__,
)
AT = datetime(2026, 11, 20, tzinfo=UTC)


def a_value(column: Any) -> Any:
    """Something the column takes."""
    kinds = {int: 1, float: 1.0, bool: True, bytes: b"x", date: date(2026, 2, 28)}
    if isinstance(column.type, UtcDateTime):
        return AT
    if isinstance(column.type, JSON):
        return []
    python = column.type.python_type
    if python in kinds:
        return kinds[python]
    if python is str:
        return "x"
    return python(1)


def a_row(unit: Unit, model: type[Walled], account_id: int) -> Walled:
    """A valid row of `model`, its required columns filled."""
    given: dict[str, Any] = {}
    for column in model.__table__.columns:
        has_default = column.default is not None
        if column.name not in ("workspace_id", "id") and not column.nullable and not has_default:
            given[column.name] = a_value(column)
    if "account_id" in given:
        given["account_id"] = account_id
    for parent, named in PARENTS.items():
        if parent in given:
            given[parent] = a_parent(unit, named, account_id)
    return model(**given)


PARENTS: dict[str, type[Scoped]] = {
    "metric_set_id": MetricSet,
    "incident_id": Incident,
    "task_id": Task,
    "outcome_id": TaskOutcome,
}


def a_parent(unit: Unit, model: type[Scoped], account_id: int) -> int:
    made = a_row(unit, model, account_id)
    unit.add(made)
    unit.session.flush()
    assert isinstance(made, Scoped)
    return made.id


def an_account(unit: Unit, ref: str = "A1") -> int:
    account = Account(ref=ref, name=ref, known_at=unit.at)
    unit.add(account)
    unit.session.flush()
    return account.id


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__tablename__)
def test_no_table_shows_or_gives_up_a_strangers_row(houses: Houses, model: type[Walled]) -> None:
    with houses.store.writing(houses.theirs) as unit:
        row = a_row(unit, model, an_account(unit, "parent"))
        unit.add(row)
        unit.session.flush()
        key = inspect(row).identity
    assert key is not None
    rest = inspect(model).primary_key[1:]
    theirs = and_(*(column == value for column, value in zip(rest, key[1:], strict=True)))
    with houses.store.writing(houses.ours) as unit:
        assert unit.session.scalars(select(model).where(theirs)).all() == []
        assert unit.session.get(model, (houses.ours, *key[1:])) is None
        unit.session.execute(update(model).where(theirs).values(workspace_id=houses.ours))
        unit.session.execute(delete(model).where(theirs))
    with houses.store.reading(houses.theirs) as unit:
        assert unit.session.get(model, key) is not None


@pytest.mark.parametrize("table", sorted(scoped_tables()))
@pytest.mark.parametrize("verb", ["SELECT * FROM", "DELETE FROM"])
def test_a_native_statement_without_the_workspace_is_refused(
    untouched_houses: Houses, table: str, verb: str
) -> None:
    houses = untouched_houses
    with houses.store.writing(houses.ours) as unit, pytest.raises(WallBreach, match=table):
        unit.connection.execute(text(f"{verb} {table}"))


def test_a_native_statement_that_names_the_workspace_passes(houses: Houses) -> None:
    with houses.store.reading(houses.ours) as unit:
        counted = text("SELECT count(*) FROM accounts WHERE workspace_id = :ours")
        assert unit.connection.execute(counted, {"ours": houses.ours}).scalar_one() == 0


def test_a_row_of_a_stranger_cannot_be_written(houses: Houses) -> None:
    with pytest.raises(WallBreach), houses.store.writing(houses.ours) as unit:
        unit.session.add(Account(workspace_id=houses.theirs, ref="B", name="B", known_at=unit.at))
        unit.session.flush()


def test_a_contract_cannot_point_at_a_strangers_account(houses: Houses) -> None:
    with houses.store.writing(houses.theirs) as unit:
        theirs = an_account(unit)
    with pytest.raises(IntegrityError), houses.store.writing(houses.ours) as unit:
        unit.add(Contract(account_id=theirs, ref="C1", known_at=unit.at))


def test_an_owner_cannot_come_from_another_workspace(houses: Houses) -> None:
    with houses.store.writing(houses.theirs) as unit:
        member = Member(name="Ana", slack_user="U1", known_at=unit.at)
        unit.add(member)
        unit.session.flush()
        ana = member.id
    with pytest.raises(IntegrityError), houses.store.writing(houses.ours) as unit:
        unit.add(Account(ref="A", name="A", owner_id=ana, known_at=unit.at))


def test_a_reading_unit_does_not_write(houses: Houses) -> None:
    with (
        pytest.raises(RuntimeError, match="does not write"),
        houses.store.reading(houses.ours) as unit,
    ):
        unit.add(Account(ref="A", name="A", known_at=unit.at))
        unit.session.flush()


def test_a_unit_that_fails_leaves_nothing(houses: Houses) -> None:
    with pytest.raises(KeyError), houses.store.writing(houses.ours) as unit:
        an_account(unit)
        raise KeyError("half way")
    with houses.store.reading(houses.ours) as unit:
        assert unit.session.scalars(select(Account)).all() == []


def test_a_naive_instant_is_refused_and_an_aware_one_comes_back_as_utc(houses: Houses) -> None:
    from zoneinfo import ZoneInfo

    tokyo = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    with houses.store.writing(houses.ours) as unit:
        unit.add(Account(ref="A", name="A", known_at=tokyo))
    with houses.store.reading(houses.ours) as unit:
        assert unit.session.scalars(select(Account.known_at)).one() == AT
    naive = datetime(2026, 11, 20)  # noqa: DTZ001  the point of the test
    with pytest.raises(Exception, match="naive"), houses.store.writing(houses.ours) as unit:
        unit.add(Account(ref="B", name="B", known_at=naive))


def test_the_audit_says_who_changed_what(houses: Houses) -> None:
    from bot.store.tables import AuditEntry

    with houses.store.writing(houses.ours) as unit:
        unit.audit("U1", "model_published", "health model 2", bands={"red": 45})
    with houses.store.reading(houses.ours) as unit:
        entry = unit.session.scalars(select(AuditEntry)).one()
    assert (entry.actor, entry.action, entry.at) == ("U1", "model_published", AT)
    assert entry.change == {"bands": {"red": 45}}
