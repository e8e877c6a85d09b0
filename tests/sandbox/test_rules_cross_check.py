"""Other people's models of Block Kit agree with ours where they can judge."""

import copy
import re
from typing import Any, cast

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slackblocks import blocks as builders

from sandbox.rules import check_message, check_view, surfaces
from sandbox.rules.blocks import BLOCKS, BLOCKS_OF
from sandbox.rules.elements import ELEMENTS
from sandbox.rules.engine import ListOf, Shape, Text
from tests.sandbox import corpus_invalid_views, corpus_valid

_UNKNOWN_TO_SDK = {"data_table", "data_visualization"}
_SDK_ONLY = {"auth_provider", "call", "section_with_workflow"}


def _sdk_can_judge(blocks: list[dict[str, Any]]) -> bool:
    return not any(each["type"] in _UNKNOWN_TO_SDK for each in blocks)


@pytest.mark.parametrize(("name", "payload"), corpus_valid.MESSAGES)
def test_slack_sdk_takes_our_valid_messages(name: str, payload: dict[str, Any]) -> None:
    blocks = copy.deepcopy(payload.get("blocks", []))
    if not _sdk_can_judge(blocks):
        assert check_message(payload) == []
        return
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None, f"slack_sdk does not know {block['type']}"
        parsed.validate_json()


@pytest.mark.parametrize(("name", "payload"), corpus_valid.MODALS)
def test_slack_sdk_takes_our_valid_forms(name: str, payload: dict[str, Any]) -> None:
    View(**copy.deepcopy(payload)).validate_json()
    assert check_view(payload) == []


@pytest.mark.parametrize(
    ("name", "payload", "pointer", "code"),
    [
        each
        for each in corpus_invalid_views.VIEWS
        if each[0] in {"a title of 25", "a long private metadata", "101 blocks", "a long submit"}
    ],
)
def test_slack_sdk_refuses_what_it_can_see_is_wrong_too(
    name: str, payload: dict[str, Any], pointer: str, code: str
) -> None:
    with pytest.raises(SlackObjectFormationError):
        View(**copy.deepcopy(payload)).validate_json()
    assert check_view(payload)[0].code == code


def test_every_block_type_slackblocks_knows_is_known_here() -> None:
    theirs = {each.value for each in builders.BlockType}
    assert theirs - set(BLOCKS) - _SDK_ONLY == set()


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
def test_blocks_stand_on_the_surfaces_slackblocks_says(surface: str) -> None:
    from slackblocks._surfaces import _BLOCK_TYPES_BY_SURFACE

    assert set(BLOCKS_OF[surface]) == set(_BLOCK_TYPES_BY_SURFACE[cast("Any", surface)])


def _longest(shape: Shape, name: str) -> int:
    rule = shape.fields[name]
    if isinstance(rule, Text):
        return rule.longest
    if isinstance(rule, ListOf):
        return rule.most
    inner = next(iter(rule.table.values()))  # type: ignore[attr-defined]
    text = inner.fields["text"]
    assert isinstance(text, Text)
    return text.longest


