"""The workspace while it runs: people, channels, messages, forms, files and tokens."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.kinds import Json
from sandbox.spec import Channel, User, UserGroup, Workspace, start_of
from sandbox.state.files import StoredFile
from sandbox.state.messages import Message, MessageStore
from sandbox.state.tickets import ResponseAddress, Trigger
from sandbox.state.views import ViewStore


@dataclass
class Token:
    """A token and what it may do; `kind` is bot or app."""

    value: str
    kind: str
    scopes: frozenset[str]
    is_revoked: bool = False


@dataclass
class World:
    """All state of one sandbox; `watchers` hear what changed and for whom."""

    workspace: Workspace
    clock: Clock = field(default_factory=Clock)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    usergroups: dict[str, UserGroup] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    messages: MessageStore = field(default_factory=MessageStore)
    views: ViewStore = field(default_factory=ViewStore)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    responses: dict[str, ResponseAddress] = field(default_factory=dict)
    oauth_codes: dict[str, str] = field(default_factory=dict)
    suggested: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    watchers: list[Callable[[str, Json], None]] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def new_id(self, prefix: str) -> str:
        """An id nobody had before: the prefix and a running number."""
        return f"{prefix}{next(self._numbers):09d}"

    def find_im(self, user: str) -> Channel | None:
        """The direct message between the bot and a person."""
        return next(
            (each for each in self.channels.values() if each.kind == "im" and user in each.members),
            None,
        )

    def open_im(self, user: str) -> Channel:
        """The direct message between the bot and a person, made when there is none."""
        found = self.find_im(user)
        if found is None:
            members = [user, self.workspace.app.bot_user_id]
            found = Channel(f"D{user[1:]}", kind="im", members=members)
            self.channels[found.id] = found
        return found

    def is_bot_in(self, channel: Channel) -> bool:
        return self.workspace.app.bot_user_id in channel.members

    def can_see(self, user: str, channel: Channel) -> bool:
        """People see public channels (guests only their own) and what they belong to."""
        person = self.users[user]
        return user in channel.members or (channel.kind == "public" and not person.is_guest)

    def add_message(self, message: Message) -> Message:
        self.messages.add(message)
        self.channel_changed(message.channel)
        return message

    def channel_changed(self, channel: str) -> None:
        for user in self.users.values():
            if not user.is_bot and self.can_see(user.id, self.channels[channel]):
                self.changed(user.id, {"what": "channel", "channel": channel})

    def changed(self, user: str, news: Json) -> None:
        """Tell every watcher that something `user` sees is new."""
        for watcher in self.watchers:
            watcher(user, news)


def build_world(workspace: Workspace) -> World:
    """A fresh world from its spec, with a direct message for every living person."""
    world = World(workspace, Clock(start_of(workspace)))
    world.users = {user.id: user for user in workspace.users}
    world.channels = {channel.id: channel for channel in workspace.channels}
    world.usergroups = {group.id: group for group in workspace.usergroups}
    _add_tokens(world)
    for user in workspace.users:
        if not user.is_bot and not user.deleted:
            world.open_im(user.id)
    for spec in workspace.messages:
        world.messages.add(_seeded(world, spec))
    return world


def _add_tokens(world: World) -> None:
    app = world.workspace.app
    granted = {app.bot_token: app.scopes, **world.workspace.tokens}
    for value, scopes in granted.items():
        world.tokens[value] = Token(value, "bot", frozenset(scopes))
    world.tokens[app.app_token] = Token(app.app_token, "app", frozenset({"connections:write"}))


def _seeded(world: World, spec: Json) -> Message:
    user = world.users[spec["user"]]
    return Message(
        ts=spec.get("ts") or world.clock.stamp(),
        channel=spec["channel"],
        user=user.id,
        text=spec.get("text", ""),
        by_bot=user.id == world.workspace.app.bot_user_id,
        blocks=spec.get("blocks"),
        thread_ts=spec.get("thread_ts"),
    )
