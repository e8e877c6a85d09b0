"""The outbox reaches Slack: once, in its place, not to strangers, and in spite of the network."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store import outbox
from bot.store.tables import OutboxItem
from bot.views.blocks import section
from tests.house import CS, GUEST, OPS_ROOM, SATO, SHARED, WITH_GUEST, House, company, open_house


def put(house: House, key: str, audience: str = CS, **more: Any) -> None:
    """Ask for a message that says its key."""
    with house.bot.store.writing(house.workspace.id) as unit:
        blocks = more.pop("blocks", [section(key)])
        outbox.put(unit, key=key, audience=audience, text=key, blocks=blocks, **more)


def item(house: House, key: str) -> OutboxItem:
    """How far it has come."""
    with house.bot.store.reading(house.workspace.id) as unit:
        found = outbox.find_by_key(unit, key)
    assert found is not None
    return found


def later(house: House, seconds: float) -> None:
    """Real and business time go on together under a fixed clock."""
    house.at(house.clock.now() + timedelta(seconds=seconds))


def test_a_post_stands_in_its_channel_with_its_ts(house: House) -> None:
    put(house, "hello")
    house.send()
    assert house.reads(SATO, CS) == ["hello"]
    sent = item(house, "hello")
    assert (sent.state, sent.channel) == ("sent", CS)
    assert sent.ts == house.visitor.messages(SATO, CS)[0]["ts"]


def test_a_person_gets_it_in_their_direct_message(house: House) -> None:
    put(house, "digest", SATO)
    house.send()
    assert house.reads(SATO) == ["digest"]
    assert item(house, "digest").channel == house.visitor.direct(SATO)


def test_the_metadata_names_the_outbox_item(house: House) -> None:
    put(house, "hello")
    house.send()
    posted = house.sandbox.state()["messages"][CS][0]["metadata"]
    assert posted["event_payload"] == {"id": str(item(house, "hello").id)}


def test_an_update_waits_for_its_post_and_only_the_newest_is_sent(house: House) -> None:
    put(house, "alert")
    with house.bot.store.writing(house.workspace.id) as unit:
        for state in ("one", "two"):
            outbox.put_update(unit, post_key="alert", text=state, blocks=[section(state)])
    house.send()
    assert house.reads(SATO, CS) == ["two"]
    updates = [c for c in house.sandbox.slack.calls if c["method"] == "chat.update"]
    assert len(updates) == 1
    kept = house.sandbox.state()["messages"][CS][0]["metadata"]
    assert kept["event_payload"] == {"id": str(item(house, "alert").id)}


def test_a_reply_stands_in_the_thread(house: House) -> None:
    put(house, "alert")
    put(house, "log", thread_of_key="alert")
    house.send()
    ts = item(house, "alert").ts or ""
    assert [one["text"] for one in house.visitor.thread(SATO, CS, ts)][-1] == "log"


def test_a_file_is_shared_with_its_words(house: House, tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    path.write_text("a,b\n")
    put(house, "rows", SATO, kind="upload", files=[str(path)])
    house.send()
    shown = house.visitor.messages(SATO, house.visitor.direct(SATO))[-1]
    assert [file["name"] for file in shown["files"]] == ["refused.csv"]
    assert item(house, "rows").state == "sent"


@pytest.mark.parametrize(
    ("channel", "reason"), [(SHARED, "shared_outside"), (WITH_GUEST, "guests_read")]
)
def test_nothing_about_customers_goes_where_strangers_read(
    house: House, channel: str, reason: str
) -> None:
    put(house, "secret", channel)
    house.send()
    assert house.reads(SATO, channel) == []
    assert (item(house, "secret").state, item(house, "secret").problem) == ("failed", reason)


def test_what_holds_no_customer_data_may(house: House) -> None:
    put(house, "notice", SHARED, holds_customer_data=False)
    house.send()
    assert house.reads(SATO, SHARED) == ["notice"]


def test_a_channel_that_became_shared_a_second_ago_is_seen(house: House) -> None:
    put(house, "before")
    house.send()
    house.sandbox.slack.world.channels[CS].is_ext_shared = True
    put(house, "after")
    house.send()
    assert item(house, "after").problem == "shared_outside"


def test_a_guest_gets_no_digest(house: House) -> None:
    put(house, "digest", GUEST)
    house.send()
    assert item(house, "digest").problem == "guest"


def test_ops_hears_once_of_what_could_not_be_said(house: House) -> None:
    for key in ("first", "second"):
        put(house, key, SHARED)
    house.send()
    house.send()
    told = house.reads("U0OPS", OPS_ROOM)
    assert len(told) == 1
    assert "2件" in told[0]
    assert "社外" in told[0]


def test_a_dropped_answer_is_settled_by_history_and_not_said_again(house: House) -> None:
    house.sandbox.fault("chat.postMessage", "drop_after")
    put(house, "hello")
    house.send()
    assert item(house, "hello").state == "unknown"
    later(house, 30)
    house.send()
    assert item(house, "hello").state == "unknown"
    later(house, 11)
    house.send()
    assert item(house, "hello").state == "sent"
    assert house.reads(SATO, CS) == ["hello"]


def test_a_request_that_never_arrived_is_said_after_history_denied_it(house: House) -> None:
    house.sandbox.fault("chat.postMessage", "drop_before")
    put(house, "hello")
    house.send()
    later(house, 41)
    house.send()
    assert house.reads(SATO, CS) == ["hello"]
    assert item(house, "hello").attempts == 2


def test_a_lost_reply_in_a_thread_is_found_in_the_thread(house: House) -> None:
    put(house, "alert")
    house.send()
    house.sandbox.fault("chat.postMessage", "drop_after")
    put(house, "log", thread_of_key="alert")
    house.send()
    later(house, 41)
    house.send()
    assert item(house, "log").state == "sent"
    assert len(house.visitor.thread(SATO, CS, item(house, "alert").ts or "")) == 2


def test_a_lost_upload_is_known_by_its_files(house: House, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a\n")
    house.sandbox.fault("files.completeUploadExternal", "drop_after")
    put(house, "rows", SATO, kind="upload", files=[str(path)])
    house.send()
    assert item(house, "rows").state == "unknown"
    later(house, 41)
    house.send()
    assert item(house, "rows").state == "sent"
    assert len(house.reads(SATO)) == 1


def test_a_lost_update_is_simply_said_again(house: House) -> None:
    put(house, "alert")
    house.send()
    house.sandbox.fault("chat.update", "drop_after")
    with house.bot.store.writing(house.workspace.id) as unit:
        outbox.put_update(unit, post_key="alert", text="new", blocks=[section("new")])
    house.send()
    assert house.reads(SATO, CS) == ["new"]


def test_what_a_dead_sender_had_in_hand_is_looked_up(house: House) -> None:
    put(house, "hello")
    with house.bot.store.writing(house.workspace.id) as unit:
        taken = outbox.claim(unit, house.clock.real_now(), timedelta(seconds=120))
    assert taken is not None
    later(house, 119)
    house.send()
    assert item(house, "hello").state == "sending"
    later(house, 2)
    house.send()
    house.send()
    assert house.reads(SATO, CS) == ["hello"]


def test_too_fast_waits_as_long_as_slack_says(house: House) -> None:
    house.sandbox.fault("chat.postMessage", "429", delay=7.0)
    put(house, "hello")
    began = house.clock.elapsed()
    house.send()
    assert house.reads(SATO, CS) == ["hello"]
    assert house.clock.elapsed() - began >= 7
    assert item(house, "hello").attempts == 2


def test_one_channel_hears_one_message_a_second(house: House) -> None:
    for number in range(4):
        put(house, f"m{number}")
        put(house, f"d{number}", SATO)
    began = house.clock.elapsed()
    house.send()
    assert sorted(house.reads(SATO, CS)) == ["m0", "m1", "m2", "m3"]
    assert 3 <= house.clock.elapsed() - began < 8


def test_a_refused_chart_is_sent_as_its_stand_in(house: House) -> None:
    chart = {"type": "data_visualization", "title": "t", "chart": {"type": "unheard_of"}}
    put(house, "chart", blocks=[{**chart, "fallback": [section("▁▂▃")]}])
    house.bot.sender.wait = lambda seconds: None
    house.bot.sender.send_round()
    assert house.reads(SATO, CS) == ["▁▂▃"]
    assert item(house, "chart").state == "sent"


def test_a_revoked_token_silences_the_workspace_without_losing_anything(house: House) -> None:
    token = house.sandbox.slack.world.tokens["xoxb-sandbox"]
    put(house, "hello")
    token.is_revoked = True
    house.bot.sender.send_round()
    assert house.bot.sender.send_round() == 0
    assert item(house, "hello").state == "pending"
    token.is_revoked = False
    later(house, 601)
    house.send()
    assert house.reads(SATO, CS) == ["hello"]


@pytest.fixture
def mute_house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """A house whose bot may not read history."""
    spec = company()
    scopes = ["chat:write", "im:write", "users:read", "users:read.email", "channels:read"]
    spec["app"]["scopes"] = [*scopes, "groups:read", "commands"]
    yield from open_house("http", sqlite_url, tmp_path, spec)


def test_without_history_a_person_is_asked_to_look_once(mute_house: House) -> None:
    mute_house.sandbox.fault("chat.postMessage", "drop_after")
    put(mute_house, "hello")
    mute_house.send()
    for _ in range(3):
        later(mute_house, 41)
        mute_house.send()
    assert item(mute_house, "hello").state == "unknown"
    told = mute_house.reads("U0OPS", OPS_ROOM)
    assert len(told) == 1
    assert "確認" in told[0] or "分かりません" in told[0]


def test_two_senders_say_everything_once(house: House) -> None:
    from bot.slack.sender import Sender

    other = Sender(
        house.bot.store,
        house.bot.line,
        house.bot.directories,
        house.bot.texts,
        house.bot.sender.pace,
    )
    house.bot.sender.pace.seconds = 0
    for number in range(12):
        put(house, f"m{number}")
    while house.bot.sender.send_round() + other.send_round():
        pass
    assert sorted(house.reads(SATO, CS)) == sorted(f"m{number}" for number in range(12))
