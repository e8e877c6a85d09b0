"""Events: kept before they are acknowledged, worked once, answered at most once."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.slack.requests import is_for_us, meaning_of
from bot.slack.signature import is_signed
from bot.store.tables import InboxEvent, Workspace
from sandbox.delivery.signing import signed_headers
from tests.house import CS, OPS, OPS_ROOM, PATIENCE, SATO, House
from tests.slack.deeds import Heard


def events_of(house: House) -> list[InboxEvent]:
    """Everything in the inbox."""
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(InboxEvent)))


def deliver(house: House, body: dict[str, Any], **headers: str) -> int:
    """Send one event over HTTP, signed as Slack signs, and give the status."""
    content = json.dumps(body).encode()
    app = house.sandbox.slack.world.workspace.app
    signed = signed_headers(app.signing_secret, content, int(time.time()))
    request = urllib.request.Request(
        house.sandbox.slack.courier.bot_url,
        content,
        {"Content-Type": "application/json", **signed, **headers},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code


def message(house: House, text: str, ts: str, event_id: str = "Ev1") -> dict[str, Any]:
    """A message in a direct message with the bot."""
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": house.visitor.direct(SATO),
        "user": SATO,
        "text": text,
        "ts": ts,
        "event_ts": ts,
    }
    return {
        "type": "event_callback",
        "team_id": "T0SANDBOX",
        "event_id": event_id,
        "authorizations": [{"team_id": "T0SANDBOX", "enterprise_id": None}],
        "event": event,
    }


def test_plain_text_in_the_direct_message_is_answered_there(any_house: House) -> None:
    assert "ナイナイ" in any_house.says(SATO, "ナイナイ")


def test_a_redelivered_event_is_worked_once(house: House) -> None:
    for number in range(3):
        body = message(house, "ナイナイ", "1795000000.000100", f"Ev{number}")
        assert deliver(house, body, **{"X-Slack-Retry-Num": str(number)}) == 200
        house.rest()
    assert len(house.reads(SATO)) == 1
    assert [event.state for event in events_of(house)] == ["done"]


def test_an_event_kept_but_not_worked_is_worked_by_the_clock(house: House) -> None:
    body = message(house, "ナイナイ", "1795000000.000200")
    assert house.bot.events.receive(body)
    assert house.reads(SATO) == []
    assert house.bot.events.work_all() == 1
    assert len(house.reads(SATO)) == 1


def test_a_worked_event_keeps_no_words_of_people(house: House) -> None:
    house.says(SATO, "ナイナイ")
    assert [event.body for event in events_of(house)] == [{}]


def test_an_unsigned_request_is_refused(house: House) -> None:
    body = message(house, "ナイナイ", "1795000000.000300")
    assert deliver(house, body, **{"X-Slack-Signature": "v0=nonsense"}) == 401
    assert events_of(house) == []


def test_an_old_signature_is_refused() -> None:
    old = signed_headers("secret", b"{}", int(time.time()) - 301)
    assert not is_signed("secret", b"{}", old)
    assert is_signed("secret", b"{}", signed_headers("secret", b"{}", int(time.time())))


def test_another_workspace_is_not_let_in(house: House) -> None:
    body = message(house, "ナイナイ", "1795000000.000400")
    body["team_id"] = "T0OTHER"
    body["authorizations"] = [{"team_id": "T0OTHER", "enterprise_id": None}]
    deliver(house, body)
    house.rest()
    assert events_of(house) == []


def test_slack_may_check_the_address(house: House) -> None:
    assert deliver(house, {"type": "url_verification", "challenge": "abc"}) == 200


def test_a_file_in_the_ops_channel_reaches_its_deed_by_its_id(
    http_edge: House, heard: Heard, tmp_path: Path
) -> None:
    path = tmp_path / "usage.csv"
    path.write_text("a,b\n1,2\n")
    http_edge.visitor.drops(OPS, OPS_ROOM, path)
    http_edge.settle()
    assert "file_shared" in {event.kind for event in events_of(http_edge)}


def test_words_in_a_channel_are_not_ours_to_hear(house: House) -> None:
    house.visitor.types(SATO, CS, "ナイナイ")
    house.rest()
    assert events_of(house) == []


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"type": "message", "channel_type": "im", "user": "U1"}, True),
        ({"type": "message", "channel_type": "channel", "user": "U1"}, False),
        ({"type": "message", "channel_type": "im", "user": "U1", "bot_id": "B1"}, False),
        ({"type": "message", "channel_type": "im", "user": "U1", "subtype": "file_share"}, False),
        ({"type": "message", "channel_type": "im", "subtype": "message_changed"}, False),
        ({"type": "app_home_opened", "user": "U1"}, True),
    ],
)
def test_only_what_people_say_to_us_is_kept(event: dict[str, Any], expected: bool) -> None:
    assert is_for_us({"event": event}) is expected


def test_the_meaning_of_an_event_is_not_its_envelope() -> None:
    event = {"type": "message", "channel": "D1", "user": "U1", "ts": "1.1"}
    again = {"event": event, "event_id": "Ev2", "event_time": 2}
    assert meaning_of({"event": event, "event_id": "Ev1"}) == meaning_of(again)
    assert meaning_of({"event": event}) != meaning_of({"event": {**event, "ts": "1.2"}})


def test_a_shared_file_means_the_same_in_two_channels_twice() -> None:
    event = {"type": "file_shared", "file_id": "F1", "user_id": "U1", "event_ts": "1.1"}
    here, there = {**event, "channel_id": "C1"}, {**event, "channel_id": "C2"}
    assert meaning_of({"event": here}) != meaning_of({"event": there})


def workspace_of(house: House) -> Workspace:
    """The workspace as it stands now."""
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.workspace


def test_a_removed_app_is_silent_and_comes_back_when_installed_again(house: House) -> None:
    house.visitor.post("/sandbox/uninstall", {})
    house.settle()
    assert workspace_of(house).settings["left"] is True
    assert house.bot.tokens.find(workspace_of(house)) is None
    from bot.services.install import Joining, install_workspace

    install_workspace(house.bot.store, Joining("", "T0SANDBOX", "Sandbox", "U0BOT"))
    assert house.bot.tokens.find(workspace_of(house)) is not None


def test_who_joins_a_channel_is_noticed_at_once(house: House) -> None:
    directory = house.bot.directories.of(house.workspace.id)
    assert directory.get_channel(CS).has_guests is False
    house.visitor.post("/sandbox/membership", {"channel": CS, "user": "U0GUEST", "joined": True})
    house.settle()
    assert directory.get_channel(CS).has_guests is True


def test_a_full_queue_says_busy_at_once(http_edge: House, heard: Heard) -> None:
    pool = http_edge.bot.edge.pool
    for _ in range(pool.most):
        http_edge.visitor.types(SATO, http_edge.visitor.direct(SATO), "/sakidori slow")
    http_edge.visitor.waits_for(lambda: pool.is_full)
    http_edge.visitor.types(SATO, http_edge.visitor.direct(SATO), "/sakidori echo more")
    seen = http_edge.visitor.waits_for(lambda: http_edge.reads(SATO))
    assert "混み合って" in seen[0]
    heard.gate.set()
    http_edge.rest()
    assert http_edge.reads(SATO).count("slow done") == pool.most


def test_two_words_at_once_make_one_member(http_edge: House) -> None:
    async def ask_twice() -> list[Any]:
        calls = (
            asyncio.to_thread(http_edge.visitor.types, "U0NEW", "D0NEW", "/sakidori help"),
        ) * 1
        more = asyncio.to_thread(http_edge.visitor.types, "U0NEW", "D0NEW", "/sakidori language")
        return list(await asyncio.gather(*calls, more))

    asyncio.run(ask_twice())
    http_edge.rest()
    assert len(http_edge.reads("U0NEW")) == 2
