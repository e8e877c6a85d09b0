"""Says replies where they belong.  Each is said at most once: a lost one is not repeated."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.say import Say
from bot.runner import Request
from bot.slack.fallbacks import send_with_fallbacks
from bot.slack.line import Line, SlackRefused, Unclear
from bot.store.tables import Workspace
from bot.store.unit import Store
from bot.views.notices import build_notice_form
from bot.views.reply import (
    Block,
    CloseForm,
    Message,
    OpenForm,
    Private,
    Reply,
    UpdateForm,
    UpdateHome,
    View,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """Where an answer may go: what was asked, and the form the edge has opened for it."""

    request: Request
    workspace: Workspace
    opened_view: str | None = None


@dataclass
class Answers:
    """Says replies over the line."""

    line: Line
    store: Store
    voice_of: Callable[[Request], Say]
    _direct: dict[tuple[int, str], str] = field(default_factory=dict)

    def say(self, asked: Asked, reply: Reply) -> None:
        """Say `reply`; what Slack does not take is logged, since nobody is left to tell."""
        try:
            self._say(asked, reply)
        except (SlackRefused, Unclear) as problem:
            log.warning(
                "reply not taken: %s", problem, extra={"action": type(reply).__name__.lower()}
            )

    def open_form(self, asked: Asked, view: View) -> str | None:
        """Open `view` with the trigger of the request; its id, or None where Slack refused."""
        body = asked.request.body
        is_in_form = asked.request.where.kind == "form"
        method = "views.push" if is_in_form else "views.open"
        try:
            answer = self.line.do(
                asked.workspace, method, trigger_id=body.get("trigger_id"), view=view
            )
        except (SlackRefused, Unclear) as problem:
            log.warning("form not opened: %s", problem, extra={"action": method})
            return None
        return str(answer["view"]["id"])

    def _say(self, asked: Asked, reply: Reply) -> None:
        match reply:
            case Private(message=message) if asked.opened_view:
                self._fill(asked, self._as_form(asked, message))
            case Private(message=message, replaces=replaces):
                self._privately(asked, message, replaces)
            case OpenForm(view=view) | UpdateForm(view=view):
                self._fill(asked, view)
            case UpdateHome(view=view, message=message):
                self._publish(asked, view)
                if message:
                    self._directly(asked, message)
            case CloseForm(message=message) if message:
                self._directly(asked, message)
            case _:
                pass

    def _privately(self, asked: Asked, message: Message, replaces: bool) -> None:
        url = asked.request.body.get("response_url")
        if not isinstance(url, str) or not url:
            self._directly(asked, message)
            return
        how = {"replace_original": True} if replaces else {"response_type": "ephemeral"}
        thread = asked.request.where.thread_ts
        more = {"thread_ts": thread} if thread and not replaces else {}

        def send(blocks: list[Block]) -> None:
            self.line.respond(url, {"text": message.text, "blocks": blocks, **how, **more})

        send_with_fallbacks(self.store, asked.workspace.id, message.blocks, send)

    def _directly(self, asked: Asked, message: Message) -> None:
        """As an ordinary message in the person's direct message with the bot."""
        where = asked.request.where
        channel = where.channel if where.kind == "im" and where.channel else self._dm(asked)

        def send(blocks: list[Block]) -> None:
            self.line.do(
                asked.workspace,
                "chat.postMessage",
                channel=channel,
                text=message.text,
                blocks=blocks,
                unfurl_links=False,
            )

        send_with_fallbacks(self.store, asked.workspace.id, message.blocks, send)

    def _dm(self, asked: Asked) -> str:
        key = (asked.workspace.id, asked.request.slack_user)
        if key not in self._direct:
            answer = self.line.do(asked.workspace, "conversations.open", users=key[1])
            self._direct[key] = str(answer["channel"]["id"])
        return self._direct[key]

    def _as_form(self, asked: Asked, message: Message) -> View:
        """A private message where a form has been opened already: said inside it."""
        notice = build_notice_form(self.voice_of(asked.request), message.text)
        return {**notice, "blocks": list(message.blocks) or notice["blocks"]}

    def _fill(self, asked: Asked, view: View) -> None:
        target = {"view_id": asked.opened_view} if asked.opened_view else _open_view(asked.request)
        if not target:
            return

        def send(blocks: list[Block]) -> None:
            filled = {**view, "blocks": blocks}
            self.line.do(asked.workspace, "views.update", view=filled, **target)

        send_with_fallbacks(self.store, asked.workspace.id, view["blocks"], send)

    def _publish(self, asked: Asked, view: View) -> None:
        user = asked.request.slack_user
        seen = _seen_home(asked.request)

        def send(blocks: list[Block]) -> None:
            home = {**view, "blocks": blocks}
            self.line.do(asked.workspace, "views.publish", user_id=user, view=home, **seen)

        send_with_fallbacks(self.store, asked.workspace.id, view["blocks"], send)


def _open_view(request: Request) -> dict[str, str]:
    """The form a button was pressed in, as it looked then: a newer state is not overwritten."""
    view = request.body.get("view")
    if not isinstance(view, dict) or view.get("type") != "modal":
        return {}
    return {"view_id": view["id"], "hash": view["hash"]}


def _seen_home(request: Request) -> dict[str, str]:
    """The hash of the App Home a button was pressed in; two clicks must not undo each other."""
    view = request.body.get("view")
    is_home = isinstance(view, dict) and view.get("type") == "home"
    return {"hash": view["hash"]} if is_home and isinstance(view, dict) else {}
