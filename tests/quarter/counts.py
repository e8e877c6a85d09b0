"""What a played quarter left in the database, counted. Refuses to judge: see `report`."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from sqlalchemy import select

from bot.people import build_person
from bot.store.tables import Episode, Member, OutboxItem, Task, TaskOutcome
from bot.store.unit import Unit

COOL_DOWN_DAYS = 30
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Lengths:
    """How long messages are: how many, and letters in the middle and at most."""

    count: int
    middle: int
    longest: int


@dataclass(frozen=True)
class Counts:
    """The figures of a quarter; what the house promises never to happen is 0."""

    alerts: Counter[tuple[str, date]]
    watched: int
    at_start: int
    repeats: int
    off_days: int
    without_outcome: int
    by_playbook: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    tasks: Counter[str] = field(default_factory=Counter)
    lengths: dict[str, Lengths] = field(default_factory=dict)


def count(unit: Unit) -> Counts:
    """Read everything once."""
    episodes = list(unit.session.scalars(select(Episode)))
    tasks = list(unit.session.scalars(select(Task)))
    members = {each.id: each for each in unit.session.scalars(select(Member))}
    recorded = set(unit.session.scalars(select(TaskOutcome.task_id)))
    alerts = [each for each in episodes if not each.is_watch]
    return Counts(
        alerts=Counter(_told(alerts, members)),
        watched=len(episodes) - len(alerts),
        at_start=_count_at_start(unit, episodes),
        repeats=_count_repeats(episodes),
        off_days=_count_off_days(unit, tasks, members),
        without_outcome=_count_without_outcome(episodes, tasks, recorded),
        by_playbook=Counter(each.playbook for each in episodes),
        endings=Counter(each.ending or each.state for each in episodes),
        tasks=Counter(each.state for each in tasks),
        lengths=_measure(unit),
    )


def _told(alerts: Iterable[Episode], members: dict[int, Member]) -> Iterator[tuple[str, date]]:
    """Owner and the Monday of the week in which the alert's message was put."""
    for each in alerts:
        if each.told_at is not None:
            on = each.told_at.date()
            owner = members[each.owner_id].name if each.owner_id else "-"
            yield owner, on - timedelta(days=on.weekday())


def _count_at_start(unit: Unit, episodes: Iterable[Episode]) -> int:
    started_on = unit.workspace.started_on
    return sum(started_on is None or each.opened_on <= started_on for each in episodes)


def _count_repeats(episodes: Iterable[Episode]) -> int:
    """Alerts of an account and playbook that came back within the cool-down of a closed one."""
    kept: dict[tuple[int, str], list[Episode]] = {}
    for each in sorted(episodes, key=lambda one: one.opened_at):
        kept.setdefault((each.account_id, each.playbook), []).append(each)
    pairs = [pair for each in kept.values() for pair in itertools.pairwise(each)]
    return sum(
        before.closed_on is None or (after.opened_on - before.closed_on).days < COOL_DOWN_DAYS
        for before, after in pairs
    )


def _count_off_days(unit: Unit, tasks: Iterable[Task], members: dict[int, Member]) -> int:
    """Tasks whose due day is not worked by the person who is to do them."""
    people = {key: build_person(each, unit.workspace) for key, each in members.items()}
    return sum(
        each.owner_id is not None
        and not people[each.owner_id].calendar.is_business_day(each.due_on)
        for each in tasks
    )


def _count_without_outcome(
    episodes: Iterable[Episode], tasks: Iterable[Task], recorded: set[int]
) -> int:
    """Done tasks without an outcome, and alerts closed neither by one nor as a false alarm."""
    tasks = list(tasks)
    unrecorded = [each for each in tasks if each.state == "done" and each.id not in recorded]
    with_outcome = {each.episode_id for each in tasks if each.id in recorded}
    closed = [
        each
        for each in episodes
        if each.state == "closed" and each.ending != "false_alarm" and each.id not in with_outcome
    ]
    return len(unrecorded) + len(closed)


def _measure(unit: Unit) -> dict[str, Lengths]:
    """Letters of every post by its kind, which is the first part of its key."""
    wanted = select(OutboxItem.key, OutboxItem.payload).where(OutboxItem.kind == "post")
    found: dict[str, list[int]] = {}
    for key, payload in unit.session.execute(wanted):
        found.setdefault(key.split(":")[0], []).append(len("".join(list_texts(payload["blocks"]))))
    return {
        kind: Lengths(len(sizes), round(median(sizes)), max(sizes))
        for kind, sizes in sorted(found.items())
    }


def list_texts(part: object) -> Iterator[str]:
    """Every text a person reads in blocks."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for name, inner in part.items():
            if name != "options":
                yield from list_texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from list_texts(inner)
