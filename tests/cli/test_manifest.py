"""The manifest holds what the registry can do and what Slack takes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.manifest import render_manifest
from bot.core.vocabulary import Locale
from bot.registry import whole
from bot.slack.manifest import SCOPES, build_manifest, list_problems
from bot.texts import Texts

ROOT = Path(__file__).resolve().parents[2]


def manifest(
    url: str | None = None, prefix: str = "", locale: Locale = Locale.JA
) -> dict[str, Any]:
    """The manifest as Slack would read it."""
    made: dict[str, Any] = yaml.safe_load(render_manifest(url, prefix, locale))
    return made


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("url", [None, "https://bot.example.com"])
def test_slack_would_take_it(locale: Locale, url: str | None) -> None:
    assert list_problems(manifest(url, "", locale)) == []


def test_every_slash_of_the_registry_is_declared() -> None:
    declared = {one["command"] for one in manifest()["features"]["slash_commands"]}
    assert declared == {deed.slash for deed in whole().commands() if deed.slash}


def test_every_event_of_the_registry_is_subscribed() -> None:
    heard = set(manifest()["settings"]["event_subscriptions"]["bot_events"])
    known = {key for kind, key in whole().deeds if kind == "event"} - {"message"}
    assert known | {"message.im", "app_uninstalled"} <= heard


@pytest.mark.row("B8")
@pytest.mark.parametrize("locale", list(Locale))
def test_a_shortcut_of_a_message_is_declared_as_one(locale: Locale) -> None:
    declared = {
        each["callback_id"]: each["type"]
        for each in manifest(locale=locale)["features"]["shortcuts"]
    }
    assert declared["logvoc_message"] == "message"
    assert set(declared) == {key for kind, key in whole().deeds if kind == "shortcut"}


def test_with_an_address_everything_points_to_it() -> None:
    made = manifest("https://bot.example.com/")
    address = "https://bot.example.com/slack/events"
    settings = made["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == address
    assert settings["interactivity"]["message_menu_options_url"] == address
    assert {one["url"] for one in made["features"]["slash_commands"]} == {address}


def test_without_one_it_speaks_socket_mode() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True


def test_a_prefix_keeps_two_copies_apart() -> None:
    declared = [one["command"] for one in manifest(prefix="stg-")["features"]["slash_commands"]]
    assert "/stg-health" in declared
    assert "/stg-sakidori" in declared


def test_the_file_in_the_repository_is_the_one_we_would_print() -> None:
    assert (ROOT / "manifest.yaml").read_text(encoding="utf-8").rstrip() == render_manifest(
        None, "", Locale.JA
    )


def test_the_scopes_are_asked_for_in_order() -> None:
    assert list(SCOPES) == sorted(SCOPES)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("display_information", "name"), "x" * 36),
        (("display_information", "long_description"), "too short"),
        (("features", "slash_commands", 0, "command"), "health"),
        (("features", "slash_commands", 0, "command"), "/" + "x" * 32),
        (("features", "slash_commands", 0, "url"), "http://insecure"),
        (("features", "bot_user", "display_name"), "x" * 81),
        (("settings", "unheard_of"), True),
        (("display_information", "background_color"), "green"),
    ],
)
def test_what_slack_refuses_is_named_with_its_place(path: tuple[Any, ...], value: Any) -> None:
    made = build_manifest(whole(), Texts().speak("en"), None, "")
    inner: Any = made
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    problems = list_problems(made)
    assert len(problems) == 1
    assert problems[0].startswith("/".join(map(str, path[:-1])))


def test_two_commands_of_one_name_are_refused() -> None:
    made = build_manifest(whole(), Texts().speak("en"), None, "")
    commands = made["features"]["slash_commands"]
    commands.append(commands[0])
    assert "non-unique" in list_problems(made)[0]
