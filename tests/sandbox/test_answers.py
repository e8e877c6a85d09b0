"""response_url: five answers in thirty minutes, replacing, deleting, in the channel."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from slack_sdk.webhook import WebhookClient

from sandbox.server import SandboxServer
from tests.sandbox.recorder import Recorder, recording
from tests.sandbox.town import actions, button, client, section


@pytest.fixture
def bot(slack: SandboxServer) -> Iterator[Recorder]:
    with recording() as recorder:
        slack.point_to(recorder.url)
        yield recorder
        slack.point_to("")


def answer_to(slack: SandboxServer, bot: Recorder) -> WebhookClient:
    """The address a fresh command gives."""
    slack.say("U1", "C1", "/health")
    form = parse_qs(bot.received[-1].body.decode())
    return WebhookClient(form["response_url"][0], retry_handlers=[])


def test_an_answer_is_private_unless_it_says_otherwise(slack: SandboxServer, bot: Recorder) -> None:
    address = answer_to(slack, bot)
    assert address.send(text="for you").status_code == 200
    assert address.send(text="for all", response_type="in_channel").status_code == 200
    assert [each["text"] for each in slack.visitor.messages("U1", "C1")] == ["for you", "for all"]
    assert [each["text"] for each in slack.visitor.messages("U2", "C1")] == ["for all"]


def test_an_address_takes_five_answers(slack: SandboxServer, bot: Recorder) -> None:
    address = answer_to(slack, bot)
    statuses = [address.send(text=str(each)).status_code for each in range(6)]
    assert statuses == [200] * 5 + [404]
    assert len(slack.visitor.messages("U1", "C1")) == 5


def test_an_address_dies_after_thirty_minutes(slack: SandboxServer, bot: Recorder) -> None:
    address = answer_to(slack, bot)
    kept = next(iter(slack.slack.world.responses.values()))
    kept.made -= 30 * 60 + 1
    late = address.send(text="late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


def test_a_bad_answer_is_refused_and_not_counted(slack: SandboxServer, bot: Recorder) -> None:
    address = answer_to(slack, bot)
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    assert "invalid_blocks" in address.send(text="t", blocks=blocks).body
    assert "no_text" in address.send(blocks=[section()]).body
    assert next(iter(slack.slack.world.responses.values())).uses == 0


def test_an_answer_works_where_the_bot_is_no_member(slack: SandboxServer, bot: Recorder) -> None:
    slack.say("U1", "C2", "/health")
    form = parse_qs(bot.received[-1].body.decode())
    assert WebhookClient(form["response_url"][0]).send(text="here").status_code == 200
    assert slack.visitor.messages("U1", "C2")[-1]["text"] == "here"


def test_the_acknowledgements_body_is_an_answer_too(slack: SandboxServer, bot: Recorder) -> None:
    bot.answer(body=b"plain words")
    slack.say("U1", "C1", "/health")
    bot.answer(body={"text": "x", "blocks": [{"type": "nothing"}]})
    wrong = slack.say("U1", "C1", "/health")
    assert wrong["error"] == '/health failed with the error "invalid_command_response"'
    bot.answer(body={"response_type": "in_channel", "text": "all", "blocks": [section()]})
    assert slack.say("U1", "C1", "/health") == {"ok": True}
    seen = slack.visitor.messages("U1", "C1")
    assert [(each["text"], each["ephemeral"]) for each in seen] == [
        ("plain words", True),
        ("all", False),
    ]


def test_a_public_message_can_be_replaced_and_removed_by_its_button(
    slack: SandboxServer, bot: Recorder
) -> None:
    sdk = client(slack)
    sdk.chat_postMessage(channel="C1", text="t", blocks=[actions(button())])
    bot.received.clear()
    slack.visitor.clicks("U2", "C1", "Go")
    address = WebhookClient(next(iter(slack.slack.world.responses.keys())))
    address.url = f"{slack.url}/response/T0SANDBOX/{address.url}"
    address.send(text="changed", blocks=[section("new")], replace_original=True)
    assert slack.visitor.messages("U1", "C1")[0]["blocks"][0]["text"]["text"] == "new"
    address.send(text="beside", replace_original=False)
    assert slack.visitor.messages("U2", "C1")[-1]["ephemeral"] is True
    address.send_dict({"delete_original": True})
    assert slack.visitor.messages("U1", "C1") == []
    assert "no_original_message" in address.send_dict({"delete_original": True}).body
