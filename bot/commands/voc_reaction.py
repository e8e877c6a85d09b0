"""A reaction on any message offers to log it as VoC: to whoever put it there, nobody else."""

from bot.ask import Ask, Where
from bot.commands.logvoc import draft_of_message
from bot.registry import CS_TEAM, OPS, button, command, event
from bot.services.voc_reaction import is_reaction, read_reaction, set_reaction
from bot.store.tables import Workspace
from bot.views.limits import unescape
from bot.views.reply import OpenForm, Private, Reply
from bot.views.voc_form import build_voc_form
from bot.views.voc_reaction import FORM_BUTTON, build_reaction_told, build_voc_offer


def _is_meant(workspace: Workspace, slack_user: str, where: Where, reaction: str) -> bool:
    """Whether a person put the reaction for VoC on a message."""
    is_message = bool(where.channel and where.ts)
    is_ours = is_message and slack_user not in ("", workspace.bot_user)
    return is_ours and is_reaction(workspace.settings, reaction)


@event("reaction_added", roles=CS_TEAM, concerns=_is_meant, is_hushed=True)
def offer_voc(ask: Ask) -> Reply:
    """The words of the message in private, and the way to the form."""
    channel, ts = ask.where.channel or "", ask.where.ts or ""
    draft = draft_of_message(ask, channel, ts, _read(ask, channel, ts))
    return Private(build_voc_offer(ask.say, draft, f"{channel}:{ts}"))


@button(FORM_BUTTON, roles=CS_TEAM, opens_form=True)
def log_voc_of_reaction(ask: Ask) -> Reply:
    """The form with the words, the day and the link of the message."""
    channel, _, ts = ask.value.partition(":")
    draft = draft_of_message(ask, channel, ts, _read(ask, channel, ts))
    return OpenForm(build_voc_form(ask.say, draft))


@command("reaction", roles=OPS)
def reaction(ask: Ask) -> Reply:
    """Which reaction it is, or another one from now on."""
    if not ask.text.strip():
        with ask.reading() as unit:
            name = read_reaction(unit.workspace.settings)
        return Private(build_reaction_told(ask.say, name, is_new=False))
    with ask.writing() as unit:
        name = set_reaction(unit, ask.text, ask.person.slack_user)
    return Private(build_reaction_told(ask.say, name, is_new=True))


def _read(ask: Ask, channel: str, ts: str) -> str:
    return unescape(ask.ports.directory.find_message(channel, ts) or "")
