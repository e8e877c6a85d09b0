"""Which workspaces may speak to us, and with which token we answer.  Believed for a minute."""

from dataclasses import dataclass, field

from slack_bolt.authorization import AuthorizeResult

from bot.slack.tokens import Tokens
from bot.store.tables import Workspace
from bot.store.unit import Store

BELIEVED_SECONDS = 60.0
Key = tuple[str, str]


@dataclass
class WorkspaceBook:
    """Workspaces by Slack's own key, without a query for each request."""

    store: Store
    tokens: Tokens
    known: dict[Key, tuple[float, Workspace]] = field(default_factory=dict)

    def find(self, enterprise_id: str, team_id: str) -> Workspace | None:
        """The workspace, or None when it never joined; a stranger is looked up every time."""
        now = self.store.clock.elapsed()
        kept = self.known.get((enterprise_id, team_id))
        if kept and now - kept[0] < BELIEVED_SECONDS:
            return kept[1]
        found = self.store.find_workspace(enterprise_id, team_id)
        if found:
            self.known[(enterprise_id, team_id)] = (now, found)
        return found

    def get(self, enterprise_id: str, team_id: str) -> Workspace:
        """The workspace; raises LookupError when it never joined."""
        found = self.find(enterprise_id, team_id)
        if found is None:
            raise LookupError(f"workspace {team_id} never joined")
        return found

    def authorize(self, enterprise_id: str, team_id: str) -> AuthorizeResult | None:
        """Bolt's question, answered alike for a single token and for stored ones."""
        workspace = self.find(enterprise_id, team_id)
        token = self.tokens.find(workspace) if workspace else None
        if workspace is None or token is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id or None,
            team_id=team_id,
            bot_user_id=workspace.bot_user,
            bot_token=token,
        )

    def forget(self, workspace: Workspace) -> None:
        """Look the workspace up again next time."""
        self.known.pop((workspace.enterprise_id, workspace.team_id), None)
