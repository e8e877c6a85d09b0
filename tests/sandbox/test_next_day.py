"""The "next day" press: files first, a signed request, then the bot's time."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox import serve
from sandbox.server import SandboxServer
from tests.sandbox.recorder import Recorder, recording
from tests.sandbox.town import SECRET, client, town, wait_for

EVENING = "2026-11-20T12:00:00+00:00"


@pytest.fixture
def bot() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


@pytest.fixture
def slack(bot: Recorder, tmp_path: Path) -> Iterator[SandboxServer]:
    day = tmp_path / "2026-11-21"
    day.mkdir()
    (day / "usage_2026-11-20.csv").write_text("a,b\n1,2\n")
    (day / "tickets.csv").write_text("c\n3\n")
    settings = {"now": EVENING, "daily_dir": str(tmp_path), "next_day_url": bot.url}
    with serve(town(settings=settings)) as running:
        yield running


def test_the_bot_is_asked_to_live_through_tomorrow_and_its_time_is_taken_over(
    slack: SandboxServer, bot: Recorder
) -> None:
    bot.answer(body={"now": "2026-11-21T09:30:00+00:00", "slots": 4})
    done = slack.visitor.next_day()
    assert bot.received[0].json() == {"advance_to": "2026-11-21"}
    assert bot.received[0].is_signed(SECRET)
    assert (done["result"]["slots"], done["done"], done["total"]) == (4, 3, 3)
    now = datetime.fromisoformat(slack.visitor.get("/page/api/workspace")["now"])
    assert timedelta(0) <= now - datetime(2026, 11, 21, 9, 30, tzinfo=UTC) < timedelta(minutes=10)
    posted = client(slack).chat_postMessage(channel="C1", text="morning")
    stamped = datetime.fromtimestamp(float(posted["ts"]), UTC)
    assert stamped.date().isoformat() == "2026-11-21"


def test_the_days_files_come_first_and_the_bot_hears_of_them(
    slack: SandboxServer, bot: Recorder
) -> None:
    with recording() as events:
        slack.point_to(events.url)
        bot.answer(body={"now": "2026-11-21T09:30:00+00:00"})
        slack.visitor.next_day()
        shared = [each for each in events.events() if each["type"] == "file_shared"]
        assert [each["user_id"] for each in shared] == ["U0DELIVERY"] * 2
        slack.point_to("")
    seen = slack.visitor.messages("U1", "C5")
    assert [each["user"] for each in seen] == ["U0DELIVERY"]
    names = [each["name"] for each in seen[0]["files"]]
    assert names == ["tickets.csv", "usage_2026-11-20.csv"]


def test_a_bot_that_refuses_leaves_time_where_it_is(slack: SandboxServer, bot: Recorder) -> None:
    bot.answer(400, {"error": "one day at a time"})
    with pytest.raises(RuntimeError, match="one day at a time"):
        slack.visitor.next_day()
    assert slack.visitor.get("/page/api/workspace")["now"].startswith("2026-11-20")
    bot.answer(body=b"fine")
    with pytest.raises(RuntimeError, match="not JSON"):
        slack.visitor.next_day()


def test_a_second_press_while_a_day_runs_starts_nothing(
    slack: SandboxServer, bot: Recorder
) -> None:
    lived = threading.Event()
    bot.answer(body={"now": "2026-11-21T09:30:00+00:00"}, until=lived)
    assert slack.visitor.post("/page/api/next-day", {})["started"] is True
    assert slack.visitor.post("/page/api/next-day", {})["started"] is False
    lived.set()
    wait_for(lambda: not slack.visitor.get("/page/api/progress")["running"])
    assert len(bot.received) == 1


def test_days_follow_each_other_in_the_teams_own_zone(slack: SandboxServer, bot: Recorder) -> None:
    bot.answer(body={"now": "2026-12-30T16:00:00+00:00"})
    slack.visitor.next_day()
    bot.answer(body={"now": "2027-01-01T16:00:00+00:00"})
    slack.visitor.next_day()
    assert bot.received[1].json() == {"advance_to": "2027-01-01"}


def test_without_an_address_there_is_no_next_day() -> None:
    with serve(town()) as slack:
        assert slack.visitor.get("/page/api/workspace")["has_next_day"] is False
        with pytest.raises(RuntimeError, match="no next-day address"):
            slack.visitor.next_day()
