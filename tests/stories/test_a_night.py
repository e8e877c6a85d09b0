"""The night's run in a real child process, and what ops reads of it."""

from datetime import UTC, datetime

import pytest

from tests.commands.records import Records
from tests.house import OPS as ONO
from tests.house import OPS_ROOM, House


@pytest.mark.slow
@pytest.mark.row("A30", "B1")
def test_the_night_scores_everybody_and_tells_ops_once(house: House) -> None:
    records = Records(house.bot.store, house.workspace.id)
    records.add_account("アクメ商事", arr=4_800_000)
    house.at(datetime(2026, 11, 20, 20, 30, tzinfo=UTC)).run_job("nightly")
    [notice] = house.reads(ONO, OPS_ROOM)
    assert "ヘルススコアの再計算が終わりました" in notice
    assert "11/21(土) 1社" in notice
    house.run_job("nightly")
    assert len(house.reads(ONO, OPS_ROOM)) == 1
