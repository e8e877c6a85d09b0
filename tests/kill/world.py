"""One run's sandbox, database and files, the bot's settings in them, and its business time."""

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from bot.clock import ShiftedClock
from bot.core.vocabulary import Role
from bot.services.channels import trust_deliverer
from bot.services.imports import batches
from bot.services.imports.drops import drop_folder
from bot.services.install import Joining, install_workspace
from bot.services.members import NewMember, add_member
from bot.store.engine import build_engine
from bot.store.migrate import upgrade
from bot.store.tables import Member
from bot.store.unit import Store
from sandbox.server import SandboxServer
from tests.kill.company import OPS, OPS_ROOM, ROBOT, TOKYO, Company
from tests.kill.processes import Nursery, Starter

# Waits of the bot, short enough for a run of minutes, in their usual order of length.
HASTE = {
    "SAKIDORI_SLACK_SECONDS": "2",
    "SAKIDORI_SEND_LEASE_SECONDS": "6",
    "SAKIDORI_SETTLE_SECONDS": "5",
    "SAKIDORI_TICK_SECONDS": "1",
}


@dataclass
class World:
    """Everything a run is about; `moved_to` moves its time, which never goes back."""

    company: Company
    sandbox: SandboxServer
    url: str
    folder: Path
    warm: Nursery
    job_lease: int
    clock: ShiftedClock = field(default_factory=ShiftedClock)

    def __post_init__(self) -> None:
        self.state = self.folder / "state"
        self.store = Store(build_engine(self.url), self.clock)
        self.starter = Starter(self.warm, self.folder, self.environment())

    def environment(self) -> dict[str, str]:
        """What a process of the bot is told."""
        ours = ("SLACK_", "SAKIDORI_", "DATABASE_URL", "PORT")
        kept = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
        app = self.sandbox.slack.world.workspace.app
        return {
            **kept,
            **HASTE,
            "DATABASE_URL": self.url,
            "SLACK_API_URL": self.sandbox.api_url,
            "SLACK_BOT_TOKEN": app.bot_token,
            "SAKIDORI_OPS": OPS,
            "SAKIDORI_STATE_DIR": str(self.state.resolve()),
            "SAKIDORI_JOB_LEASE_SECONDS": str(self.job_lease),
            "SAKIDORI_DEMO": "1",
        }

    def move_to(self, at: datetime) -> None:
        """Processes started from now on live at `at`; those that run live on as they were."""
        is_first = not self.clock.offset
        if is_first or at > self.clock.now():
            self.clock.offset = at - self.clock.real_now()
        self.starter.business_ahead = self.clock.offset.total_seconds()
        self.sandbox.slack.world.clock.set_now(self.clock.now())

    def found(self) -> int:
        """A migrated database with the workspace and its people; the workspace's id."""
        upgrade(self.url)
        workspace = install_workspace(self.store, Joining("", "T0KILL", "Kill", "U0BOT"))
        self.workspace_id = workspace.id
        robot = NewMember("データ配信", (Role.OPS,), slack_user=ROBOT, zone=TOKYO)
        with self.store.writing(workspace.id) as unit:
            unit.workspace.ops_channel = OPS_ROOM
            add_member(unit, robot)
            trust_deliverer(unit, ROBOT, "kill")
        return workspace.id

    def choose_channels(self) -> None:
        """Readers who want their digest in a channel say so, once they are members."""
        with self.store.writing(self.workspace_id) as unit:
            for reader in self.company.staff:
                chosen = update(Member).where(Member.slack_user == reader.slack_user)
                unit.session.execute(chosen.values(digest_channel=reader.channel))

    def call(self, *words: str) -> None:
        """Run a command of the bot to its end; raises RuntimeError with its last words."""
        part = self.starter.start(words[0], *words)
        if part.running.wait() != 0:
            said = part.log.read_text(encoding="utf-8")[-2000:]
            raise RuntimeError(f"sakidori {words[0]}: {said}")

    def hand_in(self, file: Path) -> None:
        """What is kept of a robot's file that was dropped into the ops channel."""
        folder = drop_folder(self.state, self.workspace_id, f"F{secrets.token_hex(6)}")
        folder.mkdir(parents=True)
        kept = Path(shutil.copyfile(file, folder / file.name))
        with self.store.writing(self.workspace_id) as unit:
            robot = unit.session.scalars(select(Member.id).filter_by(slack_user=ROBOT)).one()
            batches.receive(unit, kept, name=file.name, channel=OPS_ROOM, member_id=robot)

    def member_ids(self) -> dict[str, int]:
        """Members by their Slack id."""
        wanted = select(Member.slack_user, Member.id).where(Member.slack_user.is_not(None))
        with self.store.reading(self.workspace_id) as unit:
            return {str(user): one for user, one in unit.session.execute(wanted)}

    def close(self) -> None:
        """Let the database go."""
        self.store.engine.dispose()


def import_calmly(world: World, files: Sequence[Path]) -> None:
    """Import files in this order, undisturbed."""
    world.call("import", *(str(file) for file in files))
