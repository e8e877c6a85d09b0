"""chat.* as the real SDK sees it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox import serve
from sandbox.server import SandboxServer
from tests.sandbox.town import BOT, client, section, town


def refused(call: Any, /, **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    answer = caught.value.response.data
    assert isinstance(answer, dict)
    return answer


def test_a_post_comes_back_with_its_stamp_and_the_ids_slack_gives(slack: SandboxServer) -> None:
    posted = client(slack).chat_postMessage(channel="C1", text="hello", blocks=[section()])
    assert posted["channel"] == "C1"
    assert posted["message"]["user"] == BOT
    assert posted["message"]["bot_id"] == "B0SANDBOX"
    assert posted["message"]["blocks"][0]["block_id"]


def test_stamps_of_many_posts_differ_and_grow(slack: SandboxServer) -> None:
    sdk = client(slack)
    stamps = [sdk.chat_postMessage(channel="C1", text=str(each))["ts"] for each in range(8)]
    assert sorted(stamps, key=float) == stamps
    assert len(set(stamps)) == 8


def test_a_post_to_a_person_lands_in_their_direct_message(slack: SandboxServer) -> None:
    posted = client(slack).chat_postMessage(channel="U1", text="hello")
    assert posted["channel"] == slack.visitor.direct("U1")
    assert slack.visitor.messages("U1", posted["channel"])[-1]["text"] == "hello"


def test_a_channel_is_found_by_its_name(slack: SandboxServer) -> None:
    assert client(slack).chat_postMessage(channel="#cs", text="hi")["channel"] == "C1"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C2", "not_in_channel"),
        ("G2", "channel_not_found"),
        ("C9", "channel_not_found"),
        ("C4", "is_archived"),
        ("U4", "channel_not_found"),
    ],
)
def test_a_post_where_the_bot_cannot_speak_is_refused(
    slack: SandboxServer, channel: str, error: str
) -> None:
    answer = refused(client(slack).chat_postMessage, channel=channel, text="hi")
    assert answer["error"] == error


def test_bad_blocks_are_refused_with_a_pointer(slack: SandboxServer) -> None:
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    answer = refused(client(slack).chat_postMessage, channel="C1", text="hi", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0/text/text]" in answer["response_metadata"]["messages"][0]
    assert answer["errors"][0]["code"] == "too_long"
    assert slack.visitor.messages("U1", "C1") == []


def test_blocks_without_a_text_to_fall_back_on_are_refused(slack: SandboxServer) -> None:
    body = {"channel": "C1", "blocks": [section()]}
    answer = refused(client(slack).api_call, api_method="chat.postMessage", json=body)
    assert answer["error"] == "no_text"


def test_a_block_not_rolled_out_here_is_refused_though_it_is_right() -> None:
    chart = {"type": "pie", "segments": [{"label": "red", "value": 1}]}
    drawn = {"type": "data_visualization", "title": "Bands", "chart": chart}
    with serve(town(settings={"refused_blocks": ["data_visualization"]})) as slack:
        sdk = client(slack)
        answer = refused(sdk.chat_postMessage, channel="C1", text="hi", blocks=[drawn])
        assert (answer["error"], answer["errors"][0]["code"]) == ("invalid_blocks", "not_enabled")
        assert answer["errors"][0]["pointer"] == "/blocks/0/type"
        home = {"type": "home", "blocks": [section(), drawn]}
        assert refused(sdk.views_publish, user_id="U1", view=home)["error"] == "invalid_arguments"
        assert all("errors" not in each for each in slack.state()["calls"])


def test_the_log_of_calls_keeps_what_the_bot_did_wrong(slack: SandboxServer) -> None:
    refused(client(slack).chat_postMessage, channel="C1", text="hi", blocks=[section("")])
    logged = slack.state()["calls"][0]
    assert logged["error"] == "invalid_blocks"
    assert logged["errors"] == ["/blocks/0/text/text: must have at least 1 character(s)"]


def test_too_much_text_in_all_blocks_together_is_refused(slack: SandboxServer) -> None:
    blocks = [section("x" * 2500) for _ in range(5)]
    answer = refused(client(slack).chat_postMessage, channel="C1", text="hi", blocks=blocks)
    assert answer["error"] == "msg_blocks_too_long"


def test_metadata_that_is_not_flat_is_refused(slack: SandboxServer) -> None:
    nested = {"event_type": "x", "event_payload": {"id": {"deep": 1}}}
    answer = refused(client(slack).chat_postMessage, channel="C1", text="hi", metadata=nested)
    assert answer["error"] == "invalid_metadata_format"


def test_text_beyond_forty_thousand_is_cut(slack: SandboxServer) -> None:
    posted = client(slack).chat_postMessage(channel="C1", text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000


def test_a_reply_lies_in_its_thread_and_not_in_the_channel(slack: SandboxServer) -> None:
    sdk = client(slack)
    parent = sdk.chat_postMessage(channel="C1", text="parent")["ts"]
    reply = sdk.chat_postMessage(channel="C1", text="reply", thread_ts=parent)
    seen = slack.visitor.messages("U1", "C1")
    assert [each["text"] for each in seen] == ["parent"]
    assert seen[0]["reply_count"] == 1
    thread = slack.visitor.thread("U1", "C1", parent)
    assert [each["text"] for each in thread] == ["parent", "reply"]
    again = refused(sdk.chat_postMessage, channel="C1", text="no", thread_ts=reply["ts"])
    assert again["error"] == "cannot_reply_to_message"


def test_a_broadcast_reply_is_seen_in_the_channel_too(slack: SandboxServer) -> None:
    sdk = client(slack)
    parent = sdk.chat_postMessage(channel="C1", text="parent")["ts"]
    sdk.chat_postMessage(channel="C1", text="all", thread_ts=parent, reply_broadcast=True)
    assert [each["text"] for each in slack.visitor.messages("U1", "C1")] == ["parent", "all"]


def test_a_reply_to_nothing_is_refused(slack: SandboxServer) -> None:
    answer = refused(client(slack).chat_postMessage, channel="C1", text="x", thread_ts="1.000001")
    assert answer["error"] == "thread_not_found"


def test_an_update_changes_what_it_names_and_keeps_the_rest(slack: SandboxServer) -> None:
    sdk = client(slack)
    meta = {"event_type": "outbox", "event_payload": {"id": 7}}
    ts = sdk.chat_postMessage(channel="C1", text="a", blocks=[section("a")], metadata=meta)["ts"]
    changed = sdk.chat_update(channel="C1", ts=ts, text="b", blocks=[section("b")])
    assert changed["message"]["blocks"][0]["text"]["text"] == "b"
    assert changed["message"]["metadata"] == meta
    assert slack.visitor.messages("U1", "C1")[0]["edited"] is False
    emptied = sdk.api_call("chat.update", json={"channel": "C1", "ts": ts, "metadata": {}})
    assert emptied["message"]["blocks"][0]["text"]["text"] == "b"
    assert "metadata" not in emptied["message"]


def test_an_update_with_text_alone_takes_the_blocks_away(slack: SandboxServer) -> None:
    sdk = client(slack)
    ts = sdk.chat_postMessage(channel="C1", text="a", blocks=[section("a")])["ts"]
    changed = sdk.chat_update(channel="C1", ts=ts, text="b")
    assert "blocks" not in changed["message"]
    assert slack.visitor.messages("U1", "C1")[0]["edited"] is True


def test_messages_of_people_are_not_the_bots_to_change(slack: SandboxServer) -> None:
    ts = slack.say("U1", "C1", "mine")["ts"]
    sdk = client(slack)
    updated = refused(sdk.chat_update, channel="C1", ts=ts, text="x")
    assert updated["error"] == "cant_update_message"
    assert refused(sdk.chat_delete, channel="C1", ts=ts)["error"] == "cant_delete_message"
    gone = refused(sdk.chat_update, channel="C1", ts="1.000001", text="x")
    assert gone["error"] == "message_not_found"


def test_a_deleted_message_is_gone(slack: SandboxServer) -> None:
    sdk = client(slack)
    ts = sdk.chat_postMessage(channel="C1", text="a")["ts"]
    sdk.chat_delete(channel="C1", ts=ts)
    assert slack.visitor.messages("U1", "C1") == []


def test_an_ephemeral_is_seen_by_one_person_and_kept_in_no_history(slack: SandboxServer) -> None:
    sdk = client(slack)
    ts = sdk.chat_postEphemeral(channel="C1", user="U1", text="psst")["message_ts"]
    assert slack.visitor.messages("U1", "C1")[0]["ephemeral"] is True
    assert slack.visitor.messages("U2", "C1") == []
    assert sdk.conversations_history(channel="C1")["messages"] == []
    changed = refused(sdk.chat_update, channel="C1", ts=ts, text="x")
    assert changed["error"] == "message_not_found"
    outside = refused(sdk.chat_postEphemeral, channel="C1", user="U3", text="psst")
    assert outside["error"] == "user_not_in_channel"


def test_a_permalink_names_channel_and_stamp(slack: SandboxServer) -> None:
    sdk = client(slack)
    ts = sdk.chat_postMessage(channel="C1", text="a")["ts"]
    link = sdk.chat_getPermalink(channel="C1", message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/C1/p{ts.replace('.', '')}")
