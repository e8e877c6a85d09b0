"""usergroups.*: the @groups of a workspace."""

from sandbox.api.call import Call, SlackError, method
from sandbox.kinds import Json
from sandbox.state.shapes import usergroup_json


@method("usergroups.list", "usergroups:read", tier="T2")
def list_groups(call: Call) -> Json:
    team = call.world.workspace.team.id
    shown = {name: call.args.flag(f"include_{name}") for name in ("users", "count", "disabled")}
    groups = [
        each for each in call.world.usergroups.values() if shown["disabled"] or not each.is_disabled
    ]
    return {
        "usergroups": [
            usergroup_json(each, team, with_users=shown["users"], with_count=shown["count"])
            for each in groups
        ]
    }


@method("usergroups.users.list", "usergroups:read", tier="T2")
def list_members(call: Call) -> Json:
    group = call.world.usergroups.get(call.args.need("usergroup"))
    if group is None or (group.is_disabled and not call.args.flag("include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}
