"""Links members from imported lists to the people in Slack, by mail address."""

from datetime import timedelta

from bot.ask import JobTurn
from bot.core.slots import Interval
from bot.registry import job
from bot.services.link_people import link_people as link
from bot.views.reply import Post


@job("link_people", Interval(timedelta(hours=1)), audience="workspace", grace=timedelta(hours=1))
def link_people(turn: JobTurn) -> list[Post]:
    """Find the Slack person of every member who is known by mail address alone."""
    link(turn.store, turn.workspace_id, turn.ports.directory)
    return []
