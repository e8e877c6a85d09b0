"""From imported results to a draft of the model, over the real app and a real child process."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.services.health_models import find_active
from bot.services.models.drafts import find_draft
from bot.store.tables import OutboxItem, ValidityRun
from tests.commands.desk import Desk
from tests.house import FRIDAY, KUDO, OPS, OPS_ROOM, SATO, House, open_house
from tests.validity.ends import draw_ends, keep_ends, keep_renewals

pytestmark = pytest.mark.row("B31", "B34", "E29")


class Ledger(Desk):
    """Writes into the house's own workspace."""

    def __init__(self, house: House) -> None:
        self.store, self.workspace = house.bot.store, house.workspace


def wait(house: House) -> None:
    house.rest()
    house.bot.heavy.finish()
    # The child lives on the real day; what it says must not lie ahead of the house's.
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.session.execute(update(OutboxItem).values(due_at=FRIDAY))
    house.send()


def test_ops_learns_what_tells_and_makes_a_draft_of_it(sqlite_url: str, tmp_path: Path) -> None:
    for house in open_house("http", sqlite_url, tmp_path):
        ledger = Ledger(house)
        keep_ends(ledger, draw_ends())
        keep_renewals(ledger, [10, 1] * 5)
        assert "まだ調べていません" in house.says(OPS, "妥当性")
        assert "調べています" in house.clicks(OPS, "validity_now")
        assert "いま調べているところ" in house.says(KUDO, "/sakidori validity") + house.clicks(
            KUDO, "validity_now"
        )
        wait(house)
        shown = house.reads(OPS)[-1]
        assert "NPS:AUC 0.1" in shown
        assert "10件のうち、失われる見込み" in shown
        house.at(datetime(2026, 12, 1, 0, 30, tzinfo=UTC))
        house.run_job("validity")
        house.run_job("validity")
        told = [text for text in house.reads(OPS, OPS_ROOM) if "指標の妥当性" in text]
        assert len(told) == 1
        house.says(KUDO, "/sakidori validity")
        assert "更新" in house.clicks(KUDO, "validity_risks")
        house.says(OPS, "/sakidori validity")
        drafted = house.clicks(OPS, "validity_draft")
        assert "下書きを作りました" in drafted
        with house.bot.store.reading(house.workspace.id) as unit:
            active, draft = find_active(unit), find_draft(unit)
            assert active is not None
            assert active.number == 1
            assert draft is not None
            assert unit.session.scalar(select(func.count(ValidityRun.id))) == 2


def test_a_csm_is_refused(house: House) -> None:
    assert "validity" not in house.says(SATO, "help")
    assert house.says(SATO, "/sakidori validity")
    with house.bot.store.reading(house.workspace.id) as unit:
        assert unit.session.scalar(select(func.count(ValidityRun.id))) == 0
