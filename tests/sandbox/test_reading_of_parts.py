"""Small things with many inputs: cursors, escaping, finding by label, entries."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from sandbox.api.call import Arguments, Call, SlackError
from sandbox.api.paging import page_of
from sandbox.app import build_slack
from sandbox.delivery.signing import signed_headers
from sandbox.parts import ElementNotFoundError, each_element, find_by_label, find_element
from sandbox.posting import with_ids
from sandbox.site.entries import initial_state, refusals, take_entries
from sandbox.slack import Slack
from sandbox.state.messages import Message, MessageStore
from sandbox.writing import escaped, with_mentions
from tests.sandbox.corpus_valid import HOMES, MESSAGES, MODALS
from tests.sandbox.parts import button, entry, options, section
from tests.sandbox.town import town


def a_slack() -> Slack:
    return build_slack(town(), "http://127.0.0.1:1")


def call(**values: Any) -> Call:
    slack = a_slack()
    return Call(slack, "test", Arguments(values), next(iter(slack.world.tokens.values())))


@given(st.integers(0, 60), st.integers(1, 25))
def test_pages_hold_every_item_once_and_in_order(count: int, limit: int) -> None:
    items = list(range(count))
    asking = call(limit=limit)
    found: list[int] = []
    while True:
        page, metadata = page_of(asking, items, 10, 100)
        assert len(page) <= limit
        found += page
        if not metadata["next_cursor"]:
            break
        asking.args.values["cursor"] = metadata["next_cursor"]
    assert found == items


@pytest.mark.parametrize("cursor", ["x", "bmV4dDo=", "bmV4dDpib28=", "日本"])
def test_made_up_cursors_are_refused(cursor: str) -> None:
    with pytest.raises(SlackError, match="invalid_cursor"):
        page_of(call(cursor=cursor), [1, 2], 1, 10)


@pytest.mark.parametrize("limit", ["0", "-1", "101", "many"])
def test_limits_outside_the_method_are_refused(limit: str) -> None:
    with pytest.raises(SlackError, match="invalid_"):
        page_of(call(limit=limit), [1], 1, 100)


@given(st.text(max_size=50))
def test_escaping_leaves_no_bare_bracket_and_can_be_undone(text: str) -> None:
    safe = escaped(text)
    assert "<" not in safe
    assert ">" not in safe
    undone = safe.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert undone == text


@given(st.text(max_size=50))
def test_what_people_type_never_breaks_mentions(text: str) -> None:
    world = a_slack().world
    assert "@sato" not in with_mentions(world, f"{text} @sato ")


def test_names_in_japanese_are_mentioned_too() -> None:
    spec = town()
    spec["users"][0]["real_name"] = "佐藤"
    world = build_slack(spec, "http://127.0.0.1:1").world
    assert with_mentions(world, "@佐藤 さん #cs #nowhere") == "<@U1> さん <#C1|cs> #nowhere"


@given(st.binary(max_size=200))
def test_a_signature_is_the_one_the_sdk_makes(body: bytes) -> None:
    headers = signed_headers("secret", body, 1531420618)
    assert headers["X-Slack-Request-Timestamp"] == "1531420618"
    text = body.decode("utf-8", "replace")
    if text.encode() == body:
        expected = SignatureVerifier("secret").generate_signature(timestamp="1531420618", body=body)
        assert headers["X-Slack-Signature"] == expected


ALL = [(name, payload) for name, payload in [*MESSAGES, *MODALS, *HOMES]]


@pytest.mark.parametrize(("name", "payload"), ALL)
def test_every_element_gets_an_id_and_every_field_a_first_value(
    name: str, payload: dict[str, Any]
) -> None:
    blocks = with_ids(payload.get("blocks") or []) or []
    assert all(block["block_id"] for block in blocks)
    assert all(found.action_id for found in each_element(blocks))
    state = initial_state(blocks)
    assert set(state) <= {block["block_id"] for block in blocks}
    assert isinstance(refusals(blocks, state), dict)


def test_an_element_is_found_by_text_id_value_and_field_label() -> None:
    field = entry("plain_text_input")
    blocks = [
        {"type": "actions", "block_id": "a", "elements": [button(value="v1")]},
        {**field, "label": {"type": "plain_text", "text": "所感"}},
    ]
    for label in ("Go", "go", "v1"):
        assert find_element(blocks, label).element["type"] == "button"
    for label in ("所感", "e", "b"):
        assert find_element(blocks, label).element["type"] == "plain_text_input"
    assert find_by_label(blocks, "Stop") is None
    with pytest.raises(ElementNotFoundError, match="there are Go, go, v1, e"):
        find_element(blocks, "Stop")


def test_the_same_text_is_taken_from_the_first_in_reading_order() -> None:
    blocks = [
        {"type": "actions", "block_id": str(n), "elements": [button(action_id=f"go{n}")]}
        for n in range(3)
    ]
    assert find_element(blocks, "Go").action_id == "go0"


def test_entries_of_unknown_fields_are_left_out() -> None:
    menu = {"type": "static_select", "action_id": "m", "options": options(2)}
    state = initial_state([section(block_id="s", accessory=menu)])
    take_entries(state, {"values": {"other": {"x": {"value": "1"}}}})
    take_entries(state, {"s": {"m": {"type": "hidden", "selected_option": options(2)[0]}}})
    assert state["s"]["m"]["selected_option"] == options(2)[0]
    assert state["s"]["m"]["type"] == "static_select"
    assert set(state) == {"s"}


@given(st.lists(st.integers(1, 10**6), unique=True, max_size=20))
def test_messages_lie_in_the_order_of_their_stamps(micros: list[int]) -> None:
    store = MessageStore()
    for each in micros:
        store.add(Message(f"1.{each:06d}", "C1", "U1", str(each)))
    assert [int(each.text) for each in store.all("C1")] == sorted(micros)
    assert [int(each.text) for each in store.history("C1")] == sorted(micros, reverse=True)
    for message in list(store.all("C1")):
        store.remove(message)
    assert list(store) == []


def test_a_thread_knows_its_replies_until_they_are_gone() -> None:
    store = MessageStore()
    parent = store.add(Message("1.000001", "C1", "U1", "p"))
    reply = store.add(Message("1.000002", "C1", "U1", "r", thread_ts=parent.ts))
    store.add(Message("1.000003", "C1", "U1", "e", thread_ts=parent.ts, ephemeral_for="U1"))
    assert store.replies("C1", parent.ts) == [reply]
    assert store.find_lasting("C1", "1.000003") is None
    store.remove(reply)
    assert store.replies("C1", parent.ts) == []
    assert store.find("C1", reply.ts) is None
