"""Settings: everything that is wrong is said at once, with its mend and without a secret."""

import logging
from io import StringIO

import pytest

from bot import job_runner, scheduler
from bot.config import ConfigProblem, Settings, read_settings
from bot.logs import KeyValue
from bot.slack import sender, web_line

TOKEN = "xoxb-very-secret"


def problems(*required: str, **given: object) -> list[str]:
    """The lines a person would read."""
    with pytest.raises(ConfigProblem) as caught:
        read_settings(*required, **given)
    return caught.value.lines


def test_nothing_is_needed_to_read_them() -> None:
    settings = read_settings()
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.slack_bot_token is None


def test_all_problems_are_told_at_once() -> None:
    lines = problems(
        "slack_bot_token",
        "slack_app_token|slack_signing_secret",
        port=70_000,
        log_level="LOUD",
        slack_api_url="https://slack.com/api",
        database_url="mysql://x",
        sakidori_prefix="NO GOOD",
    )
    told = [line.partition(":")[0] for line in lines]
    assert told == [
        "DATABASE_URL",
        "SLACK_API_URL",
        "SAKIDORI_PREFIX",
        "PORT",
        "LOG_LEVEL",
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET",
    ]


def test_each_problem_has_its_mend() -> None:
    assert all("; " in line for line in problems("slack_bot_token", port=-1, log_level="x"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("slack_bot_token", "xapp-very-secret"),
        ("slack_app_token", "xoxb-very-secret"),
        ("sakidori_token_key", "very-secret"),
        ("database_url", "very-secret"),
    ],
)
def test_no_problem_shows_what_was_set(name: str, value: str) -> None:
    assert "very-secret" not in "\n".join(problems(**{name: value}))


def test_a_wrong_value_is_not_told_again_as_missing() -> None:
    assert len(problems("slack_bot_token", slack_bot_token="nonsense")) == 1


def test_one_of_two_is_enough() -> None:
    read_settings("slack_app_token|slack_signing_secret", slack_signing_secret="s")
    with pytest.raises(ConfigProblem):
        read_settings("slack_app_token|slack_signing_secret")


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    monkeypatch.setenv("PORT", "8080")
    settings = read_settings()
    assert (settings.slack_bot_token, settings.port) == (None, 8080)


def test_secrets_do_not_show_in_the_settings() -> None:
    assert TOKEN not in repr(Settings.model_validate({"slack_bot_token": TOKEN}))


def test_a_log_line_is_pairs_with_its_extras() -> None:
    said = StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(KeyValue())
    logger = logging.getLogger("test.lines")
    logger.addHandler(handler)
    logger.warning("two words", extra={"action": "deed", "by": 7})
    logger.removeHandler(handler)
    line = said.getvalue()
    assert 'said="two words"' in line
    assert "action=deed by=7" in line
    assert "from=test.lines" in line


def test_the_waits_are_those_the_parts_have_of_themselves() -> None:
    settings = read_settings()
    assert settings.sakidori_slack_seconds == web_line.SECONDS
    assert settings.sakidori_send_lease_seconds == sender.LEASE.total_seconds()
    assert settings.sakidori_settle_seconds == sender.SETTLES_AFTER.total_seconds()
    assert settings.sakidori_settle_seconds >= settings.sakidori_slack_seconds + 30
    assert settings.sakidori_job_lease_seconds == job_runner.LEASE.total_seconds()
    assert settings.sakidori_tick_seconds == scheduler.TICK_SECONDS


@pytest.mark.parametrize("name", ["sakidori_send_lease_seconds", "sakidori_settle_seconds"])
def test_nothing_is_believed_lost_while_its_answer_may_still_come(name: str) -> None:
    [line] = problems(**{"sakidori_slack_seconds": 15, name: 30})
    assert line.startswith(f"{name.upper()}: is too short beside answers")
    read_settings(sakidori_slack_seconds=15, **{name: 31})
