"""The Bolt application: acknowledges in time and hands everything on.  Refuses to think.

One listener a kind of payload, its keys taken from the registry at the moment of the request, so
that a new command needs no line here. What no longer exists is answered, not met with silence.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from re import compile as pattern
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult

from bot.core.refusal import Busy, Refusal
from bot.core.say import Say
from bot.runner import Request, Runner, refused
from bot.slack import requests
from bot.slack.answers import Answers, Asked
from bot.slack.events import Events
from bot.slack.pool import Pool
from bot.slack.workspaces import WorkspaceBook
from bot.views.notices import render_refusal
from bot.views.reply import CloseForm, FormErrors, Options, Reply, UpdateForm, UpdateHome

log = logging.getLogger(__name__)

# Slack waits three seconds for what must be inside the acknowledgement.
INSIDE_SECONDS = 2.0
SETTLE_SECONDS = 0.01
ANY = pattern(".*")
Ack = Callable[..., Awaitable[Any]]
Json = dict[str, Any]
Application = AsyncApp


@dataclass
class Edge:
    """What the listeners need; `quick` opens forms while `pool` is busy thinking.

    What must be inside an acknowledgement has `inside_seconds` to come.
    """

    runner: Runner
    answers: Answers
    events: Events
    book: WorkspaceBook
    pool: Pool
    quick: Pool
    prefix: str = ""
    inside_seconds: float = INSIDE_SECONDS

    async def command(self, ack: Ack, body: Json) -> None:
        """A slash command, answered by `response_url`; a full queue is told inside the ack."""
        request = requests.read_command(body, self.runner.registry, self.prefix)
        try:
            self._begin(request)
        except Busy as busy:
            await ack(text=render_refusal(self._plain_voice(request), busy))
        else:
            await ack()

    async def action(self, ack: Ack, body: Json) -> None:
        """A button, menu or select; a button that is a link has been followed already."""
        await ack()
        if not body["actions"][0].get("url"):
            self._begin_or_say_busy(requests.read_action(body, self.runner.registry))

    async def shortcut(self, ack: Ack, body: Json) -> None:
        """A shortcut opens a form."""
        await ack()
        self._begin_or_say_busy(requests.read_shortcut(body))

    async def options(self, ack: Ack, body: Json) -> None:
        """Type-ahead: the answer is inside the acknowledgement."""
        reply = await self._inside(requests.read_options(body))
        found = reply.options if isinstance(reply, Options) else ()
        await ack(options=[_option(label, value) for label, value in found[:100]])

    async def submission(self, ack: Ack, body: Json) -> None:
        """A form: committed before it is acknowledged; what lies outside of it is said after."""
        request = requests.read_submission(body)
        reply = await self._inside(request)
        await ack(**_form_answer(reply))
        if isinstance(reply, CloseForm | UpdateHome):
            self._say_soon(self._asked(request), reply)

    async def event(self, ack: Ack, body: Json) -> None:
        """An event: kept before it is acknowledged."""
        if requests.is_for_us(body):
            await asyncio.to_thread(self.events.receive, body)
            self.events.wake(self.pool)
        await ack()

    @property
    def is_busy(self) -> bool:
        """Whether anything is being worked on or waits for it."""
        # In this order: what opens a form moves on from the quick threads to the others.
        return bool(self.quick.load or self.pool.load)

    async def settle(self) -> None:
        """Wait until everything begun so far has been said."""
        while self.is_busy:
            await asyncio.sleep(SETTLE_SECONDS)

    def _begin(self, request: Request) -> None:
        """Have it worked soon; raises `Busy`. The trigger of a form lives three seconds, so a
        skeleton is opened by other threads than those that may be thinking."""
        asked = self._asked(request)
        deed = self.runner.find_deed(request)
        if deed is not None and deed.opens_for(request.text):
            self.quick.submit(lambda: self._open_and_begin(asked))
        else:
            self.pool.submit(lambda: self._answer(asked))

    def _begin_or_say_busy(self, request: Request) -> None:
        try:
            self._begin(request)
        except Busy as busy:
            reply = refused(request, self._plain_voice(request), busy)
            self._say_soon(self._asked(request), reply)

    def _open_and_begin(self, asked: Asked) -> None:
        view = self.runner.skeleton(asked.request)
        form = self.answers.open_form(asked, view)
        opened = replace(asked, opened_view=form)
        try:
            if form is None:
                raise Refusal("form_not_opened")
            self.pool.submit(lambda: self._answer(opened))
        except Refusal as refusal:
            say = self._plain_voice(asked.request)
            self.answers.say(opened, refused(asked.request, say, refusal))

    def _answer(self, asked: Asked) -> None:
        self.answers.say(asked, self.runner.handle(asked.request))

    def _say_soon(self, asked: Asked, reply: Reply) -> None:
        """Said after the acknowledgement; past the second queue there is nobody left to say it."""
        try:
            self.quick.submit(lambda: self.answers.say(asked, reply))
        except Busy:
            log.warning("too busy to say so", extra={"action": "busy"})

    async def _inside(self, request: Request) -> Reply:
        """The reply within Slack's patience, else a request to send it again."""
        say = self._plain_voice(request)
        try:
            work = self.pool.submit(lambda: self.runner.handle(request))
            return await asyncio.wait_for(asyncio.wrap_future(work), self.inside_seconds)
        except Busy as busy:
            return refused(request, say, busy)
        except TimeoutError:
            return refused(request, say, Refusal("still_working"))

    def _asked(self, request: Request) -> Asked:
        return Asked(request, self.book.get(*request.team))

    def _plain_voice(self, request: Request) -> Say:
        """The workspace's language: the person's needs a query, and this loop must not wait."""
        return self.runner.texts.speak(self.book.get(*request.team).locale)


def build_app(edge: Edge, signing_secret: str | None) -> AsyncApp:
    """The application; without a secret only requests that came by Socket Mode are taken."""
    app = AsyncApp(
        name="sakidori",
        logger=_quiet_logger(),
        signing_secret=signing_secret,
        authorize=_authorize(edge.book),
        process_before_response=True,
        request_verification_enabled=True,
        # Workflow steps and the certificate check of old are not ours; each costs every request.
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.command(ANY)(edge.command)
    app.action(ANY)(edge.action)
    app.options(ANY)(edge.options)
    app.view(ANY)(edge.submission)
    app.shortcut(ANY)(edge.shortcut)
    app.event(ANY)(edge.event)
    return app


def _quiet_logger() -> logging.Logger:
    """Bolt warns at each start that a token in the environment is not read; errors stay."""
    logger = logging.getLogger("slack_bolt.sakidori")
    logger.setLevel(logging.ERROR)
    return logger


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
