"""根拠を見る tells what the customer uses and which key features they never tried."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import update

from bot.commands.why import why
from bot.core.vocabulary import Band, Locale
from bot.store.bulk.usage import write_usage
from bot.store.tables import Account, Metric, ScoreRun
from bot.views.reply import Private
from tests.commands.desk import TODAY, Desk

pytestmark = pytest.mark.row("D42", "D43")
LAST = TODAY - timedelta(days=1)
NAMES = ("logins", "reports", "<alerts>")


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    desk = Desk(database_url)
    desk.keep_model()
    yield desk
    desk.engine.dispose()


def use(desk: Desk, account: Account, first_on: date, *by_metric: list[float]) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        ids = np.array([account.id], dtype=np.int64)
        write_usage(unit, NAMES, ids, first_on, np.array([by_metric]))
        unit.session.execute(update(Metric).where(Metric.name != "logins").values(is_key=True))


def told(desk: Desk, account: Account, locale: Locale) -> str:
    shown = why(desk.ask(value=str(account.id), locale=locale))
    assert isinstance(shown, Private)
    return json.dumps(shown.message.blocks, ensure_ascii=False)


def scored(desk: Desk, name: str, **facts: Any) -> Account:
    account = desk.add_account(name, **facts)
    desk.score(account, TODAY, 60.0, Band.YELLOW)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.execute(update(ScoreRun).values(data_on=LAST))
    return account


def test_use_now_and_before_and_the_gap_in_both_languages(desk: Desk) -> None:
    account = scored(desk, "アクメ商事")
    days = 56
    fewer = [10.0] * 28 + [5.0] * 28
    use(desk, account, LAST - timedelta(days=days - 1), fewer, [1.0] * days, [0.0] * days)
    japanese, english = told(desk, account, Locale.JA), told(desk, account, Locale.EN)
    assert "logins 140(その前は280" in japanese
    assert "reports(主要機能) 28" in japanese
    assert "90日間、一度も使われていない主要機能:&lt;alerts&gt;" in japanese
    assert "logins 140 (before: 280" in english
    assert "Key features never tried in 90 days: &lt;alerts&gt;" in english


def test_nothing_is_said_where_there_is_no_feed(desk: Desk) -> None:
    without = scored(desk, "シータ社", usage_expected=False)
    use(desk, without, LAST, [1.0], [0.0], [0.0])
    assert "利用状況" not in told(desk, without, Locale.JA)
    assert "利用状況" not in told(desk, scored(desk, "みなと商事"), Locale.JA)
