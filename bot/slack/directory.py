"""People and channels as Slack knows them, believed for ten minutes.  In doubt it refuses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from bot.clock import Clock
from bot.core.refusal import Refusal
from bot.services.ports import ChannelFacts, GroupFacts, PersonFacts
from bot.slack.fetching import fetch_file
from bot.slack.line import Line, Payload, SlackRefused, Unclear
from bot.store.tables import Workspace
from bot.store.unit import Store

BELIEVED_SECONDS = 600.0
PAGE = 200
T = TypeVar("T")


@dataclass
class Remembered:
    """Answers with the monotonic second they came at."""

    answers: dict[str, tuple[float, Any]] = field(default_factory=dict)

    def find(self, key: str, now: float) -> Any | None:
        """The answer kept under `key`, unless it is too old."""
        kept = self.answers.get(key)
        return kept[1] if kept and now - kept[0] < BELIEVED_SECONDS else None

    def keep(self, key: str, now: float, answer: T) -> T:
        """Keep `answer` and give it back."""
        self.answers[key] = (now, answer)
        return answer


@dataclass(frozen=True)
class SlackDirectory:
    """Implements `Directory` for one workspace; `most_megabytes` bounds a fetched file."""

    line: Line
    workspace: Workspace
    clock: Clock
    most_megabytes: int = 100
    remembered: Remembered = field(default_factory=Remembered)

    def get_person(self, slack_user: str) -> PersonFacts:
        now = self.clock.elapsed()
        found = self.remembered.find(slack_user, now)
        if found is None:
            answer = self._ask("users.info", user=slack_user, include_locale="true")
            found = self.remembered.keep(slack_user, now, self._person(answer["user"]))
        facts: PersonFacts = found
        return facts

    def get_channel(self, channel: str, *, fresh: bool = False) -> ChannelFacts:
        now = self.clock.elapsed()
        found = None if fresh else self.remembered.find(channel, now)
        if found is None:
            answer = self._ask("conversations.info", channel=channel)
            found = self.remembered.keep(channel, now, self._channel(answer["channel"]))
        facts: ChannelFacts = found
        return facts

    def find_person_by_email(self, email: str) -> PersonFacts | None:
        try:
            return self._person(self._call("users.lookupByEmail", email=email)["user"])
        except SlackRefused as refused:
            if refused.code == "users_not_found":
                return None
            raise Refusal("slack_unreachable") from refused

    def fetch_file(self, file_id: str, folder: Path) -> Path:
        return fetch_file(self.line, self.workspace, file_id, folder, self.most_megabytes)

    def find_permalink(self, channel: str, ts: str) -> str | None:
        try:
            answer = self._ask("chat.getPermalink", channel=channel, message_ts=ts)
        except Refusal:
            return None
        return str(answer["permalink"])

    def list_groups(self) -> Sequence[GroupFacts]:
        found = self._ask_groups("usergroups.list")
        return [
            GroupFacts(group["id"], group["handle"], group.get("name", ""))
            for group in found.get("usergroups", [])
            if not group.get("date_delete")
        ]

    def list_group_people(self, group: str) -> Sequence[str] | None:
        try:
            found = self._call("usergroups.users.list", usergroup=group)
        except SlackRefused as refused:
            if refused.code == "no_such_subteam":
                return None
            raise _group_refusal(refused) from refused
        return [str(user) for user in found.get("users", [])]

    def find_message(self, channel: str, ts: str) -> str | None:
        try:
            # Unlike the history, it finds replies in a thread as well.
            answer = self._ask("reactions.get", channel=channel, timestamp=ts, full="true")
        except Refusal:
            return None
        return str(answer.get("message", {}).get("text", ""))

    def list_file_ids(self, channel: str, ts: str) -> Sequence[str]:
        answer = self._ask(
            "conversations.history", channel=channel, latest=ts, limit="1", inclusive="true"
        )
        messages = [one for one in answer.get("messages", []) if one.get("ts") == ts]
        return [file["id"] for one in messages for file in one.get("files", [])]

    def forget(self, key: str) -> None:
        """Ask again next time for this person or channel."""
        self.remembered.answers.pop(key, None)

    def _person(self, user: Payload) -> PersonFacts:
        profile = user.get("profile", {})
        is_guest = any(
            user.get(f"is_{kind}") for kind in ("restricted", "ultra_restricted", "stranger")
        )
        return PersonFacts(
            slack_user=user["id"],
            name=profile.get("real_name") or user.get("real_name") or user.get("name", ""),
            email=profile.get("email"),
            zone=user.get("tz"),
            locale=user.get("locale"),
            is_guest=is_guest or user.get("team_id", self.workspace.team_id) != self._team(user),
            is_bot=bool(user.get("is_bot")),
            is_deleted=bool(user.get("deleted")),
        )

    def _team(self, user: Payload) -> str:
        """In a grid, people of the same enterprise belong to us whatever team they signed up in."""
        enterprise = user.get("enterprise_user", {}).get("enterprise_id")
        if enterprise and enterprise == self.workspace.enterprise_id:
            return str(user.get("team_id"))
        return self.workspace.team_id

    def _channel(self, channel: Payload) -> ChannelFacts:
        kind = (
            "im" if channel.get("is_im") else "private" if channel.get("is_private") else "public"
        )
        shared = any(
            channel.get(f"is_{how}") for how in ("ext_shared", "pending_ext_shared")
        ) or bool(channel.get("connected_team_ids"))
        return ChannelFacts(
            channel=channel["id"],
            name=channel.get("name", ""),
            kind=kind,
            is_shared_outside=shared,
            has_guests=kind != "im" and self._has_guests(channel["id"]),
            is_member=kind == "im" or bool(channel.get("is_member")),
        )

    def _has_guests(self, channel: str) -> bool:
        full = self._full_members()
        members = self._pages("conversations.members", "members", channel=channel)
        return any(member not in full for member in members)

    def _full_members(self) -> frozenset[str]:
        """Everybody who is no guest; who is not on the list is taken for one."""
        now = self.clock.elapsed()
        found = self.remembered.find("*", now)
        if found is None:
            people = [self._person(user) for user in self._pages("users.list", "members")]
            full = frozenset(one.slack_user for one in people if not one.is_guest)
            found = self.remembered.keep("*", now, full)
        kept: frozenset[str] = found
        return kept

    def _pages(self, method: str, name: str, **arguments: Any) -> list[Any]:
        found: list[Any] = []
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            answer = self._ask(method, limit=str(PAGE), **more, **arguments)
            found += answer.get(name, [])
            cursor = answer.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return found

    def _ask_groups(self, method: str) -> Payload:
        try:
            return self._call(method)
        except SlackRefused as refused:
            raise _group_refusal(refused) from refused

    def _ask(self, method: str, **arguments: Any) -> Payload:
        try:
            return self._call(method, **arguments)
        except SlackRefused as refused:
            raise Refusal("slack_unreachable") from refused

    def _call(self, method: str, **arguments: Any) -> Payload:
        try:
            return self.line.ask(self.workspace, method, **arguments)
        except Unclear as problem:
            raise Refusal("slack_unreachable") from problem


def _group_refusal(refused: SlackRefused) -> Refusal:
    """An app installed before it asked for user groups must be installed anew."""
    is_forbidden = refused.code == "missing_scope"
    return Refusal("groups_forbidden") if is_forbidden else Refusal("slack_unreachable")


@dataclass
class Directories:
    """One directory a workspace, for as long as the process lives."""

    line: Line
    store: Store
    most_megabytes: int
    known: dict[int, SlackDirectory] = field(default_factory=dict)

    def of(self, workspace_id: int) -> SlackDirectory:
        """The directory of a workspace; raises LookupError when there is no such workspace."""
        if workspace_id not in self.known:
            with self.store.reading(workspace_id) as unit:
                workspace = unit.workspace
            self.known[workspace_id] = SlackDirectory(
                self.line, workspace, self.store.clock, self.most_megabytes
            )
        return self.known[workspace_id]
