"""Learns at the start which workspace the bot token belongs to, and keeps it."""

import logging

from bot.bootstrap import House
from bot.services.install import Joining, install_workspace
from bot.slack.identity import ask_identity
from bot.slack.line import Unclear
from bot.store.tables import Workspace

log = logging.getLogger(__name__)


def join(house: House) -> Workspace | None:
    """The workspace of the token, made when it is new.

    Raises `SlackRefused` for a bad token. Where Slack does not answer, workspaces known from before
    are served all the same and None is given; without any, `Unclear` is raised.
    """
    token = house.settings.slack_bot_token
    assert token is not None
    try:
        who = ask_identity(house.settings.slack_api_url, token.get_secret_value())
    except Unclear as problem:
        if not house.store.list_workspaces():
            raise
        log.warning("auth.test: %s", problem, extra={"action": "join"})
        return None
    # With a key the token is kept, so that one process can serve workspaces that joined in turn.
    is_kept = house.settings.sakidori_token_key is not None
    sealed = house.tokens.seal(token.get_secret_value()) if is_kept else None
    joining = Joining(who.enterprise_id, who.team_id, who.team, who.user_id, sealed)
    return install_workspace(house.store, joining)
