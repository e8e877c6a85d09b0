"""SQLite keeps no figures of what lies where; which index it takes is settled by what there is."""

import pytest

from tests.store.conftest import Houses

WHOLE = "SELECT COUNT(*) FROM accounts WHERE workspace_id = 1 AND is_active"
OWNED = "SELECT id FROM accounts WHERE workspace_id = 1 AND owner_id IN (7, 8) AND is_active"
BY_OWNER = "ix_accounts_workspace_id_owner_id"


@pytest.mark.parametrize("untouched_houses", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("statement", "is_by_owner"), [(WHOLE, False), (OWNED, True)])
def test_only_who_asks_for_owners_goes_from_owner_to_owner(
    untouched_houses: Houses, statement: str, is_by_owner: bool
) -> None:
    store = untouched_houses.store
    with store.reading(untouched_houses.ours) as unit:
        plan = unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    assert (BY_OWNER in str(plan)) is is_by_owner


def test_an_owner_s_index_is_of_those_who_have_one(untouched_houses: Houses) -> None:
    store = untouched_houses.store
    where = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = '{}'",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname = '{}'",
    }[store.engine.dialect.name]
    with store.reading(untouched_houses.ours) as unit:
        made = unit.connection.exec_driver_sql(where.format(BY_OWNER)).scalar_one()
    assert "owner_id IS NOT NULL" in made
