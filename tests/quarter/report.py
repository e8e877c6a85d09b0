"""The figures of a quarter in lines, and which promises they break."""

from collections.abc import Iterator, Mapping
from datetime import date

from tests.quarter.counts import Counts
from tests.quarter.overdue import Overdue

Caused = Mapping[date, list[str]]


def list_lines(
    counts: Counts, caused: Caused, overdue: Overdue, did: Mapping[str, int]
) -> Iterator[str]:
    """Everything, the promises first."""
    yield from _promises(counts, caused, overdue)
    yield f"alerts opened: {dict(counts.by_playbook.most_common())}"
    yield f"on watch, told in digests alone: {counts.watched}"
    yield f"how alerts stand: {dict(counts.endings.most_common())}"
    yield f"tasks: {dict(counts.tasks.most_common())}"
    yield f"done by people: {dict(sorted(did.items()))}"
    yield from _weeks(counts)
    for kind, lengths in counts.lengths.items():
        yield (
            f"length of {kind}: {lengths.count} posts,"
            f" {lengths.middle} letters in the middle, {lengths.longest} at most"
        )


def find_broken(counts: Counts, caused: Caused, overdue: Overdue) -> list[str]:
    """The promises that were broken, by their line."""
    lines = _promises(counts, caused, overdue)
    return [line for line in lines if not line.split(": ")[1].startswith("0")]


def _promises(counts: Counts, caused: Caused, overdue: Overdue) -> Iterator[str]:
    yield f"alerts at the start: {counts.at_start}"
    yield f"repeats within the cool-down: {counts.repeats}"
    for first, names in caused.items():
        yield f"alerts caused by days off, nights from {first}: {len(names)} {', '.join(names)}"
    yield f"tasks due on non-business days: {counts.off_days}"
    yield f"waiting items called overdue: {overdue.wrong} of {overdue.said} rows"
    yield f"closed without outcome: {counts.without_outcome}"


def _weeks(counts: Counts) -> Iterator[str]:
    """Alerts told, by person and week; a week without any is a 0."""
    people = sorted({name for name, _ in counts.alerts})
    weeks = sorted({week for _, week in counts.alerts})
    for name in people:
        told = " ".join(str(counts.alerts[name, week]) for week in weeks)
        yield f"alerts told to {name}, week by week from {weeks[0]}: {told}"
