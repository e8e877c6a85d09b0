"""What services may ask of the outside, as plain calls; built by bootstrap, faked by nobody.

Behind them stand Slack (`bot/slack/`) and child processes. Services and commands never see more
of either than this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.core.say import Say
from bot.core.vocabulary import Locale


@dataclass(frozen=True)
class PersonFacts:
    """What Slack says of a person; believed for ten minutes."""

    slack_user: str
    name: str
    email: str | None
    zone: str | None
    locale: str | None
    is_guest: bool
    is_bot: bool
    is_deleted: bool


@dataclass(frozen=True)
class ChannelFacts:
    """What Slack says of a conversation; believed for ten minutes, read anew before a post."""

    channel: str
    name: str
    kind: str  # im, private, public
    is_shared_outside: bool
    has_guests: bool
    is_member: bool


@dataclass(frozen=True)
class GroupFacts:
    """A user group of the workspace: @handle and its name."""

    group: str
    handle: str
    name: str


class Directory(Protocol):
    """People and channels of the workspace, asked of Slack with a cache."""

    def get_person(self, slack_user: str) -> PersonFacts:
        """Facts of one person; raises `Refusal("slack_unreachable")` when in doubt."""

    def get_channel(self, channel: str, *, fresh: bool = False) -> ChannelFacts:
        """Facts of one channel; `fresh` asks again whatever the cache holds."""

    def find_person_by_email(self, email: str) -> PersonFacts | None:
        """The person with this address, or None."""

    def fetch_file(self, file_id: str, folder: Path) -> Path:
        """Download a shared file into `folder`, from Slack's own hosts and within the limit."""

    def find_permalink(self, channel: str, ts: str) -> str | None:
        """The address of a message, or None where Slack does not show it to us."""

    def list_groups(self) -> Sequence[GroupFacts]:
        """The user groups in use; raises `Refusal("groups_forbidden")` without the scope."""

    def list_group_people(self, group: str) -> Sequence[str] | None:
        """Slack ids of the people in a user group; None where Slack knows no such group."""

    def find_message(self, channel: str, ts: str) -> str | None:
        """The text of a message as Slack keeps it, escaped; None where it is not shown to us."""

    def list_file_ids(self, channel: str, ts: str) -> Sequence[str]:
        """The ids of the files of a message."""


class HeavyWork(Protocol):
    """Work in a child process, so that the web process never loads pandas."""

    @property
    def folder(self) -> Path:
        """Where files lie that a child process is to work on."""

    def start(self, name: str, **arguments: object) -> None:
        """Begin the named work in the background; it reports through the outbox."""

    def run(self, name: str, **arguments: object) -> dict[str, object]:
        """Do the named work and wait for its result; only for jobs and the command line."""


@dataclass(frozen=True)
class Ports:
    """The outside, for one workspace."""

    directory: Directory
    heavy: HeavyWork
    workspace_voice: Say
    voices: Mapping[Locale, Say]
