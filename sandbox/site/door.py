"""Reading the page's requests: who acts, where, on what; refused in words the page can show."""

from dataclasses import dataclass

from starlette.requests import Request

from sandbox.kinds import Json
from sandbox.slack import Slack
from sandbox.spec import Channel
from sandbox.state.messages import Message
from sandbox.state.views import View


class PageError(Exception):
    """A request the page should not have made; answered with status 400."""


@dataclass(frozen=True)
class Visit:
    """One request of the page: `user` acts, `body` is what they did."""

    slack: Slack
    user: str
    body: Json

    @property
    def channel(self) -> Channel:
        """The channel of the request, if this person can see it."""
        found = self.slack.world.channels.get(str(self.body.get("channel")))
        if found is None or not self.slack.world.can_see(self.user, found):
            raise PageError(f"{self.user} sees no channel {self.body.get('channel')}")
        return found

    def message(self, channel: str, ts: str) -> Message:
        found = self.slack.world.messages.find(channel, ts)
        if found is None or found.ephemeral_for not in (None, self.user):
            raise PageError(f"{self.user} sees no message {ts} in {channel}")
        return found

    def view(self, view_id: str | None) -> View:
        """An open form of this person; without an id the topmost."""
        views = self.slack.world.views
        found = views.find(view_id) if view_id else views.top(self.user)
        if found is None or found.user != self.user:
            raise PageError(f"{self.user} has no open form {view_id or ''}".rstrip())
        return found


async def read_visit(request: Request) -> Visit:
    """Who acts and what they sent, from the address or a JSON body."""
    slack: Slack = request.app.state.slack
    body: Json = dict(request.query_params)
    if request.method == "POST":
        body |= await request.json()
    user = str(body.get("as", ""))
    known = slack.world.users.get(user)
    if known is None or known.is_bot:
        raise PageError(f"no such person: {user or '(none)'}")
    return Visit(slack, user, body)
