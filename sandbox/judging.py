"""The rules as one workspace applies them: a new block may not be switched on there yet."""

from typing import Any

from sandbox.kinds import Json
from sandbox.rules import Problem, check_message, check_view
from sandbox.rules.surfaces import each_block
from sandbox.slack import Slack

NOT_ENABLED = "not_enabled"
"""The code of a block Slack knows but has not rolled out to this workspace."""


def judge_message(slack: Slack, message: Json) -> list[Problem]:
    """What is wrong with a message in this workspace."""
    return check_message(message) + _withheld(slack, message.get("blocks"), "/blocks")


def judge_view(slack: Slack, view: Any, kind: str) -> list[Problem]:
    """What is wrong with a form (kind modal) or a home in this workspace."""
    if isinstance(view, dict) and view.get("type") != kind:
        return [Problem("/view/type", "bad_value", f"must be {kind}")]
    blocks = view.get("blocks") if isinstance(view, dict) else None
    return check_view(view) + _withheld(slack, blocks, "/view/blocks")


def blunders(problems: list[Problem]) -> list[str]:
    """The problems a bot could have known of, as sentences; a rollout is none of them."""
    return [str(each) for each in problems if each.code != NOT_ENABLED]


def _withheld(slack: Slack, blocks: Any, at: str) -> list[Problem]:
    refused = slack.world.workspace.settings.refused_blocks
    if not refused or not isinstance(blocks, list):
        return []
    return [
        Problem(f"{pointer}/type", NOT_ENABLED, f"{block['type']} is not enabled here")
        for pointer, block in each_block(blocks, at)
        if block.get("type") in refused
    ]
