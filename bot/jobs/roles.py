"""Keeps roles in step with the user groups that ops has chosen for them."""

from datetime import timedelta

from bot.ask import JobTurn
from bot.core.slots import Interval
from bot.registry import job
from bot.services.roles import follow_groups
from bot.views.reply import Post


@job("roles", Interval(timedelta(minutes=10)), audience="workspace", grace=timedelta(minutes=10))
def roles(turn: JobTurn) -> list[Post]:
    """Give and take what the groups say; roles given by hand stay."""
    follow_groups(turn.store, turn.workspace_id, turn.ports.directory)
    return []
