"""The parts of one running sandbox, held together."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.api.limits import Limiter
from sandbox.faults import Faults
from sandbox.kinds import Json
from sandbox.spec import read_workspace
from sandbox.state.world import World, build_world

if TYPE_CHECKING:
    from sandbox.delivery.courier import Courier
    from sandbox.site.live import Live

_LOG_LENGTH = 5_000


@dataclass
class Slack:
    """World, courier, live page, limits, faults and the log of calls of one sandbox."""

    spec: Json
    base_url: str
    world: World
    courier: "Courier"
    live: "Live"
    limiter: Limiter
    faults: Faults = field(default_factory=Faults)
    calls: list[Json] = field(default_factory=list)
    progress: Json = field(default_factory=dict)
    tasks: set["asyncio.Task[Any]"] = field(default_factory=set)

    def reset(self, spec: Json | None = None) -> None:
        """Start the workspace afresh from its spec, or another; where the bot lives is kept."""
        self.spec = self.spec if spec is None else spec
        next_day_url = self.world.workspace.settings.next_day_url
        self.world = build_world(read_workspace(self.spec))
        workspace = self.world.workspace
        workspace.settings.next_day_url = workspace.settings.next_day_url or next_day_url
        self.courier.settings = workspace.settings
        self.courier.signing_secret = workspace.app.signing_secret
        self.courier.log.clear()
        self.world.watchers.append(self.live.push)
        self.limiter = build_limiter(self.world)
        self.faults.clear()
        self.calls.clear()
        self.progress = {}

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something in the background, held so that it is not collected."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def record(self, entry: Json) -> None:
        """Add to the log of calls; the oldest fall off."""
        self.calls.append(entry)
        del self.calls[:-_LOG_LENGTH]


def build_limiter(world: World) -> Limiter:
    settings = world.workspace.settings
    return Limiter(settings.rate_limits, settings.channel_burst)
