"""auth.*, api.test, apps.connections.open, team.info, bots.info."""

import secrets

from sandbox.api.call import Call, SlackError, method
from sandbox.kinds import Json


@method("api.test", tier="T4", kind="none")
def api_test(call: Call) -> Json:
    if call.args.has("error"):
        raise SlackError(call.args.text("error"), args=call.args.values)
    return {"args": call.args.values}


@method("auth.test", tier="free", kind="any")
def auth_test(call: Call) -> Json:
    workspace = call.world.workspace
    if call.token.kind == "app":
        return {"app_name": workspace.app.name, "app_id": workspace.app.id}
    return {
        "url": f"{call.slack.base_url}/",
        "team": workspace.team.name,
        "user": workspace.app.name.lower(),
        "team_id": workspace.team.id,
        "user_id": workspace.app.bot_user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", "connections:write", tier="T1", kind="app")
def connections_open(call: Call) -> Json:
    ticket = secrets.token_hex(16)
    call.slack.courier.sockets.tickets.add(ticket)
    socket_url = call.slack.base_url.replace("http", "ws", 1)
    return {"url": f"{socket_url}/link/?ticket={ticket}&app_id={call.world.workspace.app.id}"}


@method("auth.revoke", tier="T3")
def auth_revoke(call: Call) -> Json:
    if call.args.flag("test"):
        return {"revoked": False}
    call.token.is_revoked = True
    return {"revoked": True}


@method("team.info", "team:read", tier="T3")
def team_info(call: Call) -> Json:
    team = call.world.workspace.team
    url = f"{call.slack.base_url}/"
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "url": url}}


@method("bots.info", "users:read", tier="T3")
def bots_info(call: Call) -> Json:
    app = call.world.workspace.app
    if call.args.text("bot", app.bot_id) != app.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user_id, "name": app.name}
    return {"bot": {**bot, "deleted": False, "updated": 0, "icons": {}}}
