"""What happens in the workspace reaches the bot: which events, in which shape, how often."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox import serve
from sandbox.server import SandboxServer
from tests.sandbox.recorder import Recorder, recording
from tests.sandbox.town import BOT, SECRET, client, section, town, wait_for


@pytest.fixture
def bot(slack: SandboxServer) -> Iterator[Recorder]:
    with recording() as recorder:
        slack.point_to(recorder.url)
        yield recorder
        slack.point_to("")


def heard(bot: Recorder, kind: str) -> dict[str, Any]:
    """The first event of a type, once it is there."""
    found = wait_for(lambda: [each for each in bot.events() if each["type"] == kind])
    return dict(found[0])


def test_an_event_travels_signed_in_its_envelope(slack: SandboxServer, bot: Recorder) -> None:
    slack.say("U1", "C1", "a < b & @tanaka")
    wait_for(lambda: bot.received)
    assert bot.received[0].is_signed(SECRET)
    assert not bot.received[0].is_signed("another")
    envelope = bot.received[0].json()
    assert envelope["type"] == "event_callback"
    assert envelope["authorizations"][0]["user_id"] == BOT
    assert envelope["event"]["text"] == "a &lt; b &amp; <@U2>"
    assert envelope["event"]["channel_type"] == "channel"


def test_the_direct_message_is_an_im(slack: SandboxServer, bot: Recorder) -> None:
    slack.say("U1", slack.visitor.direct("U1"), "アクメ")
    event = heard(bot, "message")
    assert (event["channel_type"], event["user"], event["text"]) == ("im", "U1", "アクメ")


def test_a_mention_is_heard_twice_as_message_and_as_mention(
    slack: SandboxServer, bot: Recorder
) -> None:
    slack.say("U1", "C1", "@bot help")
    mention = heard(bot, "app_mention")
    assert mention["text"] == f"<@{BOT}> help"
    assert heard(bot, "message")["ts"] == mention["ts"]


def test_where_the_bot_is_not_it_hears_nothing(slack: SandboxServer, bot: Recorder) -> None:
    slack.say("U1", "C2", "secret")
    slack.say("U1", "C1", "open")
    wait_for(lambda: bot.received)
    assert [each["text"] for each in bot.events()] == ["open"]


def test_the_bots_own_posts_changes_and_removals_come_back_as_events(
    slack: SandboxServer, bot: Recorder
) -> None:
    sdk = client(slack)
    ts = sdk.chat_postMessage(channel="C1", text="a", blocks=[section()])["ts"]
    sdk.chat_update(channel="C1", ts=ts, text="b")
    sdk.chat_delete(channel="C1", ts=ts)
    wait_for(lambda: len(bot.events()) == 3)
    by_kind = {each.get("subtype"): each for each in bot.events()}
    assert by_kind[None]["bot_id"] == "B0SANDBOX"
    assert by_kind["message_changed"]["message"]["text"] == "b"
    assert by_kind["message_deleted"]["deleted_ts"] == ts


def test_a_dropped_file_is_a_message_and_a_shared_file(
    slack: SandboxServer, bot: Recorder, tmp_path: Path
) -> None:
    path = tmp_path / "利用状況 2026-11.csv"
    path.write_bytes("顧客,日付\nアクメ,2026-11-20\n".encode("cp932"))
    dropped = slack.visitor.drops("U1", "C5", path, "今日の分")
    shared = heard(bot, "file_shared")
    assert shared["file_id"] == dropped["file"]["id"]
    assert shared["channel_id"] == "C5"
    message = heard(bot, "message")
    assert message["subtype"] == "file_share"
    assert message["files"][0]["name"] == path.name
    assert message["files"][0]["size"] == path.stat().st_size


def test_opening_home_says_which_tab_and_what_is_there(slack: SandboxServer, bot: Recorder) -> None:
    slack.visitor.opens_home("U1")
    event = heard(bot, "app_home_opened")
    assert (event["user"], event["tab"], "view" in event) == ("U1", "home", False)
    client(slack).views_publish(user_id="U1", view={"type": "home", "blocks": [section()]})
    slack.visitor.opens_home("U1")
    wait_for(lambda: len(bot.events()) == 2)
    assert bot.events()[1]["view"]["blocks"][0]["text"]["text"] == "hello"


def test_reactions_languages_and_members_are_told(slack: SandboxServer, bot: Recorder) -> None:
    ts = client(slack).chat_postMessage(channel="C1", text="a")["ts"]
    slack.visitor.reacts("U1", "C1", ts, "tada")
    reaction = heard(bot, "reaction_added")
    assert (reaction["reaction"], reaction["item"]["ts"]) == ("tada", ts)
    slack.visitor.speaks("U1", "en-US")
    assert heard(bot, "user_change")["user"]["locale"] == "en-US"
    slack.visitor.post("/sandbox/membership", {"channel": "C1", "user": "U3"})
    assert heard(bot, "member_joined_channel")["user"] == "U3"


def test_a_reaction_is_not_told_where_the_bot_is_not_nor_without_its_scope(
    slack: SandboxServer, bot: Recorder
) -> None:
    ts = client(slack).chat_postMessage(channel="C1", text="a")["ts"]
    app = slack.slack.world.workspace.app
    held, app.scopes = app.scopes, [each for each in app.scopes if each != "reactions:read"]
    slack.visitor.reacts("U1", "C1", ts, "tada")
    app.scopes = held
    slack.visitor.post("/sandbox/membership", {"channel": "C1", "user": "U3"})
    assert heard(bot, "member_joined_channel")["user"] == "U3"
    assert "reaction_added" not in {each["type"] for each in bot.events()}


def test_a_second_reaction_of_the_same_person_takes_the_first_back(slack: SandboxServer) -> None:
    ts = client(slack).chat_postMessage(channel="C1", text="a")["ts"]
    slack.visitor.reacts("U1", "C1", ts, "tada")
    assert slack.visitor.messages("U1", "C1")[0]["reactions"][0]["count"] == 1
    slack.visitor.reacts("U1", "C1", ts, "tada")
    assert slack.visitor.messages("U1", "C1")[0]["reactions"] == []


def test_an_uninstalled_app_hears_of_it_and_its_token_dies(
    slack: SandboxServer, bot: Recorder
) -> None:
    slack.visitor.post("/sandbox/uninstall", {})
    heard(bot, "app_uninstalled")
    heard(bot, "tokens_revoked")
    answer = client(slack)
    with pytest.raises(Exception, match="token_revoked"):
        answer.auth_test()


def test_an_event_not_taken_comes_three_times_more(slack: SandboxServer, bot: Recorder) -> None:
    for _ in range(4):
        bot.answer(500)
    slack.say("U1", "C1", "hello")
    wait_for(lambda: len(bot.received) == 4 and slack.state()["under_way"] == 0)
    headers = [each.headers for each in bot.received]
    assert [each.get("X-Slack-Retry-Num") for each in headers] == [None, "1", "2", "3"]
    assert headers[1]["X-Slack-Retry-Reason"] == "http_error"
    assert len({each.json()["event_id"] for each in bot.received}) == 1


def test_a_late_answer_counts_as_none(slack: SandboxServer, bot: Recorder) -> None:
    slack.slack.courier.settings.ack_seconds = 0.2
    answered = threading.Event()
    bot.answer(until=answered)
    slack.say("U1", "C1", "hello")
    wait_for(lambda: len(bot.received) >= 2)
    answered.set()
    again = [each.headers for each in bot.received if "X-Slack-Retry-Num" in each.headers]
    assert again[0]["X-Slack-Retry-Reason"] == "http_timeout"


def test_a_bot_may_forbid_redelivery(slack: SandboxServer, bot: Recorder) -> None:
    bot.answer(500, X_Slack_No_Retry="1")
    slack.say("U1", "C1", "hello")
    wait_for(lambda: bot.received and slack.state()["under_way"] == 0)
    assert len(bot.received) == 1


def test_a_bot_hears_only_what_it_subscribed_to() -> None:
    spec = town()
    spec["app"]["events"] = ["message.im"]
    with serve(spec) as slack, recording() as bot:
        slack.point_to(bot.url)
        slack.say("U1", "C1", "channel")
        slack.say("U1", slack.visitor.direct("U1"), "direct")
        wait_for(lambda: bot.received)
        assert [each["text"] for each in bot.events()] == ["direct"]
