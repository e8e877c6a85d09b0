"""Blocks a workspace's Slack has refused are left out from then on: their stand-ins are sent.

A block carries its stand-in under "fallback"; that key never leaves the house.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from bot.slack.line import SlackRefused
from bot.store.bulk.once import insert_once
from bot.store.tables import SlackRefusal
from bot.store.unit import Store
from bot.views.reply import Block

INVALID = "invalid_blocks"


def send_with_fallbacks(
    store: Store,
    workspace_id: int,
    blocks: Sequence[Block],
    send: Callable[[list[Block]], None],
) -> None:
    """Call `send` with the blocks this workspace takes.

    When Slack refuses blocks that have stand-ins, their types are remembered and the stand-ins
    sent; a refusal is certain, so sending again repeats nothing.
    """
    refused = list_refused(store, workspace_id) if _newer_types(blocks) else frozenset()
    try:
        send(fitting(blocks, refused))
    except SlackRefused as problem:
        suspects = _newer_types(blocks) - refused
        if problem.code != INVALID or not suspects:
            raise
        send(fitting(blocks, refused | suspects))
        _remember(store, workspace_id, suspects)


def fitting(blocks: Sequence[Block], refused: frozenset[str]) -> list[Block]:
    """`blocks` with the stand-ins of those types, and without the private key."""
    made: list[Block] = []
    for block in blocks:
        if "fallback" in block and block["type"] in refused:
            made += fitting(block["fallback"], refused)
        else:
            made.append({key: value for key, value in block.items() if key != "fallback"})
    return made


def list_refused(store: Store, workspace_id: int) -> frozenset[str]:
    """The block types this workspace's Slack has refused."""
    with store.reading(workspace_id) as unit:
        return frozenset(unit.session.scalars(select(SlackRefusal.feature)))


def _newer_types(blocks: Sequence[Block]) -> frozenset[str]:
    return frozenset(str(block["type"]) for block in blocks if "fallback" in block)


def _remember(store: Store, workspace_id: int, features: frozenset[str]) -> None:
    with store.writing(workspace_id) as unit:
        for feature in sorted(features):
            insert_once(
                unit, SlackRefusal, ["feature"], {"feature": feature, "refused_at": unit.at}
            )
