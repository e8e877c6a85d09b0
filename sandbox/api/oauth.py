"""oauth.v2.access: a code for a bot token."""

import secrets

from sandbox.api.call import Call, SlackError, method
from sandbox.kinds import Json
from sandbox.state.world import Token


@method("oauth.v2.access", tier="T4", kind="none")
def access(call: Call) -> Json:
    workspace = call.world.workspace
    app = workspace.app
    if call.args.text("client_id", app.client_id) != app.client_id:
        raise SlackError("invalid_client_id")
    if call.args.text("client_secret", app.client_secret) != app.client_secret:
        raise SlackError("bad_client_secret")
    asked = call.world.oauth_codes.pop(call.args.need("code"), None)
    if asked is None:
        raise SlackError("invalid_code")
    scopes = [each for each in asked.split(",") if each] or app.scopes
    value = f"xoxb-{secrets.token_hex(12)}"
    call.world.tokens[value] = Token(value, "bot", frozenset(scopes))
    installer = next(user for user in call.world.users.values() if not user.is_bot)
    return {
        "access_token": value,
        "token_type": "bot",
        "scope": ",".join(scopes),
        "bot_user_id": app.bot_user_id,
        "app_id": app.id,
        "team": {"id": workspace.team.id, "name": workspace.team.name},
        "enterprise": None,
        "authed_user": {"id": installer.id},
        "is_enterprise_install": False,
    }
