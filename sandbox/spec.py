"""What a workspace is made of: the spec a demo or a test passes in.

Unknown keys and missing ids are refused with the place they stand at.
"""

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sandbox.kinds import Json
from sandbox.scopes import ALL_EVENTS, ALL_SCOPES

T = TypeVar("T")


@dataclass
class Team:
    id: str = "T0SANDBOX"
    name: str = "Sandbox"
    domain: str = "sandbox"
    tz: str = "Asia/Tokyo"


@dataclass
class Command:
    """A slash command; `should_escape` turns @names and #channels in its text into ids."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass
class Shortcut:
    """`kind` is global (search bar) or message (the menu of a message)."""

    callback_id: str
    name: str = ""
    kind: str = "global"
    description: str = ""


@dataclass
class App:
    id: str = "A0SANDBOX"
    name: str = "Bot"
    bot_id: str = "B0SANDBOX"
    bot_user_id: str = "U0BOT"
    bot_token: str = "xoxb-sandbox"
    app_token: str = "xapp-sandbox"
    signing_secret: str = "sandbox-signing-secret"
    verification_token: str = "sandbox-verification"
    client_id: str = "1111.2222"
    client_secret: str = "sandbox-client-secret"
    scopes: list[str] = field(default_factory=lambda: list(ALL_SCOPES))
    events: list[str] = field(default_factory=lambda: list(ALL_EVENTS))
    commands: list[Command] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)


@dataclass
class User:
    id: str
    name: str = ""
    real_name: str = ""
    email: str = ""
    locale: str = "ja-JP"
    tz: str = "Asia/Tokyo"
    role_label: str = ""
    team_id: str = ""
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_stranger: bool = False
    deleted: bool = False
    avatar: str = ""

    @property
    def is_guest(self) -> bool:
        """Single- and multi-channel guests, and people of other organisations."""
        return self.is_restricted or self.is_ultra_restricted or self.is_stranger


@dataclass
class Channel:
    """`kind` is public, private, im or mpim; an im names its person first among the members."""

    id: str
    name: str = ""
    kind: str = "public"
    members: list[str] = field(default_factory=list)
    is_ext_shared: bool = False
    is_archived: bool = False
    is_general: bool = False
    topic: str = ""
    purpose: str = ""


@dataclass
class UserGroup:
    id: str
    handle: str
    name: str = ""
    users: list[str] = field(default_factory=list)
    is_disabled: bool = False


@dataclass
class Settings:
    """Knobs of the stand-in itself.

    `retry_delays` are the seconds before each redelivery of an event; Slack waits 0, 60 and 300.
    `refused_blocks` are block types not rolled out to this workspace: `invalid_blocks`.
    `daily_dir` holds `<ISO date>/*`, dropped into `ops_channel` by `delivery_user` on that day.
    """

    ack_seconds: float = 3.0
    # How long a trigger may open a form: three seconds in Slack.
    trigger_seconds: float = 3.0
    retry_delays: list[float] = field(default_factory=lambda: [0.0, 60.0, 300.0])
    rate_limits: bool = True
    channel_burst: int = 10
    refused_blocks: list[str] = field(default_factory=list)
    now: str = ""
    ops_channel: str = ""
    delivery_user: str = "U0DELIVERY"
    daily_dir: str = ""
    next_day_url: str = ""


@dataclass
class Workspace:
    """Everything a fresh sandbox starts from; `tokens` adds bot tokens with their own scopes."""

    team: Team = field(default_factory=Team)
    app: App = field(default_factory=App)
    users: list[User] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    usergroups: list[UserGroup] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    tokens: dict[str, list[str]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)


def read_workspace(spec: Json) -> Workspace:
    """The workspace a JSON spec describes; raises ValueError naming the first fault's place."""
    workspace = Workspace(
        team=_read(Team, spec.get("team", {}), "team"),
        app=_read_app(spec.get("app", {})),
        users=_read_many(User, spec.get("users", []), "users"),
        channels=_read_many(Channel, spec.get("channels", []), "channels"),
        usergroups=_read_many(UserGroup, spec.get("usergroups", []), "usergroups"),
        messages=list(spec.get("messages", [])),
        tokens=dict(spec.get("tokens", {})),
        settings=_read(Settings, spec.get("settings", {}), "settings"),
    )
    _refuse_unknown(spec, Workspace, "workspace")
    _add_robots(workspace)
    _check(workspace)
    return workspace


def start_of(workspace: Workspace) -> datetime | None:
    """The business instant the spec asks to start at, if it does."""
    return datetime.fromisoformat(workspace.settings.now) if workspace.settings.now else None


def _read_app(spec: Json) -> App:
    app = _read(App, spec, "app")
    app.commands = _read_many(Command, spec.get("commands", []), "app/commands")
    app.shortcuts = _read_many(Shortcut, spec.get("shortcuts", []), "app/shortcuts")
    return app


def _read_many(kind: type[T], specs: list[Json], at: str) -> list[T]:
    return [_read(kind, spec, f"{at}/{index}") for index, spec in enumerate(specs)]


def _read(kind: type[T], spec: Json, at: str) -> T:
    _refuse_unknown(spec, kind, at)
    try:
        return kind(**spec)
    except TypeError as problem:
        raise ValueError(f"{at}: {problem}") from problem


def _refuse_unknown(spec: Json, kind: type[Any], at: str) -> None:
    known = {each.name for each in dataclasses.fields(kind)}
    unknown = sorted(set(spec) - known)
    if unknown:
        raise ValueError(
            f"{at}: unknown {', '.join(unknown)}; known are {', '.join(sorted(known))}"
        )


def _add_robots(workspace: Workspace) -> None:
    known = {user.id for user in workspace.users}
    robots = {
        workspace.app.bot_user_id: workspace.app.name,
        workspace.settings.delivery_user: "delivery robot",
    }
    for user_id, name in robots.items():
        if user_id not in known:
            robot = User(user_id, name=name.lower().replace(" ", "-"), real_name=name, is_bot=True)
            workspace.users.append(robot)


def _check(workspace: Workspace) -> None:
    known = {user.id for user in workspace.users}
    for channel in workspace.channels:
        strangers = sorted(set(channel.members) - known)
        if strangers:
            raise ValueError(f"channel {channel.id}: no such user {', '.join(strangers)}")
        if channel.kind not in {"public", "private", "im", "mpim"}:
            raise ValueError(f"channel {channel.id}: kind is public, private, im or mpim")
