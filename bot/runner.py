"""The way of one request: person, role, deed, reply.  Refusals and faults become sentences here.

Knows no Slack: the edge makes a `Request` of whatever came in and says the `Answer`.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.ask import Ask, Field, Person, Where
from bot.core.refusal import NotAllowed, Refusal
from bot.core.say import Say
from bot.errors import reference_of
from bot.registry import Deed, Registry
from bot.services.people import find_member, list_ops_names, recognise
from bot.services.ports import Ports
from bot.store.tables import Workspace
from bot.store.unit import Store
from bot.texts import Texts
from bot.views.notices import (
    build_notice_form,
    build_notice_home,
    build_refusal,
    build_skeleton,
    render_refusal,
)
from bot.views.reply import (
    FormErrors,
    Options,
    Private,
    Quiet,
    Reply,
    UpdateForm,
    UpdateHome,
    View,
)

log = logging.getLogger(__name__)

# Where a button to choose one of several accounts leads, unless a command was being given.
LOOK = "health"


@dataclass(frozen=True)
class Request:
    """What came in, in the words of the registry: `kind` and `key` name the deed.

    `first_field` is the block_id of an open form's first input, where a refusal can be shown.
    """

    kind: str
    key: str
    team: tuple[str, str]
    slack_user: str
    text: str = ""
    value: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    where: Where = field(default_factory=Where)
    body: Mapping[str, object] = field(default_factory=dict)
    first_field: str | None = None


@dataclass(frozen=True)
class Runner:
    """Answers requests; one for the process, used by many threads."""

    store: Store
    registry: Registry
    texts: Texts
    ports_of: Callable[[int], Ports]
    ops: str | None = None

    def find_deed(self, request: Request) -> Deed | None:
        """The deed a request calls, or None when there is no such deed (any more)."""
        return self.registry.find(request.kind, request.key)

    def handle(self, request: Request) -> Reply:
        """The reply to `request`; never raises for what people or our own code do wrong."""
        workspace = self.store.find_workspace(*request.team)
        if workspace is None:
            raise LookupError(f"no workspace {request.team}")
        if self.is_passed_over(request, workspace):
            return Quiet()
        say: Say = self.texts.speak(workspace.locale)
        try:
            facts = self.ports_of(workspace.id).directory.get_person(request.slack_user)
            say = self.texts.speak(facts.locale or workspace.locale)
            person = recognise(self.store, workspace, facts, self.ops)
            say = self.texts.speak(person.locale)
            return self._run(request, workspace, person, say)
        except Refusal as refusal:
            return refused(request, say, refusal)
        except Exception as problem:  # noqa: BLE001  the person is owed a sentence, the log a trace
            reference = reference_of(problem, deed=f"{request.kind}:{request.key}")
            return refused(request, say, Refusal("fault", reference=reference))

    def is_passed_over(self, request: Request, workspace: Workspace) -> bool:
        """Whether the request is nobody's business here and is met with silence."""
        deed = self.find_deed(request)
        if deed is None or deed.concerns is None:
            return False
        where, value = request.where, request.value
        if not deed.concerns(workspace, request.slack_user, where, value):
            return True
        return deed.is_hushed and not self._has_role(deed, request, workspace)

    def _has_role(self, deed: Deed, request: Request, workspace: Workspace) -> bool:
        with self.store.reading(workspace.id) as unit:
            member = find_member(unit, request.slack_user)
            return member is not None and not deed.roles.isdisjoint(member.roles)

    def skeleton(self, request: Request) -> View:
        """What an opening form shows at once; needs no answer of Slack."""
        return build_skeleton(self.voice_of(request))

    def voice_of(self, request: Request) -> Say:
        """The voice for a person known by Slack id alone, without asking Slack."""
        workspace = self.store.find_workspace(*request.team)
        if workspace is None:
            raise LookupError(f"no workspace {request.team}")
        with self.store.reading(workspace.id) as unit:
            member = find_member(unit, request.slack_user)
        return self.texts.speak((member.locale if member else None) or workspace.locale)

    def _run(self, request: Request, workspace: Workspace, person: Person, say: Say) -> Reply:
        deed = self.find_deed(request)
        if deed is None:
            raise Refusal("no_such_action")
        self._admit(deed, person, workspace)
        log.info("deed", extra={"action": f"{request.kind}:{request.key}", "by": person.member_id})
        try:
            return deed.run(self._ask(request, workspace, person, say))
        except NotAllowed as refusal:
            raise self._closer(refusal, person, workspace) from refusal

    def _admit(self, deed: Deed, person: Person, workspace: Workspace) -> None:
        """A deed without roles is open to every full member, also to those without a role."""
        if not deed.roles or person.roles & deed.roles:
            return
        raise self._closer(NotAllowed(), person, workspace)

    def _closer(self, refusal: NotAllowed, person: Person, workspace: Workspace) -> NotAllowed:
        """Somebody without any role is told who can give one."""
        if person.roles or refusal.code != NotAllowed.usual_code:
            return refusal
        with self.store.reading(workspace.id) as unit:
            return NotAllowed("unknown_person", ops=list_ops_names(unit))

    def _ask(self, request: Request, workspace: Workspace, person: Person, say: Say) -> Ask:
        ports = self.ports_of(workspace.id)
        return Ask(
            person=person,
            workspace_id=workspace.id,
            store=self.store,
            say=say,
            at=self.store.clock.now(),
            where=_with_facts(request.where, ports),
            ports=ports,
            text=request.text,
            value=request.value,
            fields=request.fields,
            carried=request.carried,
            body=request.body,
        )


def _with_facts(where: Where, ports: Ports) -> Where:
    """In doubt whether strangers read along (a channel we cannot see), they do."""
    if where.is_direct or where.channel is None:
        return where
    try:
        facts = ports.directory.get_channel(where.channel)
    except Refusal:
        return replace(where, is_shared_outside=True)
    return replace(where, kind=facts.kind, is_shared_outside=facts.is_shared_outside)


def refused(request: Request, say: Say, refusal: Refusal) -> Reply:
    """A refusal in the form the asked-from surface can show."""
    match request.kind:
        case "options":
            return Options(())
        case "form":
            return _refused_form(request, say, refusal)
        case "event" if request.key == "app_home_opened":
            return UpdateHome(build_notice_home(render_refusal(say, refusal)))
        case "command":
            return Private(build_refusal(say, refusal, request.key))
        case _:
            return Private(build_refusal(say, refusal, LOOK))


def _refused_form(request: Request, say: Say, refusal: Refusal) -> Reply:
    """Below the field it is about, else below the first one: what was typed is not lost."""
    text = render_refusal(say, refusal)
    about = refusal.params.get("field", request.first_field)
    if isinstance(about, str):
        return FormErrors({about: text})
    return UpdateForm(build_notice_form(say, text))
