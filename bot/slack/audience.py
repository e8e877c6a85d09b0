"""Where a message may go: a person's direct message, or a channel that may read about customers.

In doubt nothing is posted.
"""

from dataclasses import dataclass, field

from bot.core.refusal import Refusal
from bot.slack.directory import SlackDirectory
from bot.slack.line import Line
from bot.store.tables import OutboxItem, Workspace


class Unfit(Exception):
    """The audience must not or cannot get this; `reason` names a block of templates/outbox."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Audiences:
    """Finds the conversation of an audience, and asks afresh who reads there."""

    line: Line
    direct: dict[tuple[int, str], str] = field(default_factory=dict)

    def open(self, workspace: Workspace, audience: str) -> str:
        """The channel id: itself, or the direct message of the person with this Slack id."""
        if not is_person(audience):
            return audience
        key = (workspace.id, audience)
        if key not in self.direct:
            answer = self.line.do(workspace, "conversations.open", users=audience)
            self.direct[key] = str(answer["channel"]["id"])
        return self.direct[key]

    def check(self, directory: SlackDirectory, item: OutboxItem) -> None:
        """Raise `Unfit` when customer data may not be said there; asks Slack anew each time."""
        if not item.holds_customer_data:
            return
        try:
            if is_person(item.audience):
                _check_person(directory, item.audience)
            else:
                _check_channel(directory, item.audience)
        except Refusal as refusal:
            raise Unfit(refusal.code) from refusal


def is_person(audience: str) -> bool:
    """Whether an audience is a Slack id of a person."""
    return audience.startswith(("U", "W"))


def _check_person(directory: SlackDirectory, user: str) -> None:
    directory.forget(user)
    facts = directory.get_person(user)
    if facts.is_guest or facts.is_deleted:
        raise Unfit("guest" if facts.is_guest else "gone_person")


def _check_channel(directory: SlackDirectory, channel: str) -> None:
    facts = directory.get_channel(channel, fresh=True)
    if facts.is_shared_outside:
        raise Unfit("shared_outside")
    if facts.has_guests:
        raise Unfit("guests_read")