@pytest.mark.parametrize(
    ("shape", "field", "constant"),
    [
        (BLOCKS["header"], "text", "HEADER_TEXT_MAX_LENGTH"),
        (BLOCKS["section"], "text", "SECTION_TEXT_MAX_LENGTH"),
        (BLOCKS["section"], "fields", "SECTION_FIELDS_MAX_ITEMS"),
        (BLOCKS["section"], "block_id", "BLOCK_ID_MAX_LENGTH"),
        (BLOCKS["context"], "elements", "CONTEXT_ELEMENTS_MAX_ITEMS"),
        (BLOCKS["actions"], "elements", "ACTIONS_ELEMENTS_MAX_ITEMS"),
        (BLOCKS["context_actions"], "elements", "CONTEXT_ACTIONS_ELEMENTS_MAX_ITEMS"),
        (BLOCKS["input"], "label", "INPUT_LABEL_MAX_LENGTH"),
        (BLOCKS["input"], "hint", "INPUT_HINT_MAX_LENGTH"),
        (BLOCKS["image"], "alt_text", "IMAGE_ALT_TEXT_MAX_LENGTH"),
        (BLOCKS["image"], "title", "IMAGE_TITLE_MAX_LENGTH"),
        (BLOCKS["markdown"], "text", "MARKDOWN_TEXT_MAX_LENGTH"),
        (BLOCKS["alert"], "text", "ALERT_TEXT_MAX_LENGTH"),
        (BLOCKS["card"], "title", "CARD_TITLE_MAX_LENGTH"),
        (BLOCKS["card"], "body", "CARD_BODY_MAX_LENGTH"),
        (BLOCKS["card"], "actions", "CARD_ACTIONS_MAX_ITEMS"),
        (BLOCKS["carousel"], "elements", "CAROUSEL_ELEMENTS_MAX_ITEMS"),
        (BLOCKS["container"], "child_blocks", "CONTAINER_CHILD_BLOCKS_MAX_ITEMS"),
        (BLOCKS["plan"], "tasks", "PLAN_TASKS_MAX_ITEMS"),
        (BLOCKS["table"], "rows", "TABLE_ROWS_MAX_ITEMS"),
        (BLOCKS["data_visualization"], "title", "DATA_VISUALIZATION_TITLE_MAX_LENGTH"),
        (BLOCKS["video"], "title", "VIDEO_TITLE_MAX_LENGTH"),
        (BLOCKS["video"], "author_name", "VIDEO_AUTHOR_NAME_MAX_LENGTH"),
        (ELEMENTS["button"], "text", "BUTTON_TEXT_MAX_LENGTH"),
        (ELEMENTS["button"], "value", "BUTTON_VALUE_MAX_LENGTH"),
        (ELEMENTS["button"], "url", "BUTTON_URL_MAX_LENGTH"),
        (ELEMENTS["button"], "action_id", "ACTION_ID_MAX_LENGTH"),
        (ELEMENTS["overflow"], "options", "OVERFLOW_OPTIONS_MAX_ITEMS"),
        (ELEMENTS["checkboxes"], "options", "CHECKBOXES_OPTIONS_MAX_ITEMS"),
        (ELEMENTS["radio_buttons"], "options", "RADIO_BUTTONS_OPTIONS_MAX_ITEMS"),
        (ELEMENTS["static_select"], "options", "SELECT_OPTIONS_MAX_ITEMS"),
        (ELEMENTS["static_select"], "option_groups", "SELECT_OPTION_GROUPS_MAX_ITEMS"),
        (ELEMENTS["static_select"], "placeholder", "SELECT_PLACEHOLDER_MAX_LENGTH"),
    ],
)
def test_our_limits_are_slackblocks_limits(shape: Shape, field: str, constant: str) -> None:
    from slackblocks import _limits

    assert _longest(shape, field) == getattr(_limits, constant)


def test_budgets_across_blocks_are_slackblocks_budgets() -> None:
    from slackblocks import _limits

    assert surfaces.MARKDOWN_TEXT == _limits.MARKDOWN_TOTAL_TEXT_MAX_LENGTH
    assert surfaces._AT_MOST["data_visualization"] == (
        _limits.MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS
    )


def test_what_slackblocks_builds_is_taken() -> None:
    from slackblocks import Button, ChartSegment, Confirm, PieChart, RawNumber, RawText
    from slackblocks.elements import StaticSelectMenu
    from slackblocks.objects import AxisConfig, DataPoint, DataSeries, LineChart, Option, PlainText

    sure = Confirm(title="Sure?", text="Really", confirm="Yes", deny="No")
    menu = StaticSelectMenu(
        action_id="m", options=[Option(PlainText("A"), "a")], placeholder="Pick"
    )
    line = LineChart(
        [DataSeries("score", [DataPoint("11/19", 71), DataPoint("11/20", 48)])],
        AxisConfig(["11/19", "11/20"], x_label="day"),
    )
    rows: list[list[Any]] = [
        [RawText("Account"), RawText("Score")],
        [RawText("A"), RawNumber(48, "48")],
    ]
    built = [
        builders.HeaderBlock("Health"),
        builders.SectionBlock("A", accessory=menu),
        builders.ActionsBlock([Button("Go", "go", confirm=sure)]),
        builders.DataVisualizationBlock("Trend", line),
        builders.DataVisualizationBlock("Bands", PieChart([ChartSegment("red", 3)])),
        builders.DataTableBlock(rows, "Scores"),
        builders.DividerBlock(),
    ]
    payload = [each._resolve() for each in built]
    assert [str(each) for each in check_message({"text": "t", "blocks": payload})] == []


def test_pointers_are_json_pointers() -> None:
    problems = check_message({"text": "t", "blocks": [{"type": "header"}]})
    assert all(re.fullmatch(r"(/[\w~]+)+", each.pointer) for each in problems)
    assert problems
