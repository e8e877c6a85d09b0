"""The night's notice to ops: figures that add up, a silent feed told once, an import waited for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlalchemy import select

from bot.core.refusal import Refusal
from bot.core.vocabulary import Locale, Role
from bot.jobs.nightly import RecomputeFailed, nightly
from bot.store.tables import OutboxItem
from bot.views.reply import Post
from tests.commands.desk import Bench, Desk
from tests.views.shown import problems_of, text_of


def _result(data_on: str | None = "2026-11-19") -> dict[str, object]:
    by_band = {"red": 3, "yellow": 6, "green": 117, "unknown": 2}
    alerts = {"opened": 5, "cleared": 1}
    return {"by_band": by_band, "changed_bands": 4, "data_on": data_on, **alerts}


def _night(desk: Desk, locale: Locale = Locale.JA) -> Sequence[Post]:
    desk.workspace.locale = locale
    return nightly(desk.turn(None))


@pytest.fixture
def ops(desk: Desk) -> str:
    return str(desk.hire("大野", Role.OPS).slack_user)


@pytest.mark.row("A30", "B1")
@pytest.mark.parametrize("locale", list(Locale))
def test_ops_is_told_how_many_stand_where(desk: Desk, ops: str, locale: Locale) -> None:
    desk.bench.result = _result()
    [post] = _night(desk, locale)
    assert post.audience == ops
    assert not post.holds_customer_data
    assert problems_of(post.message) == []
    assert "128" in text_of(post.message)
    assert "🔴3 🟡6 🟢117 ⚪2" in text_of(post.message)
    asked = {"workspace_id": desk.workspace.id, "run_on": "2026-11-20"}
    assert desk.bench.asked == [("recompute", asked)]


def test_the_ops_channel_is_told_instead_of_each_person(desk: Desk, ops: str) -> None:
    desk.bench.result = _result()
    with desk.store.writing(desk.workspace.id) as unit:
        unit.workspace.ops_channel = "COPS"
    assert [post.audience for post in _night(desk)] == ["COPS"]


def test_a_feed_that_stopped_is_told_under_a_key_that_stays_the_same(desk: Desk, ops: str) -> None:
    desk.bench.result = _result("2026-11-17")
    night, gap = _night(desk)
    assert night.key != gap.key
    assert "11/17(火)分で止まっています" in text_of(gap.message)
    assert gap.key == f"gap:2026-11-17:{ops}"
    assert problems_of(gap.message) == []


@pytest.mark.row("B1")
def test_three_days_of_a_dead_feed_are_one_notice(desk: Desk, ops: str) -> None:
    desk.bench.result = _result("2026-11-16")
    told = set()
    for day in (18, 19, 20):
        posts = nightly(desk.turn(None, date(2026, 11, day)))
        told |= {post.key for post in posts if not post.key.startswith("nightly")}
    assert told == {f"gap:2026-11-16:{ops}"}


def test_a_company_without_a_usage_feed_has_no_gap(desk: Desk, ops: str) -> None:
    desk.bench.result = _result(None)
    assert len(_night(desk)) == 1


def test_an_empty_workspace_is_told_how_to_begin(desk: Desk, ops: str) -> None:
    desk.bench.result = _result(None) | {"by_band": {}, "changed_bands": 0}
    [post] = _night(desk)
    assert "顧客がまだ登録されていない" in text_of(post.message)


@pytest.mark.row("B35")
@pytest.mark.parametrize(
    ("locale", "opened", "cleared", "told"),
    [
        (Locale.JA, 5, 1, "アラート(要注意を含む):新規 5件/兆候が消えたもの 1件"),
        (Locale.EN, 0, 1, "Alerts, watched ones included: 0 new / 1 with no signs any more"),
        (Locale.EN, 1, 0, "Alerts, watched ones included: 1 new"),
        (Locale.JA, 0, 0, "新しいアラートはありません"),
        (Locale.EN, 0, 0, "No new alerts"),
    ],
)
def test_ops_is_told_what_became_of_alerts(
    desk: Desk, ops: str, locale: Locale, opened: int, cleared: int, told: str
) -> None:
    desk.bench.result = _result() | {"opened": opened, "cleared": cleared}
    [post] = _night(desk, locale)
    assert text_of(post.message).splitlines()[-1] == told


@dataclass
class RefusingBench(Bench):
    """Its child refuses to begin."""

    refusal: Refusal = field(default_factory=Refusal)

    def run(self, name: str, **arguments: object) -> dict[str, object]:
        raise self.refusal


@pytest.mark.parametrize("locale", list(Locale))
def test_a_run_during_an_import_is_put_off_and_said_so(
    desk: Desk, ops: str, locale: Locale
) -> None:
    desk.bench = RefusingBench(refusal=Refusal("import_under_way", file_name="A&B <11月>.csv"))
    [post] = _night(desk, locale)
    assert "A&amp;B &lt;11月&gt;.csv" in text_of(post.message)
    assert "sakidori recompute" in text_of(post.message)
    assert problems_of(post.message) == []


@pytest.mark.parametrize(
    ("locale", "said", "blamed"),
    [(Locale.JA, "2026-11-20のスコアは確定", "取り込"), (Locale.EN, "are final", "import")],
)
def test_a_day_that_has_passed_is_named_as_the_cause_and_no_import_is_blamed(
    desk: Desk, ops: str, locale: Locale, said: str, blamed: str
) -> None:
    days = {"run_on": "2026-11-20", "latest_on": "2026-11-21"}
    desk.bench = RefusingBench(refusal=Refusal("past_day", **days))
    [post] = _night(desk, locale)
    assert said in text_of(post.message)
    assert blamed not in text_of(post.message)


class BrokenBench(Bench):
    """Its child dies."""

    def run(self, name: str, **arguments: object) -> dict[str, object]:
        raise RuntimeError("recompute ended with -9")


@pytest.mark.parametrize("locale", list(Locale))
def test_a_run_that_broke_is_told_once_with_its_reference_and_tried_again(
    desk: Desk, ops: str, locale: Locale, caplog: pytest.LogCaptureFixture
) -> None:
    desk.bench = BrokenBench()
    references = []
    for _ in range(3):
        with pytest.raises(RecomputeFailed) as caught:
            _night(desk, locale)
        references.append(str(caught.value).rpartition(" ")[2])
    with desk.store.reading(desk.workspace.id) as unit:
        [told] = unit.session.scalars(select(OutboxItem))
    assert told.audience == ops
    assert references[0] in told.payload["text"]
    assert references[0] in caplog.text
    assert ("取り込" if locale is Locale.JA else "import") not in told.payload["text"]
