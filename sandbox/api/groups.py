"""usergroups.*: the @groups of a workspace."""

from sandbox.api.call import Call, SlackError, method
from sandbox.kinds import Json
from sandbox.state.shapes import usergroup_json


@method("usergroups.list", "usergroups:read", tier="T2")
def list_groups(call: Call) -> Json:
    team = call.world.workspace.team.id
    with_users = call.args.flag("include_users")
    groups = call.world.usergroups.values()
    return {"usergroups": [usergroup_json(each, team, with_users) for each in groups]}


@method("usergroups.users.list", "usergroups:read", tier="T2")
def list_members(call: Call) -> Json:
    group = call.world.usergroups.get(call.args.need("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}
