"""Nights lived through again: with the model in use they open what the real nights opened."""

from datetime import date, timedelta

import pytest

from bot.core.model_simulation import Simulation
from bot.core.vocabulary import Band
from bot.health.edits import with_bands
from bot.health.model import HealthDocument, load_default, load_shipped
from bot.services.models.simulating import simulate
from bot.services.watch.rehearsal import COUNTED, LEAD
from bot.store.tables import Invoice
from tests.recompute.customers import steady
from tests.watch.company import Company

pytestmark = pytest.mark.row("E27", "D41")

LAST = date(2026, 11, 30)
FIRST = LAST - timedelta(days=COUNTED + LEAD - 1)
# A Thursday within the four weeks.
STOPS = date(2026, 11, 12)


def stops(on: date) -> float:
    return float(on < STOPS)


def fill(company: Company) -> None:
    """A and B stop in the middle of the four weeks, C pays late, D goes on, T is tech touch."""
    sato, mori = company.hire("Sato"), company.hire("Mori")
    for ref, owner in (("A", sato), ("B", mori), ("C", sato), ("D", mori), ("T", sato)):
        touch = "tech" if ref == "T" else "high"
        company.add_account(ref, owner_id=owner, touch=touch, arr_base=1_000_000)
        shape = stops if ref in "ABT" else steady
        company.use(ref, date(2026, 7, 1), LAST, shape)
    company.add(
        Invoice(
            account_id=company.accounts["C"],
            ref="I-1",
            issued_on=date(2026, 10, 1),
            due_on=date(2026, 10, 31),
            known_at=company.clock.at,
        )
    )


def rehearse(company: Company, document: HealthDocument, size: int = 4096) -> dict[str, list[int]]:
    found = simulate(company.store, company.workspace_id, document, 1, LAST, size=size)
    people = {member_id: name for name, member_id in company.people.items()}
    return {people[each.member_id or 0]: list(each.after) for each in found.alerts.owners}


def test_the_model_in_use_opens_what_the_real_nights_opened(company: Company) -> None:
    fill(company)
    company.start(FIRST)
    opened = company.nights(FIRST, LAST)
    real: dict[str, list[int]] = {}
    people = {member_id: name for name, member_id in company.people.items()}
    for episode in company.episodes():
        weeks = real.setdefault(people[episode.owner_id or 0], [0, 0, 0, 0])
        weeks[((episode.opened_on - FIRST).days - LEAD) // 7] += 1
    assert sum(opened.values()) >= 3
    assert rehearse(company, load_default()) == real
    assert len(company.episodes()) == sum(opened.values())


def test_block_by_block_says_the_same(company: Company) -> None:
    fill(company)
    whole = rehearse(company, load_default())
    assert whole
    assert rehearse(company, load_default(), size=2) == whole


def test_a_stricter_edge_is_told_with_its_alerts_and_money(company: Company) -> None:
    fill(company)
    stricter = with_bands(load_default(), 65, 95)
    steps: list[tuple[int, int]] = []
    found = simulate(
        company.store,
        company.workspace_id,
        stricter,
        4,
        LAST,
        lambda done, total: steps.append((done, total)),
    )
    assert (found.revision, found.against, found.accounts) == (4, 1, 5)
    assert found.alerts.total(after=True) >= found.alerts.total(after=False) > 0
    assert found.alerts.accounts == 5
    fell = [each for each in found.flow.changed if each.is_worse]
    assert {each.after for each in fell} <= {Band.RED, Band.YELLOW}
    assert sum(each.share.arr.amount for each in fell) == 1_000_000 * sum(
        each.share.count for each in fell
    )
    assert found.unscored[0] == found.unscored[1]
    assert steps[-1] == (COUNTED + LEAD, COUNTED + LEAD)
    assert Simulation.from_json(found.to_json()) == found


def test_a_history_shorter_than_the_windows_is_lived_through_as_well(company: Company) -> None:
    sato = company.hire("Sato")
    company.add_account("A", owner_id=sato, touch="high", stage="adoption")
    company.use("A", date(2026, 11, 2), LAST)
    found = simulate(
        company.store, company.workspace_id, load_shipped("by_segment"), 1, LAST, size=1
    )
    assert found.accounts == found.alerts.accounts == 1


def test_nothing_is_written(company: Company) -> None:
    fill(company)
    rehearse(company, load_default())
    assert (company.episodes(), company.hits()) == ([], set())
