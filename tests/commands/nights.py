"""A night at the desk: its child has been and gone, and what it found is told to ops."""

from datetime import date

from bot.job_runner import put_post
from bot.jobs.nightly import nightly
from bot.views.reply import Post
from tests.commands.desk import TODAY, Desk
from tests.views.shown import problems_of

NIGHT: dict[str, object] = {
    "by_band": {"green": 117},
    "changed_bands": 0,
    "data_on": "2026-11-19",
    "opened": 0,
    "cleared": 0,
}


def tell_findings(desk: Desk, word: str, on: date = TODAY) -> list[Post]:
    """Those of tonight's posts whose keys begin with the word, as they went into the outbox."""
    desk.bench.result = NIGHT
    posts = [post for post in nightly(desk.turn(None, on)) if post.key.startswith(word)]
    for post in posts:
        assert problems_of(post.message) == []
        with desk.store.writing(desk.workspace.id) as unit:
            put_post(unit, post)
    return posts
