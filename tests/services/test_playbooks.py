"""The playbooks' versions in the store, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import NoResultFound

from bot.playbooks.document import load_shipped
from bot.services.playbooks import activate, ensure_shipped, get_playbook, list_active
from bot.store.tables import AuditEntry, Playbook
from tests.recompute.conftest import build_customers
from tests.recompute.customers import Customers


@pytest.fixture
def customers(database_url: str) -> Iterator[Customers]:
    yield from build_customers(database_url)


def test_a_workspace_gets_the_shipped_playbooks_once(customers: Customers) -> None:
    for _ in range(2):
        ensure_shipped(customers.store, customers.workspace_id)
    with customers.store.reading(customers.workspace_id) as unit:
        found = list_active(unit)
        audited = unit.session.query(AuditEntry).filter_by(action="playbook_activated").count()
    assert [each.document for each in found] == list(load_shipped())
    assert {each.number for each in found} == {1}
    assert audited == len(found)


@pytest.mark.row("B23")
def test_a_new_version_replaces_the_active_one_and_the_old_can_still_be_read(
    customers: Customers,
) -> None:
    ensure_shipped(customers.store, customers.workspace_id)
    shipped = next(each for each in load_shipped() if each.key == "key_feature")
    sign = shipped.signals[0].model_copy(update={"limits": {"below": 0.45}})
    with customers.store.writing(customers.workspace_id) as unit:
        assert activate(unit, shipped.model_copy(update={"signals": (sign,)}), "member:1") == 2
    ensure_shipped(customers.store, customers.workspace_id)
    with customers.store.reading(customers.workspace_id) as unit:
        active = {each.document.key: each for each in list_active(unit)}
        assert active["key_feature"].number == 2
        assert active["key_feature"].document.signals[0].limits == {"below": 0.45}
        assert get_playbook(unit, "key_feature", 1) == shipped
        rows = unit.session.query(Playbook).filter_by(key="key_feature").all()
        assert sorted(row.status for row in rows) == ["active", "retired"]
        with pytest.raises(NoResultFound):
            get_playbook(unit, "key_feature", 3)


def test_another_workspace_has_its_own(customers: Customers) -> None:
    from bot.store.tables import Workspace

    other = customers.store.add_workspace(
        Workspace(team_id="T2", name="Other", created_at=customers.clock.at)
    )
    ensure_shipped(customers.store, other.id)
    with customers.store.reading(customers.workspace_id) as unit:
        assert list_active(unit) == []
