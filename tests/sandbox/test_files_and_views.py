"""Files in three steps and behind a token; forms and homes by method."""

import json
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.delivery.tickets import new_trigger
from sandbox.server import SandboxServer
from tests.sandbox.town import TOKEN, client, entry, form, section


def error_of(call: Any, /, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def fetch(address: str, token: str = "") -> tuple[str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as response:
        return response.headers["Content-Type"], response.read()


def test_an_upload_lands_in_the_channel_with_its_comment(slack: SandboxServer) -> None:
    content = "顧客,理由\nアクメ,不明\n".encode()
    sdk = client(slack)
    done = sdk.files_upload_v2(
        channel="C1", filename="refused.csv", content=content, initial_comment="24行"
    )
    message = slack.visitor.messages("U1", "C1")[-1]
    assert (message["text"], message["files"][0]["name"]) == ("24行", "refused.csv")
    file = sdk.files_info(file=done["file"]["id"])["file"]
    assert (file["size"], file["channels"]) == (len(content), ["C1"])
    assert fetch(file["url_private"], TOKEN)[1] == content


def test_a_private_address_without_a_token_gives_a_sign_in_page(slack: SandboxServer) -> None:
    done = client(slack).files_upload_v2(channel="C1", filename="a.csv", content="a,b")
    kind, body = fetch(done["file"]["url_private"])
    assert kind.startswith("text/html")
    assert b"Sign in" in body
    assert fetch(done["file"]["url_private"], "xoxb-narrow")[0].startswith("text/html")


def test_the_page_opens_a_file_only_for_those_who_see_its_channel(
    slack: SandboxServer, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("secret")
    slack.visitor.drops("U2", "G1", path)
    shown = slack.visitor.messages("U2", "G1")[0]["files"][0]["url_private"]
    assert fetch(slack.url + shown)[1] == b"secret"
    with pytest.raises(HTTPError, match="404") as caught:
        fetch(slack.url + shown.replace("U2", "U1"))
    caught.value.close()


def test_an_upload_must_be_whole_and_known(slack: SandboxServer) -> None:
    sdk = client(slack)
    assert error_of(sdk.files_info, file="F404") == "file_not_found"
    asked = sdk.files_getUploadURLExternal(filename="a.csv", length=5)
    entry_of = [{"id": asked["file_id"], "title": "a"}]
    assert error_of(sdk.files_completeUploadExternal, files=entry_of) == "file_not_found"
    with pytest.raises(HTTPError, match="400") as caught:
        urllib.request.urlopen(asked["upload_url"], b"four")
    caught.value.close()
    with urllib.request.urlopen(asked["upload_url"], b"12345") as response:
        assert response.read() == b"OK - 5"
    done = sdk.files_completeUploadExternal(files=entry_of)
    assert done["files"][0]["title"] == "a"
    assert error_of(sdk.files_completeUploadExternal, files=entry_of) == "file_not_found"


def test_files_go_only_where_the_bot_is(slack: SandboxServer) -> None:
    sdk = client(slack)
    asked = sdk.files_getUploadURLExternal(filename="a.csv", length=1)
    urllib.request.urlopen(asked["upload_url"], b"1").close()
    files = [{"id": asked["file_id"]}]
    complete = sdk.files_completeUploadExternal
    assert error_of(complete, files=files, channel_id="C2") == "not_in_channel"
    assert error_of(complete, files=files, channel_id="C4") == "is_archived"
    blocks = [section("24 rows refused")]
    assert complete(files=files, channel_id="C1", blocks=json.dumps(blocks))["ok"]
    assert slack.visitor.messages("U1", "C1")[0]["blocks"][0]["text"]["text"] == "24 rows refused"


def trigger(slack: SandboxServer, user: str = "U1", view_id: str | None = None) -> str:
    return new_trigger(slack.slack, user, view_id)


def test_forms_stack_three_high(slack: SandboxServer) -> None:
    sdk = client(slack)
    first = sdk.views_open(trigger_id=trigger(slack), view=form(title="1"))["view"]
    second = sdk.views_push(trigger_id=trigger(slack), view=form(title="2"))["view"]
    assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
    sdk.views_push(trigger_id=trigger(slack), view=form(title="3"))
    assert error_of(sdk.views_push, trigger_id=trigger(slack), view=form()) == "push_limit_reached"
    assert slack.visitor.modal("U1")["title"]["text"] == "3"


def test_a_push_needs_a_form_to_lie_on_and_a_trigger_to_be_known(slack: SandboxServer) -> None:
    sdk = client(slack)
    assert error_of(sdk.views_push, trigger_id=trigger(slack), view=form()) == "not_found"
    assert error_of(sdk.views_open, trigger_id="1.2", view=form()) == "invalid_trigger_id"


def test_a_wrong_form_does_not_cost_the_trigger(slack: SandboxServer) -> None:
    sdk = client(slack)
    given = trigger(slack)
    with pytest.raises(SlackApiError) as caught:
        sdk.views_open(trigger_id=given, view=form(title="x" * 25))
    messages = caught.value.response["response_metadata"]["messages"]
    assert "[json-pointer:/view/title/text]" in messages[0]
    assert sdk.views_open(trigger_id=given, view=form())["ok"]


def test_a_stale_hash_is_refused(slack: SandboxServer) -> None:
    sdk = client(slack)
    view = sdk.views_open(trigger_id=trigger(slack), view=form(title="1"))["view"]
    fresh = sdk.views_update(view_id=view["id"], hash=view["hash"], view=form(title="2"))["view"]
    stale = error_of(sdk.views_update, view_id=view["id"], hash=view["hash"], view=form())
    assert stale == "hash_conflict"
    assert sdk.views_update(view_id=view["id"], hash=fresh["hash"], view=form())["ok"]
    assert error_of(sdk.views_update, view_id="V0", view=form()) == "not_found"


def test_an_update_keeps_what_was_typed_where_the_field_stays(slack: SandboxServer) -> None:
    sdk = client(slack)
    why = entry("reason", {"type": "plain_text_input", "action_id": "why"})
    view = sdk.views_open(trigger_id=trigger(slack), view=form(why))["view"]
    slack.slack.world.views.stack("U1")[0].state["reason"]["why"]["value"] = "typed"
    kept = sdk.views_update(view_id=view["id"], view=form(section(), why))["view"]
    assert kept["state"]["values"]["reason"]["why"]["value"] == "typed"
    gone = sdk.views_update(view_id=view["id"], view=form(section()))["view"]
    assert gone["state"]["values"] == {}


def test_external_ids_are_unique_and_find_their_form(slack: SandboxServer) -> None:
    sdk = client(slack)
    sdk.views_open(trigger_id=trigger(slack), view=form(external_id="touch-1"))
    twice = error_of(
        sdk.views_open, trigger_id=trigger(slack, "U2"), view=form(external_id="touch-1")
    )
    assert twice == "duplicate_external_ids"
    assert sdk.views_update(external_id="touch-1", view=form(title="found"))["ok"]
    assert slack.visitor.modal("U1")["title"]["text"] == "found"


def test_homes_belong_to_one_person_each(slack: SandboxServer) -> None:
    sdk = client(slack)
    home = {"type": "home", "blocks": [section("mine")]}
    first = sdk.views_publish(user_id="U1", view=home)["view"]
    assert slack.visitor.home("U1")["blocks"][0]["text"]["text"] == "mine"
    assert slack.visitor.home("U2") == {}
    again = sdk.views_publish(user_id="U1", view=home, hash=first["hash"])["view"]
    assert again["id"] == first["id"]
    stale = error_of(sdk.views_publish, user_id="U1", view=home, hash=first["hash"])
    assert stale == "hash_conflict"
    assert error_of(sdk.views_publish, user_id="U9", view=home) == "invalid_arguments"
    modal = error_of(sdk.views_publish, user_id="U1", view=form())
    assert modal == "invalid_arguments"
