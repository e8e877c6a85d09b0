"""users.*: people and the conversations they are in."""

from sandbox.api.call import Call, SlackError, method
from sandbox.api.conversations import KINDS, wanted_kinds
from sandbox.api.paging import page_of
from sandbox.kinds import Json
from sandbox.spec import User
from sandbox.state.shapes import channel_json, profile_json, user_json

_EMAIL = "users:read.email"


@method("users.info", "users:read", tier="T4")
def info(call: Call) -> Json:
    return {"user": _shown(call, _user(call))}


@method("users.list", "users:read", tier="T2")
def list_users(call: Call) -> Json:
    members, metadata = page_of(call, list(call.world.users.values()), 200, 1000)
    return {
        "members": [_shown(call, each) for each in members],
        "cache_ts": int(call.world.clock.now().timestamp()),
        "response_metadata": metadata,
    }


@method("users.lookupByEmail", _EMAIL, tier="T3")
def lookup_by_email(call: Call) -> Json:
    wanted = call.args.need("email").lower()
    for user in call.world.users.values():
        if user.email.lower() == wanted and not user.deleted:
            return {"user": _shown(call, user)}
    raise SlackError("users_not_found")


@method("users.profile.get", "users.profile:read", tier="T4")
def get_profile(call: Call) -> Json:
    return {"profile": profile_json(_user(call), _EMAIL in call.token.scopes)}


@method("users.conversations", *KINDS.values(), tier="T2")
def conversations(call: Call) -> Json:
    """Conversations of the bot, or those of a person the bot can know of."""
    kinds = wanted_kinds(call)
    member = call.args.text("user") or call.world.workspace.app.bot_user_id
    if member not in call.world.users:
        raise SlackError("user_not_found")
    found = [
        each
        for each in call.world.channels.values()
        if member in each.members
        and each.kind in kinds
        and (each.kind == "public" or call.world.is_bot_in(each))
        and not (each.is_archived and call.args.flag("exclude_archived"))
    ]
    channels, metadata = page_of(call, found, 100, 999)
    shown = [channel_json(call.world, each) for each in channels]
    return {"channels": shown, "response_metadata": metadata}


def _user(call: Call) -> User:
    found = call.world.users.get(call.args.need("user"))
    if found is None:
        raise SlackError("user_not_found")
    return found


def _shown(call: Call, user: User) -> Json:
    return user_json(
        call.world,
        user,
        with_email=_EMAIL in call.token.scopes,
        with_locale=call.args.flag("include_locale"),
    )
