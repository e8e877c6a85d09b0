"""A meeting's view goes into a channel only when somebody says so, and never where outsiders read.

What is shared has no button to share it on.
"""

from dataclasses import replace

from bot.ask import Ask
from bot.commands.meeting import read_page
from bot.commands.sharing import find_channel_here, share_into_channel
from bot.core.say import Say
from bot.registry import CS_TEAM, button, form
from bot.views.meeting import build_meeting_view
from bot.views.reply import Message, OpenForm, Reply
from bot.views.share_form import MEETING, build_share_form


@button(MEETING, roles=CS_TEAM, opens_form=True)
def open_share_meeting(ask: Ask) -> Reply:
    """The form that asks where to; it starts on the channel the button was pressed in."""
    member_id = int(ask.value)
    with ask.reading() as unit:
        name = read_page(unit, member_id, ask.today).name
    return OpenForm(build_share_form(ask.say, MEETING, member_id, name, find_channel_here(ask)))


@form(MEETING, roles=CS_TEAM)
def share_meeting(ask: Ask) -> Reply:
    """Put the view as it is now into the channel."""
    member_id = int(ask.carried["shared"])
    return share_into_channel(ask, MEETING, member_id, lambda say: _build(ask, member_id, say))


def _build(ask: Ask, member_id: int, say: Say) -> tuple[str, Message]:
    with ask.reading() as unit:
        page = replace(read_page(unit, member_id, ask.today), member_id=None)
    return page.name, build_meeting_view(say, page)
