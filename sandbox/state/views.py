"""Forms and home tabs as each person sees them."""

import hashlib
import json
from dataclasses import dataclass, field

from sandbox.kinds import Json

MODAL_STACK = 3
"""Slack shows at most three stacked forms."""


@dataclass
class View:
    """One opened form or home tab; `content` is the payload as the bot sent it."""

    id: str
    user: str
    content: Json
    root_id: str
    previous_id: str | None = None
    revision: int = 0
    state: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.content.get("blocks", []))

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id") or "")

    @property
    def hash(self) -> str:
        """Changes with every revision; a stale one is refused with `hash_conflict`."""
        seen = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        return f"{self.revision}.{hashlib.sha256(seen.encode()).hexdigest()[:8]}"


class ViewStore:
    """Form stacks and homes by person."""

    def __init__(self) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        return self.stacks.setdefault(user, [])

    def top(self, user: str) -> View | None:
        stack = self.stack(user)
        return stack[-1] if stack else None

    def find(self, view_id: str) -> View | None:
        """An open form or a home by its id."""
        return next((each for each in self._every() if each.id == view_id), None)

    def find_external(self, external_id: str) -> View | None:
        return next((each for each in self._every() if each.external_id == external_id), None)

    def remove(self, view: View) -> View | None:
        """Close one form; the form below it, if any, is what the person sees next."""
        stack = self.stack(view.user)
        if view in stack:
            stack.remove(view)
        return stack[-1] if stack else None

    def clear(self, user: str) -> list[View]:
        """Close every form of a person; returns them, topmost first."""
        closed = list(reversed(self.stack(user)))
        self.stacks[user] = []
        return closed

    def _every(self) -> list[View]:
        opened = [view for stack in self.stacks.values() for view in stack]
        return opened + list(self.homes.values())
