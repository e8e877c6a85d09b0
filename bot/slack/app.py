"""The Bolt application: acknowledges in time and hands everything on.  Refuses to think.

One listener a kind of payload, its keys taken from the registry at the moment of the request, so
that a new command needs no line here. What no longer exists is answered, not met with silence.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from re import compile as pattern
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult

from bot.core.refusal import Busy, Refusal
from bot.runner import Request, Runner, refused
from bot.slack import requests
from bot.slack.answers import Answers, Asked
from bot.slack.events import Events
from bot.slack.pool import Pool
from bot.slack.workspaces import WorkspaceBook
from bot.views.reply import CloseForm, FormErrors, Options, Reply, UpdateForm, UpdateHome

log = logging.getLogger(__name__)

# Slack waits three seconds for what must be inside the acknowledgement.
INSIDE_SECONDS = 2.0
ANY = pattern(".*")
Ack = Callable[..., Awaitable[Any]]
Json = dict[str, Any]


@dataclass
class Edge:
    """What the listeners need; `quick` opens forms while `pool` is busy thinking."""

    runner: Runner
    answers: Answers
    events: Events
    book: WorkspaceBook
    pool: Pool
    quick: Pool
    prefix: str = ""
    under_way: "set[asyncio.Future[Any]]" = field(default_factory=set)

    async def command(self, ack: Ack, body: Json) -> None:
        """A slash command: acknowledged first, answered by `response_url`."""
        await ack()
        self._begin(requests.read_command(body, self.runner.registry, self.prefix))

    async def action(self, ack: Ack, body: Json) -> None:
        """A button, menu or select; a button that is a link has been followed already."""
        await ack()
        if not body["actions"][0].get("url"):
            self._begin(requests.read_action(body, self.runner.registry))

    async def shortcut(self, ack: Ack, body: Json) -> None:
        """A shortcut opens a form."""
        await ack()
        self._begin(requests.read_shortcut(body))

    async def options(self, ack: Ack, body: Json) -> None:
        """Type-ahead: the answer is inside the acknowledgement."""
        reply = await self._inside(requests.read_options(body))
        found = reply.options if isinstance(reply, Options) else ()
        await ack(options=[_option(label, value) for label, value in found[:100]])

    async def submission(self, ack: Ack, body: Json) -> None:
        """A form: committed before it is acknowledged."""
        request = requests.read_submission(body)
        reply = await self._inside(request)
        await ack(**_form_answer(reply))
        if isinstance(reply, CloseForm | UpdateHome):
            self._later(self._asked(request), reply)

    async def event(self, ack: Ack, body: Json) -> None:
        """An event: kept before it is acknowledged."""
        if requests.is_for_us(body):
            await asyncio.to_thread(self.events.receive, body)
            work = self.events.wake(self.pool)
            if work is not None:
                self._hold(asyncio.wrap_future(work))
        await ack()

    async def settle(self) -> None:
        """Wait until everything begun so far has been said."""
        while self.under_way:
            await asyncio.gather(*self.under_way)

    def _begin(self, request: Request) -> None:
        self._hold(asyncio.get_running_loop().create_task(self._carry_out(request)))

    def _hold(self, work: "asyncio.Future[Any]") -> None:
        """Kept until it is done, so that it is neither collected nor forgotten at the end."""
        self.under_way.add(work)
        work.add_done_callback(self.under_way.discard)

    async def _carry_out(self, request: Request) -> None:
        asked = self._asked(request)
        deed = self.runner.find_deed(request)
        try:
            if deed is not None and deed.opens_form:
                asked = await self._with_open_form(asked)
            await asyncio.wrap_future(self.pool.submit(lambda: self._answer(asked)))
        except Busy as busy:
            reply = refused(request, self.runner.voice_of(request), busy)
            await asyncio.to_thread(self.answers.say, asked, reply)

    async def _with_open_form(self, asked: Asked) -> Asked:
        """The trigger lives three seconds, so a skeleton is opened before anything is asked."""

        def opened() -> Asked:
            view = self.runner.skeleton(asked.request)
            view_id = self.answers.open_form(asked, view)
            return Asked(asked.request, asked.workspace, view_id)

        return await asyncio.wrap_future(self.quick.submit(opened))

    def _answer(self, asked: Asked) -> None:
        self.answers.say(asked, self.runner.handle(asked.request))

    def _later(self, asked: Asked, reply: Reply) -> None:
        """Said after the acknowledgement, which has closed the form."""

        saying = asyncio.to_thread(self.answers.say, asked, reply)
        self._hold(asyncio.get_running_loop().create_task(saying))

    async def _inside(self, request: Request) -> Reply:
        """The reply within Slack's patience, else a request to send it again."""
        try:
            work = self.pool.submit(lambda: self.runner.handle(request))
            return await asyncio.wait_for(asyncio.wrap_future(work), INSIDE_SECONDS)
        except Busy as busy:
            return refused(request, self.runner.voice_of(request), busy)
        except TimeoutError:
            late = Refusal("still_working")
            return refused(request, self.runner.voice_of(request), late)

    def _asked(self, request: Request) -> Asked:
        return Asked(request, self.book.get(*request.team))


def build_app(edge: Edge, signing_secret: str | None) -> AsyncApp:
    """The application; without a secret only requests that came by Socket Mode are taken."""
    app = AsyncApp(
        name="sakidori",
        signing_secret=signing_secret,
        authorize=_authorize(edge.book),
        process_before_response=True,
        request_verification_enabled=True,
    )
    app.command(ANY)(edge.command)
    app.action(ANY)(edge.action)
    app.options(ANY)(edge.options)
    app.view(ANY)(edge.submission)
    app.shortcut(ANY)(edge.shortcut)
    app.event(ANY)(edge.event)
    return app


def _authorize(book: WorkspaceBook) -> Callable[..., Awaitable[Any]]:
    async def authorize(
        context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None
    ) -> AuthorizeResult | None:
        return book.authorize(enterprise_id or "", team_id or "")

    return authorize


def _option(label: str, value: str) -> Json:
    return {"text": {"type": "plain_text", "text": label[:75]}, "value": value[:150]}


def _form_answer(reply: Reply) -> Json:
    match reply:
        case FormErrors(errors=errors):
            return {"response_action": "errors", "errors": dict(errors)}
        case UpdateForm(view=view):
            return {"response_action": "update", "view": view}
        case _:
            return {}
