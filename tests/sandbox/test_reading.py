"""Tokens, scopes, people, conversations, history, cursors, groups, reactions, OAuth."""

import urllib.error
import urllib.request
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import SandboxServer
from tests.sandbox.town import BOT, TOKEN, client, section


def refused(call: Any, /, **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    answer = caught.value.response.data
    assert isinstance(answer, dict)
    return answer


def test_auth_tells_who_the_bot_is_and_what_it_may(slack: SandboxServer) -> None:
    answer = client(slack).auth_test()
    assert (answer["user_id"], answer["team"]) == (BOT, "Sakura")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_the_async_client_is_served_alike(slack: SandboxServer) -> None:
    sdk = AsyncWebClient(TOKEN, base_url=slack.api_url)
    posted = await sdk.chat_postMessage(channel="C1", text="async", blocks=[section()])
    history = await sdk.conversations_history(channel="C1")
    assert history["messages"][0]["ts"] == posted["ts"]


def test_tokens_are_looked_at(slack: SandboxServer) -> None:
    assert refused(client(slack, "xoxb-wrong").auth_test)["error"] == "invalid_auth"
    assert refused(client(slack, "").auth_test)["error"] == "not_authed"
    narrow = client(slack, "xoxb-narrow")
    assert narrow.chat_postMessage(channel="C1", text="may")["ok"]
    answer = refused(narrow.users_info, user="U1")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
    assert answer["provided"] == "chat:write"
    app = refused(client(slack, "xapp-sandbox").users_info, user="U1")
    assert app["error"] == "not_allowed_token_type"


def test_unknown_methods_and_missing_arguments_are_said(slack: SandboxServer) -> None:
    sdk = client(slack)
    assert refused(sdk.api_call, api_method="chat.shout")["error"] == "unknown_method"
    answer = refused(sdk.api_call, api_method="users.info")
    assert answer["error"] == "invalid_arguments"
    assert "missing required field: user" in answer["response_metadata"]["messages"][0]


def test_form_and_json_bodies_are_read_alike(slack: SandboxServer) -> None:
    sdk = client(slack)
    blocks = '[{"type":"divider"}]'
    body = {"channel": "C1", "text": "form", "blocks": blocks}
    assert sdk.api_call("chat.postMessage", data=body)["message"]["blocks"][0]["type"] == "divider"
    assert sdk.api_call("chat.postMessage", json={"channel": "C1", "text": "json"})["ok"]
    broken = refused(sdk.api_call, api_method="chat.postMessage", data=body | {"blocks": "[{"})
    assert broken["error"] == "invalid_blocks_format"


def test_a_body_that_is_no_json_is_refused(slack: SandboxServer) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
    request = urllib.request.Request(f"{slack.api_url}auth.test", b"{oops", headers)
    with urllib.request.urlopen(request) as response:
        assert b"invalid_json" in response.read()


def test_people_show_address_and_language_only_where_allowed(slack: SandboxServer) -> None:
    user = client(slack).users_info(user="U1", include_locale=True)["user"]
    assert (user["locale"], user["tz"], user["tz_offset"]) == ("ja-JP", "Asia/Tokyo", 32400)
    assert user["profile"]["email"] == "sato@example.com"
    assert "locale" not in client(slack).users_info(user="U1")["user"]
    slack.slack.world.tokens[TOKEN].scopes = frozenset({"users:read"})
    assert "email" not in client(slack).users_info(user="U1")["user"]["profile"]


def test_guests_bots_and_the_departed_are_marked(slack: SandboxServer) -> None:
    people = {each["id"]: each for each in client(slack).users_list()["members"]}
    assert people["U3"]["is_ultra_restricted"] is True
    assert people[BOT]["is_bot"] is True
    assert people["U4"]["deleted"] is True


def test_people_are_found_by_address_unless_departed(slack: SandboxServer) -> None:
    sdk = client(slack)
    assert sdk.users_lookupByEmail(email="Tanaka@example.com")["user"]["id"] == "U2"
    gone = refused(sdk.users_lookupByEmail, email="gone@example.com")
    assert gone["error"] == "users_not_found"
    assert sdk.users_profile_get(user="U1")["profile"]["real_name"] == "佐藤 花"


def test_cursors_lead_through_all_of_a_list(slack: SandboxServer) -> None:
    sdk = client(slack)
    names: list[str] = []
    cursor = ""
    while True:
        page = sdk.conversations_list(limit=2, cursor=cursor)
        names += [each["id"] for each in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert names == ["C1", "C2", "C3", "C4", "C5"]
    assert refused(sdk.conversations_list, cursor="bm9uc2Vuc2U=")["error"] == "invalid_cursor"
    assert refused(sdk.conversations_list, limit=5000)["error"] == "invalid_limit"


def test_private_channels_show_only_to_members(slack: SandboxServer) -> None:
    sdk = client(slack)
    listed = sdk.conversations_list(types="private_channel")["channels"]
    assert [each["id"] for each in listed] == ["G1"]
    assert refused(sdk.conversations_info, channel="G2")["error"] == "channel_not_found"
    kinds = refused(sdk.conversations_list, types="secret")
    assert kinds["error"] == "invalid_types"


def test_a_shared_channel_says_so(slack: SandboxServer) -> None:
    sdk = client(slack)
    assert sdk.conversations_info(channel="C3")["channel"]["is_ext_shared"] is True
    assert sdk.conversations_info(channel="C1")["channel"]["is_ext_shared"] is False
    assert sdk.conversations_members(channel="C3")["members"] == ["U1", "U3", BOT]


def test_the_conversations_of_a_person_and_of_the_bot(slack: SandboxServer) -> None:
    sdk = client(slack)
    mine = sdk.users_conversations(types="public_channel,private_channel", exclude_archived=True)
    assert [each["id"] for each in mine["channels"]] == ["C1", "G1", "C3", "C5"]
    theirs = sdk.users_conversations(user="U2", types="public_channel,private_channel,im")
    assert [each["id"] for each in theirs["channels"]] == ["C1", "G1", "D2"]


def test_a_direct_message_is_opened_once(slack: SandboxServer) -> None:
    sdk = client(slack)
    first = sdk.conversations_open(users="U1")["channel"]["id"]
    full = sdk.conversations_open(users="U1", return_im=True)["channel"]
    assert (full["id"], full["is_im"], full["user"]) == (first, True, "U1")
    group = sdk.conversations_open(users="U1,U2")["channel"]["id"]
    assert sdk.conversations_open(users="U2,U1")["channel"]["id"] == group
    assert refused(sdk.conversations_open, users="U4")["error"] == "user_disabled"
    assert refused(sdk.conversations_open, users="U9")["error"] == "user_not_found"


def test_joining_lets_the_bot_speak(slack: SandboxServer) -> None:
    sdk = client(slack)
    sdk.conversations_join(channel="C2")
    assert sdk.chat_postMessage(channel="C2", text="hi")["ok"]
    error = refused(sdk.conversations_join, channel="G1")["error"]
    assert error == "method_not_supported_for_channel_type"
    assert refused(sdk.conversations_join, channel="C4")["error"] == "is_archived"


def test_history_is_newest_first_between_two_stamps(slack: SandboxServer) -> None:
    sdk = client(slack)
    stamps = [sdk.chat_postMessage(channel="C1", text=str(n))["ts"] for n in range(5)]

    def texts(**query: Any) -> list[str]:
        found = sdk.conversations_history(channel="C1", **query)["messages"]
        return [each["text"] for each in found]

    assert texts() == ["4", "3", "2", "1", "0"]
    assert texts(oldest=stamps[1], latest=stamps[3]) == ["2"]
    assert texts(oldest=stamps[1], latest=stamps[3], inclusive=True) == ["3", "2", "1"]
    page = sdk.conversations_history(channel="C1", limit=3)
    assert page["has_more"] is True
    cursor = page["response_metadata"]["next_cursor"]
    assert texts(cursor=cursor, limit=3) == ["1", "0"]
    assert refused(sdk.conversations_history, channel="C2")["error"] == "not_in_channel"


def test_metadata_comes_with_history_and_thread_when_asked(slack: SandboxServer) -> None:
    sdk = client(slack)
    meta = {"event_type": "outbox", "event_payload": {"id": "7"}}
    parent = sdk.chat_postMessage(channel="C1", text="p", metadata=meta)["ts"]
    sdk.chat_postMessage(channel="C1", text="r", thread_ts=parent, metadata=meta)
    bare = sdk.conversations_history(channel="C1")["messages"][0]
    assert "metadata" not in bare
    assert bare["reply_count"] == 1
    full = sdk.conversations_history(channel="C1", include_all_metadata=True)["messages"][0]
    assert full["metadata"] == meta
    thread = sdk.conversations_replies(channel="C1", ts=parent, include_all_metadata=True)
    assert [each["metadata"] for each in thread["messages"]] == [meta, meta]
    missing = refused(sdk.conversations_replies, channel="C1", ts="1.000001")
    assert missing["error"] == "thread_not_found"


def test_groups_reactions_team_and_bot(slack: SandboxServer) -> None:
    sdk = client(slack)
    assert sdk.usergroups_list()["usergroups"][0]["handle"] == "csm"
    assert sdk.usergroups_users_list(usergroup="S1")["users"] == ["U1", "U2"]
    assert refused(sdk.usergroups_users_list, usergroup="S9")["error"] == "no_such_subteam"
    ts = sdk.chat_postMessage(channel="C1", text="a")["ts"]
    sdk.reactions_add(channel="C1", timestamp=ts, name="eyes")
    again = refused(sdk.reactions_add, channel="C1", timestamp=ts, name="eyes")
    assert again["error"] == "already_reacted"
    odd = refused(sdk.reactions_add, channel="C1", timestamp=ts, name="two words")
    assert odd["error"] == "invalid_name"
    found = sdk.reactions_get(channel="C1", timestamp=ts)["message"]["reactions"]
    assert found == [{"name": "eyes", "users": [BOT], "count": 1}]
    sdk.reactions_remove(channel="C1", timestamp=ts, name="eyes")
    assert sdk.team_info()["team"]["name"] == "Sakura"
    assert sdk.bots_info(bot="B0SANDBOX")["bot"]["user_id"] == BOT


def test_blocks_are_judged_on_request(slack: SandboxServer) -> None:
    sdk = client(slack)
    fine = sdk.api_call("blocks.validate", json={"blocks": [section()]})
    assert (fine["is_valid"], fine["errors"]) == (True, [])
    wrong = sdk.api_call("blocks.validate", json={"view": {"type": "modal", "blocks": []}})
    assert [each["pointer"] for each in wrong["errors"]] == ["/title", "/blocks"]
    message = sdk.api_call("blocks.validate", json={"message": {"blocks": [section("")]}})
    assert message["errors"][0]["code"] == "no_text"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        return None


def test_a_code_becomes_a_token_once(slack: SandboxServer) -> None:
    asked = urlencode(
        {
            "client_id": "1111.2222",
            "scope": "chat:write,users:read",
            "state": "s1",
            "redirect_uri": "http://127.0.0.1:1/oauth",
        }
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.build_opener(_Stay).open(f"{slack.url}/oauth/v2/authorize?{asked}")
    query = parse_qs(urlsplit(caught.value.headers["Location"]).query)
    caught.value.close()
    assert query["state"] == ["s1"]
    secrets = {"client_id": "1111.2222", "client_secret": "sandbox-client-secret"}
    sdk = WebClient(base_url=slack.api_url)
    granted = sdk.oauth_v2_access(code=query["code"][0], **secrets)
    assert granted["scope"] == "chat:write,users:read"
    assert client(slack, granted["access_token"]).users_info(user="U1")["ok"]
    again = refused(sdk.oauth_v2_access, code=query["code"][0], **secrets)
    assert again["error"] == "invalid_code"
