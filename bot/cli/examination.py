"""What is wrong between us and Slack, each finding with its mend.  Only looks."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.config import Settings
from bot.core.refusal import Refusal
from bot.slack.directory import SlackDirectory
from bot.slack.identity import Identity, ask_identity, ask_socket
from bot.slack.line import SlackRefused, Unclear
from bot.slack.manifest import SCOPES
from bot.store.tables import Workspace


@dataclass(frozen=True)
class Finding:
    """`about` is fine when there is no `mend`."""

    about: str
    found: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing is to be done."""
        return not self.mend


def examine_tokens(settings: Settings) -> Iterator[Finding]:
    """The bot token with its scopes, and the way Slack comes in."""
    token = settings.slack_bot_token
    if token is None:
        yield Finding("bot token", "is not set", "set SLACK_BOT_TOKEN")
    else:
        yield from _examine_bot(settings.slack_api_url, token.get_secret_value())
    app_token = settings.slack_app_token
    if app_token is not None:
        yield _examine_socket(settings.slack_api_url, app_token.get_secret_value())
    elif settings.slack_signing_secret is not None:
        yield Finding("way in", f"signed HTTP on port {settings.port}")
    else:
        mend = "set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"
        yield Finding("way in", "none", mend)


def examine_channels(directory: SlackDirectory, workspace: Workspace) -> Iterator[Finding]:
    """The channels the workspace has named: there, joined, and without strangers."""
    named = {"ops channel": workspace.ops_channel, "CS channel": workspace.cs_channel}
    for about, channel in named.items():
        if channel is None:
            yield Finding(about, "none chosen", f"choose one in the settings of App Home ({about})")
        else:
            yield _examine_channel(directory, about, channel)


def _examine_bot(base_url: str, token: str) -> Iterator[Finding]:
    try:
        who = ask_identity(base_url, token)
    except SlackRefused as refused:
        mend = "reinstall the app and copy its Bot User OAuth Token to SLACK_BOT_TOKEN"
        yield Finding("bot token", f"Slack says {refused.code}", mend)
    except Unclear as problem:
        mend = f"check the network and SLACK_API_URL ({base_url})"
        yield Finding("bot token", f"Slack does not answer: {problem}", mend)
    else:
        yield Finding("bot token", f"is {who.user_id} in {who.team} ({who.team_id})")
        yield _examine_scopes(who)


def _examine_scopes(who: Identity) -> Finding:
    missing = sorted(set(SCOPES) - who.scopes)
    if not missing:
        return Finding("scopes", f"all {len(SCOPES)}")
    mend = "paste `sakidori manifest` into the app's manifest and reinstall"
    return Finding("scopes", f"missing {', '.join(missing)}", mend)


def _examine_socket(base_url: str, token: str) -> Finding:
    try:
        ask_socket(base_url, token)
    except SlackRefused as refused:
        mend = "make an app-level token with connections:write and turn Socket Mode on"
        return Finding("app token", f"Slack says {refused.code}", mend)
    except Unclear as problem:
        return Finding("app token", f"Slack does not answer: {problem}", "check the network")
    return Finding("app token", "opens Socket Mode")


def _examine_channel(directory: SlackDirectory, about: str, channel: str) -> Finding:
    try:
        facts = directory.get_channel(channel, fresh=True)
    except Refusal:
        return Finding(about, f"{channel} cannot be seen", "invite the bot: /invite @Sakidori")
    if not facts.is_member:
        return Finding(about, f"the bot is not in #{facts.name}", "invite it: /invite @Sakidori")
    if facts.is_shared_outside or facts.has_guests:
        return Finding(
            about, f"strangers read #{facts.name}", "choose a channel of your own people"
        )
    return Finding(about, f"#{facts.name}")
