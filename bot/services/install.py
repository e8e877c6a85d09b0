"""A workspace joins or leaves.  Refuses to forget its facts: leaving only takes the key away."""

from dataclasses import dataclass

from bot.store.tables import Workspace
from bot.store.unit import Store


@dataclass(frozen=True)
class Joining:
    """What `auth.test` says of a workspace and of the bot in it; its token, if sealed, to keep."""

    enterprise_id: str
    team_id: str
    name: str
    bot_user: str
    sealed_token: str | None = None


def install_workspace(store: Store, joining: Joining) -> Workspace:
    """The workspace of `joining`, made when it is new; one that left comes back as it was."""
    found = store.find_workspace(joining.enterprise_id, joining.team_id)
    if found is None:
        return store.add_workspace(
            Workspace(
                enterprise_id=joining.enterprise_id,
                team_id=joining.team_id,
                name=joining.name,
                bot_user=joining.bot_user,
                settings=_keys(joining),
                created_at=store.clock.now(),
            )
        )
    with store.writing(found.id) as unit:
        kept = unit.workspace
        kept.bot_user = joining.bot_user
        others = {key: value for key, value in kept.settings.items() if key != "left"}
        kept.settings = {**others, **_keys(joining)}
    return kept


def remove_workspace(store: Store, workspace: Workspace) -> None:
    """The app was removed or its tokens revoked: no token is used for it any more."""
    with store.writing(workspace.id) as unit:
        kept = unit.workspace
        others = {key: value for key, value in kept.settings.items() if key != "sealed_token"}
        kept.settings = {**others, "left": True}
        unit.audit("slack", "workspace_left", workspace.team_id)


def _keys(joining: Joining) -> dict[str, str]:
    return {"sealed_token": joining.sealed_token} if joining.sealed_token else {}
