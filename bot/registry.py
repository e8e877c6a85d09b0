"""Finds commands, buttons, forms, events and jobs. A new one is a new file and no edit elsewhere.

Decorators only attach a declaration to the function; nothing is registered at import. `load`
walks the packages in name order and refuses two declarations of the same key.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from bot.core.slots import Daily, Rule
from bot.core.vocabulary import Role

if TYPE_CHECKING:
    from bot.ask import Ask, JobTurn, Where
    from bot.store.tables import Workspace
    from bot.views.reply import Post, Reply

# Sales, support and the rest may look; facts are written by those who answer for accounts.
EVERYBODY = frozenset(Role)
CS_TEAM = frozenset({Role.CSM, Role.LEAD, Role.MANAGER, Role.OPS, Role.ONBOARDING, Role.RENEWAL})
LEADERS = frozenset({Role.LEAD, Role.MANAGER, Role.OPS})
OPS = frozenset({Role.OPS})

Handler = Callable[["Ask"], "Reply"]
JobHandler = Callable[["JobTurn"], "list[Post]"]
Concern = Callable[["Workspace", str, "Where", str], bool]
F = TypeVar("F", bound=Callable[..., Any])

DECLARED = "__sakidori__"


@dataclass(frozen=True)
class Deed:
    """Something a person can do: `kind` is command, button, form, options, shortcut, home or event.

    `key` is the command's word, the action_id, the callback_id or the event's type.
    `help` names the block of templates/help.*.j2 that tells what it does (commands only).
    `concerns` tells by workspace, Slack id, place and value whether it is our business at all; what
    is not is passed over in silence, before anybody is recognised or refused. `is_hushed` passes
    over those without the role as well: they meant something else by it.
    """

    kind: str
    key: str
    run: Handler
    roles: frozenset[Role]
    slash: str | None = None
    opens_form: bool = False
    of_message: bool = False
    # A command that opens its form when given alone, and answers what stands behind its word.
    answers_text: bool = False
    concerns: Concern | None = None
    is_hushed: bool = False

    def opens_for(self, text: str) -> bool:
        """Whether a form is opened for a request with this text behind its word."""
        return self.opens_form and not (self.answers_text and text.strip())


@dataclass(frozen=True)
class Job:
    """Something the clock does: one run a slot and audience."""

    name: str
    rule: Rule
    audience: str  # member, workspace
    grace: timedelta
    run: JobHandler
    # A member's own time of day replaces the rule's, where the person has set one.
    own_time: bool = False
    # So does the end of their office hours.
    at_closing: bool = False
    roles: frozenset[Role] = EVERYBODY
    # It has words of its own for ops when it breaks; else the runner has.
    tells_own_failure: bool = False

    def rule_for(self, digest_time: time, closes: time) -> Rule:
        """The rule as it holds for a member with these settings."""
        if not isinstance(self.rule, Daily) or not (self.own_time or self.at_closing):
            return self.rule
        return replace(self.rule, at=digest_time if self.own_time else closes)


@dataclass(frozen=True)
class Registry:
    """All deeds and jobs, by what they answer to."""

    deeds: dict[tuple[str, str], Deed] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)

    def find(self, kind: str, key: str) -> Deed | None:
        """The deed declared under `kind` and `key`, or None."""
        return self.deeds.get((kind, key))

    def commands(self) -> list[Deed]:
        """All commands, in the order of their words."""
        return [deed for (kind, _), deed in sorted(self.deeds.items()) if kind == "command"]


def _deed(kind: str, key: str, roles: Iterable[Role], **more: Any) -> Callable[[F], F]:
    def declare(run: F) -> F:
        made = Deed(kind=kind, key=key, run=run, roles=frozenset(roles), **more)
        run.__dict__.setdefault(DECLARED, []).append(made)
        return run

    return declare


def command(
    word: str,
    *,
    roles: Iterable[Role] = EVERYBODY,
    slash: str | None = None,
    opens_form: bool = False,
    answers_text: bool = False,
) -> Callable[[F], F]:
    """`/sakidori WORD …`, the word in a direct message, and `slash` as a command of its own."""
    how = {"opens_form": opens_form, "answers_text": answers_text}
    return _deed("command", word, roles, slash=slash, **how)


def button(
    action_id: str, *, roles: Iterable[Role] = EVERYBODY, opens_form: bool = False
) -> Callable[[F], F]:
    """A button, a menu's entry or a select; `opens_form` has the edge open a skeleton first."""
    return _deed("button", action_id, roles, opens_form=opens_form)


def form(callback_id: str, *, roles: Iterable[Role] = EVERYBODY) -> Callable[[F], F]:
    """A submitted form; committed before it is acknowledged."""
    return _deed("form", callback_id, roles)


def options(action_id: str, *, roles: Iterable[Role] = EVERYBODY) -> Callable[[F], F]:
    """The answers of a type-ahead field."""
    return _deed("options", action_id, roles)


def shortcut(
    callback_id: str, *, roles: Iterable[Role] = EVERYBODY, of_message: bool = False
) -> Callable[[F], F]:
    """A shortcut of the lightning menu, or of a message; always opens a form."""
    return _deed("shortcut", callback_id, roles, opens_form=True, of_message=of_message)


def event(
    kind: str,
    *,
    roles: Iterable[Role] = EVERYBODY,
    concerns: Concern | None = None,
    is_hushed: bool = False,
) -> Callable[[F], F]:
    """An event of Slack, taken from the inbox; where it does not concern us nobody hears a word."""
    return _deed("event", kind, roles, concerns=concerns, is_hushed=is_hushed)


def job(
    name: str,
    rule: Rule,
    *,
    audience: str,
    grace: timedelta,
    own_time: bool = False,
    at_closing: bool = False,
    roles: Iterable[Role] = EVERYBODY,
    tells_own_failure: bool = False,
) -> Callable[[F], F]:
    """A job: `audience` member makes one run per active member with one of `roles`."""

    def declare(run: F) -> F:
        held = (own_time, at_closing, frozenset(roles), tells_own_failure)
        made = Job(name, rule, audience, grace, run, *held)
        run.__dict__.setdefault(DECLARED, []).append(made)
        return run

    return declare


def morning_job(name: str, *, roles: Iterable[Role]) -> Callable[[F], F]:
    """A job for each member with one of `roles`, at their own digest time on business days.

    Whoever has chosen none reads at 08:30; four hours later it is morning no more.
    """
    return job(
        name,
        Daily(time(8, 30)),
        audience="member",
        grace=timedelta(hours=4),
        own_time=True,
        roles=roles,
    )


def list_modules(package: ModuleType) -> list[ModuleType]:
    """The modules of `package`, imported, in name order."""
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def load(*packages: ModuleType) -> Registry:
    """Collect every declaration of `packages`; a key declared twice is refused."""
    registry = Registry()
    for package in packages:
        for module in list_modules(package):
            _collect(registry, module)
    return registry


@cache
def whole() -> Registry:
    """Everything the house knows to do, for those who tell people about it."""
    return load(*(importlib.import_module(name) for name in ("bot.commands", "bot.jobs")))


def _collect(registry: Registry, module: ModuleType) -> None:
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) != module.__name__:
            continue
        for made in getattr(value, DECLARED, ()):
            _put(registry, made)


def _put(registry: Registry, made: Deed | Job) -> None:
    key = made.name if isinstance(made, Job) else (made.kind, made.key)
    kept: dict[Any, Any] = registry.jobs if isinstance(made, Job) else registry.deeds
    if key in kept:
        raise ValueError(f"{key} is declared twice")
    kept[key] = made
