"""Every view, in both languages, whatever people wrote and however much there is of it."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.deed_ids import MENU, deed_of, read_entry
from bot.core.say import Say
from bot.registry import whole
from bot.views import limits
from bot.views.reply import Message
from tests.views.samples import World, list_views, list_voices
from tests.views.shown import elements_of, problems_of

VOICES = list_voices()
NASTY = "&<!channel>|*_`~\n" * 250
# Past the hundred that Slack takes of anything.
MANY = 120


def _blocks(shown: Message | dict[str, Any]) -> Sequence[dict[str, Any]]:
    return shown["blocks"] if isinstance(shown, dict) else shown.blocks


@pytest.mark.row("X39")
@pytest.mark.parametrize("say", VOICES, ids=lambda say: say.locale)
@pytest.mark.parametrize(
    "world",
    [
        World("アクメ商事"),
        World("Acme & Sons <Ltd>", 12),
        World("長" * 4000, MANY),
        World("&" * 4000, MANY),
        World(NASTY, 500),
    ],
    ids=["plain", "dozen", "long", "escaped", "nasty"],
)
def test_slack_takes_it_and_its_text_stays_within_the_budget(say: Say, world: World) -> None:
    found: dict[str, list[str]] = {}
    for name, shown in list_views(say, world):
        found[name] = problems_of(shown)
        if isinstance(shown, Message):
            assert limits.text_size(shown.blocks) <= limits.MESSAGE_TEXT, name
            assert len(shown.blocks) <= limits.MESSAGE_BLOCKS, name
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("say", VOICES, ids=lambda say: say.locale)
# A pass over all views is a fifth of a second.
@settings(max_examples=15)
@given(text=st.text(min_size=1, max_size=300), size=st.integers(1, 40))
def test_slack_takes_it_whatever_was_written(say: Say, text: str, size: int) -> None:
    for name, shown in list_views(say, World(text, size)):
        assert problems_of(shown) == [], name


@pytest.mark.parametrize("say", VOICES, ids=lambda say: say.locale)
def test_nobody_is_called_by_what_a_customer_is_named(say: Say) -> None:
    for name, shown in list_views(say, World("<!channel> <@U1> &")):
        for block in _blocks(shown):
            assert "<!channel>" not in str(block.get("text", {}).get("text", "")) or (
                block["text"]["type"] == "plain_text"
            ), name


@pytest.mark.parametrize("say", VOICES, ids=lambda say: say.locale)
def test_every_button_and_menu_calls_a_deed_there_is(say: Say) -> None:
    registry = whole()
    for name, shown in list_views(say, World("アクメ", 12)):
        is_form = isinstance(shown, dict) and shown["type"] == "modal"
        if is_form:
            assert registry.find("form", shown["callback_id"]), name  # type: ignore[index]
            continue
        for element in elements_of(_blocks(shown)):
            for deed in _deeds(element):
                assert registry.find("button", deed), f"{name}: {deed}"


def _deeds(element: dict[str, Any]) -> list[str]:
    deed = deed_of(element["action_id"])
    if deed != MENU:
        return [deed]
    return [read_entry(option["value"])[0] for option in element["options"]]


@pytest.mark.parametrize("say", VOICES, ids=lambda say: say.locale)
def test_a_message_has_one_primary_button_at_most(say: Say) -> None:
    for name, shown in list_views(say, World("アクメ", 12)):
        primary = [e for e in elements_of(_blocks(shown)) if e.get("style") == "primary"]
        assert len(primary) <= 1, name


@pytest.mark.parametrize("say", VOICES, ids=lambda say: say.locale)
def test_type_ahead_fields_have_their_answers(say: Say) -> None:
    for _, shown in list_views(say, World("アクメ")):
        for element in elements_of(_blocks(shown)):
            if element["type"] == "external_select":
                assert whole().find("options", element["action_id"])
