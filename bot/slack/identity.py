"""Who a bot token is, before any workspace is known."""

from dataclasses import dataclass

from bot.slack.line import Payload, RateLimited, Unclear
from bot.slack.web_line import build_client, read_answer


@dataclass(frozen=True)
class Identity:
    """The answer of auth.test; `scopes` come with its headers."""

    enterprise_id: str
    team_id: str
    team: str
    user_id: str
    scopes: frozenset[str]


def ask_identity(base_url: str, token: str) -> Identity:
    """Ask Slack who `token` is; `SlackRefused` for a bad one, `Unclear` where no answer came."""
    heard: dict[str, str] = {}

    def call() -> object:
        answer = build_client(base_url, token, is_patient=True).auth_test()
        heard.update({name.lower(): value for name, value in answer.headers.items()})
        return answer

    try:
        told: Payload = read_answer(call)
    except RateLimited as limited:
        # It says nothing about the token, and a process that starts anew must not end over it.
        raise Unclear("rate limited") from limited
    scopes = heard.get("x-oauth-scopes", "").replace(" ", "")
    return Identity(
        enterprise_id=str(told.get("enterprise_id") or ""),
        team_id=str(told["team_id"]),
        team=str(told.get("team", "")),
        user_id=str(told.get("user_id", "")),
        scopes=frozenset(scopes.split(",")) - {""},
    )


def ask_socket(base_url: str, app_token: str) -> None:
    """Ask for a Socket Mode address and throw it away; raises what a bad app token earns."""
    client = build_client(base_url, app_token, is_patient=True)
    read_answer(lambda: client.apps_connections_open(app_token=app_token))
