"""Faults on demand and rates: what was written, what was answered, how long to wait."""

import time
from http.client import RemoteDisconnected

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from sandbox import serve
from sandbox.api.limits import Bucket, Limiter
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.server import SandboxServer
from tests.sandbox.town import client, town


class Stopped(Clock):
    """A clock whose rates stand still until it is let go; no machine is fast enough for them."""

    is_stopped = True

    def elapsed(self) -> float:  # type: ignore[override]
        return 0.0 if self.is_stopped else super().elapsed()


@pytest.fixture
def stopped(slack: SandboxServer) -> Stopped:
    slack.slack.world.clock = Stopped()
    return slack.slack.world.clock


def texts(slack: SandboxServer) -> list[str]:
    return [each["text"] for each in slack.visitor.messages("U1", "C1")]


def test_dropped_before_nothing_is_written(slack: SandboxServer) -> None:
    slack.fault("chat.postMessage", "drop_before")
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        client(slack).chat_postMessage(channel="C1", text="lost")
    assert texts(slack) == []


def test_dropped_after_it_is_written_and_nobody_hears(slack: SandboxServer) -> None:
    slack.fault("chat.postMessage", "drop_after")
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        client(slack).chat_postMessage(channel="C1", text="there")
    assert texts(slack) == ["there"]
    client(slack).chat_postMessage(channel="C1", text="again")
    assert texts(slack) == ["there", "again"]


def test_the_sdks_own_retry_posts_twice_when_the_answer_is_dropped(slack: SandboxServer) -> None:
    slack.fault("chat.postMessage", "drop_after")
    WebClient("xoxb-sandbox", base_url=slack.api_url).chat_postMessage(channel="C1", text="twice")
    assert texts(slack) == ["twice", "twice"]


def test_slow_is_late_but_written(slack: SandboxServer) -> None:
    slack.fault("chat.postMessage", "slow", delay=0.3)
    began = time.monotonic()
    client(slack).chat_postMessage(channel="C1", text="late")
    assert time.monotonic() - began >= 0.3
    assert texts(slack) == ["late"]


def test_500_and_429_are_answers_without_a_write(slack: SandboxServer) -> None:
    sdk = client(slack)
    slack.fault("chat.postMessage", "500")
    with pytest.raises(Exception, match=r"500|internal_error"):
        sdk.chat_postMessage(channel="C1", text="a")
    slack.fault("*", "429", delay=7)
    with pytest.raises(SlackApiError) as caught:
        sdk.chat_postMessage(channel="C1", text="a")
    assert caught.value.response.headers["Retry-After"] == "7"
    assert texts(slack) == []


def test_a_fault_wears_off_after_its_times_and_can_be_cleared(slack: SandboxServer) -> None:
    faults = Faults()
    faults.add({"method": "a", "kind": "500", "times": 2})
    assert [faults.choose("a") is None for _ in range(3)] == [False, False, True]
    assert faults.choose("b") is None
    faults.add({"method": "*", "kind": "500", "times": 1000, "probability": 0.5})
    struck = sum(faults.choose("any") is not None for _ in range(1000))
    assert 400 < struck < 600
    faults.clear()
    assert faults.choose("any") is None


@pytest.mark.parametrize("spec", [{}, {"kind": "flood"}, {"kind": "500", "often": 3}])
def test_an_unknown_fault_is_refused(slack: SandboxServer, spec: dict[str, object]) -> None:
    with pytest.raises(RuntimeError, match="kind is one of"):
        slack.visitor.post("/sandbox/faults", spec)


def test_answers_and_uploads_fail_on_demand_too(slack: SandboxServer) -> None:
    slack.fault("upload", "drop_before")
    with pytest.raises(Exception, match=r"disconnect|reset|closed|Remote"):
        client(slack).files_upload_v2(channel="C1", filename="a.csv", content="a,b")


def test_a_channel_takes_a_burst_and_then_one_post_a_second(
    slack: SandboxServer, stopped: Stopped
) -> None:
    sdk = client(slack)
    for each in range(10):
        sdk.chat_postMessage(channel="C1", text=str(each))
    with pytest.raises(SlackApiError) as caught:
        sdk.chat_postMessage(channel="C1", text="one too many")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    sdk.chat_postMessage(channel="G1", text="elsewhere is free")
    stopped.is_stopped = False
    sdk.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    sdk.chat_postMessage(channel="C1", text="waited")
    assert texts(slack)[-1] == "waited"


@pytest.mark.usefixtures("stopped")
def test_methods_have_tiers(slack: SandboxServer) -> None:
    sdk = client(slack)
    for _ in range(20):
        sdk.users_list()
    with pytest.raises(SlackApiError, match="ratelimited"):
        sdk.users_list()
    sdk.users_info(user="U1")


def test_limits_can_be_switched_off() -> None:
    with serve(town(settings={"rate_limits": False})) as slack:
        sdk = client(slack)
        for each in range(25):
            sdk.chat_postMessage(channel="C1", text=str(each))
        assert len(texts(slack)) == 25


def test_a_bucket_fills_again_with_time() -> None:
    bucket = Bucket(rate=0.5, size=2)
    assert [bucket.wait(100.0) for _ in range(3)] == [0, 0, 2]
    assert bucket.wait(101.0) == 1
    assert bucket.wait(102.1) == 0
    limiter = Limiter(channel_burst=1)
    assert limiter.wait_for_post("C1", 0.0) == 0
    assert limiter.wait_for_post("C1", 0.1) == 1
    assert limiter.wait_for_post("C2", 0.1) == 0
