"""Opening, stacking, changing and closing forms and homes."""

from copy import deepcopy

from sandbox.kinds import Json
from sandbox.posting import with_ids
from sandbox.site.entries import initial_state
from sandbox.slack import Slack
from sandbox.state.views import View


def open_view(slack: Slack, user: str, content: Json, below: View | None = None) -> View:
    """Put a form on a person's stack; `below` is the form it lies on."""
    view_id = slack.world.new_id("V")
    root = below.root_id if below else view_id
    view = View(view_id, user, _named(content), root, below.id if below else None)
    view.state = initial_state(view.blocks)
    if below is None:
        slack.world.views.clear(user)
    slack.world.views.stack(user).append(view)
    slack.world.changed(user, {"what": "modal"})
    return view


def change_view(slack: Slack, view: View, content: Json) -> View:
    """Give a form or home new content; entries stay where block_id and action_id stay."""
    entered = view.state
    view.content = _named(content)
    view.revision += 1
    view.state = initial_state(view.blocks)
    for block_id, actions in view.state.items():
        for action_id in actions:
            if action_id in entered.get(block_id, {}):
                actions[action_id] = entered[block_id][action_id]
    what = "home" if view.kind == "home" else "modal"
    slack.world.changed(view.user, {"what": what})
    return view


def publish_home(slack: Slack, user: str, content: Json) -> View:
    """Show a home tab to a person; it keeps its id over time."""
    home = slack.world.views.homes.get(user)
    if home is not None:
        return change_view(slack, home, content)
    view_id = slack.world.new_id("V")
    home = View(view_id, user, _named(content), view_id)
    home.state = initial_state(home.blocks)
    slack.world.views.homes[user] = home
    slack.world.changed(user, {"what": "home"})
    return home


def _named(content: Json) -> Json:
    named = deepcopy(content)
    named["blocks"] = with_ids(named.get("blocks", [])) or []
    return named
