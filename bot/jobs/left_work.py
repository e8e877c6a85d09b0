"""Before the morning: what somebody who has left had still to do changes hands."""

from datetime import time, timedelta

from bot.ask import JobTurn
from bot.core.slots import Daily
from bot.registry import job
from bot.services.left_work import pass_down
from bot.views.reply import Post


@job("left_work", Daily(time(6, 0)), audience="workspace", grace=timedelta(hours=12))
def left_work(turn: JobTurn) -> list[Post]:
    """The alerts among it are told where their new owner reads, in their own morning."""
    with turn.writing() as unit:
        pass_down(unit)
    return []
