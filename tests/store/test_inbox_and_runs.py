"""Events are worked once however often they come; slots are run once however many clocks tick."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.core.refusal import AlreadyDone
from bot.store import inbox, job_runs
from tests.store.conftest import FRIDAY, Houses

LEASE = timedelta(seconds=60)
LATER = FRIDAY + timedelta(seconds=61)


def test_a_redelivered_event_is_kept_once(houses: Houses) -> None:
    with houses.store.writing(houses.ours) as unit:
        assert inbox.receive(unit, "file:F1", "file_shared", {"file": "F1"})
    with houses.store.writing(houses.ours) as unit:
        assert not inbox.receive(unit, "file:F1", "file_shared", {"file": "F1"})
        assert inbox.count_open(unit) == 1


def test_a_worked_event_is_remembered_and_its_body_is_let_go(houses: Houses) -> None:
    with houses.store.writing(houses.ours) as unit:
        inbox.receive(unit, "message:1.1", "message", {"text": "アクメ"})
        event = inbox.claim(unit, FRIDAY, LEASE)
        assert event is not None
        inbox.finish(unit, event.id)
    with houses.store.writing(houses.ours) as unit:
        assert not inbox.receive(unit, "message:1.1", "message", {"text": "アクメ"})
        assert inbox.claim(unit, LATER, LEASE) is None
        assert inbox.count_open(unit) == 0


def test_an_event_whose_worker_died_is_taken_up_again(houses: Houses) -> None:
    with houses.store.writing(houses.ours) as unit:
        inbox.receive(unit, "message:1.1", "message", {})
        assert inbox.claim(unit, FRIDAY, LEASE) is not None
        assert inbox.claim(unit, FRIDAY, LEASE) is None
        assert inbox.claim(unit, LATER, LEASE) is not None


def test_an_event_that_kills_its_workers_leaves_the_queue_in_the_end(houses: Houses) -> None:
    with houses.store.writing(houses.ours) as unit:
        for ts in ("1.1", "2.2"):
            inbox.receive(unit, f"message:{ts}", "message", {"ts": ts})
            houses.clock.move_to(houses.clock.now() + timedelta(seconds=1))
    claims = []
    for deaths in range(inbox.MOST_ATTEMPTS + 1):
        with houses.store.writing(houses.ours) as unit:
            event = inbox.claim(unit, FRIDAY + deaths * 2 * LEASE, LEASE)
            claims.append(event.body["ts"] if event else None)
    assert claims == ["1.1"] * inbox.MOST_ATTEMPTS + ["2.2"]


def test_what_was_done_once_is_refused_the_second_time(houses: Houses) -> None:
    with houses.store.writing(houses.ours) as unit:
        assert not inbox.was_done(unit, "score:1:green")
        inbox.once(unit, "score:1:green")
        assert inbox.was_done(unit, "score:1:green")
    with pytest.raises(AlreadyDone), houses.store.writing(houses.ours) as unit:
        inbox.once(unit, "score:1:green")


def test_what_failed_half_way_may_be_done_again(houses: Houses) -> None:
    with pytest.raises(KeyError), houses.store.writing(houses.ours) as unit:
        inbox.once(unit, "score:1:green")
        raise KeyError("lost")
    with houses.store.writing(houses.ours) as unit:
        inbox.once(unit, "score:1:green")
        assert inbox.count_open(unit) == 0


def claimed(houses: Houses, slot: str = "2026-11-20", leases_on: int = 0) -> int | None:
    """The run, asked for when so many leases have passed."""
    at = FRIDAY + leases_on * (LEASE + timedelta(seconds=1))
    with houses.store.writing(houses.ours) as unit:
        return job_runs.claim(unit, "digest", "member:1", slot, at, LEASE)


def closed(houses: Houses, run: int | None, state: str) -> None:
    assert run is not None
    with houses.store.writing(houses.ours) as unit:
        job_runs.close(unit, run, state)


def missed(houses: Houses, slot: str, leases_on: int = 0) -> None:
    at = FRIDAY + leases_on * (LEASE + timedelta(seconds=1))
    with houses.store.writing(houses.ours) as unit:
        job_runs.record_missed(unit, "digest", "member:1", slot, "too_late", at)


def states(houses: Houses) -> dict[str, str]:
    with houses.store.reading(houses.ours) as unit:
        return {run.slot: run.state for run in job_runs.list_recent(unit)}


def test_a_slot_has_one_winner_among_many_clocks(houses: Houses) -> None:
    with ThreadPoolExecutor(8) as pool:
        won = [run for run in pool.map(lambda _: claimed(houses), range(8)) if run is not None]
    assert len(won) == 1


def test_a_slot_whose_clock_died_is_taken_over_a_lease_later_however_often(
    houses: Houses,
) -> None:
    for deaths in range(job_runs.MOST_ATTEMPTS + 2):
        assert claimed(houses, leases_on=deaths) is not None
        assert claimed(houses, leases_on=deaths) is None


def test_a_slot_that_fails_is_tried_again_a_few_times_only(houses: Houses) -> None:
    for _ in range(job_runs.MOST_ATTEMPTS):
        closed(houses, claimed(houses), job_runs.FAILED)
    assert claimed(houses) is None


def test_deaths_are_not_counted_as_failures(houses: Houses) -> None:
    for deaths in range(job_runs.MOST_ATTEMPTS):
        assert claimed(houses, leases_on=deaths) is not None
    run = claimed(houses, leases_on=job_runs.MOST_ATTEMPTS)
    closed(houses, run, job_runs.FAILED)
    assert claimed(houses, leases_on=job_runs.MOST_ATTEMPTS) is not None


def test_who_was_taken_for_dead_and_fails_later_does_not_open_a_slot_that_is_done(
    houses: Houses,
) -> None:
    slow = claimed(houses)
    closed(houses, claimed(houses, leases_on=1), job_runs.DONE)
    closed(houses, slow, job_runs.FAILED)
    assert states(houses) == {"2026-11-20": job_runs.DONE}


def test_a_dead_run_of_an_earlier_slot_ends_when_a_later_one_begins(houses: Houses) -> None:
    claimed(houses, "2026-11-20T00:00:00Z")
    claimed(houses, "2026-11-20T00:05:00Z")
    assert set(states(houses).values()) == {job_runs.RUNNING}
    claimed(houses, "2026-11-20T00:10:00Z", leases_on=1)
    assert sorted(states(houses).values()) == [job_runs.MISSED, job_runs.MISSED, job_runs.RUNNING]


def test_a_slot_is_missed_when_its_clock_died_and_not_while_one_is_at_it(houses: Houses) -> None:
    claimed(houses)
    missed(houses, "2026-11-20")
    assert states(houses) == {"2026-11-20": job_runs.RUNNING}
    missed(houses, "2026-11-20", leases_on=1)
    assert states(houses) == {"2026-11-20": job_runs.MISSED}


def test_the_last_slot_counts_what_is_settled(houses: Houses) -> None:
    run = claimed(houses)
    with houses.store.reading(houses.ours) as unit:
        assert job_runs.last_slots(unit) == {}
    closed(houses, run, job_runs.DONE)
    for _ in range(2):
        missed(houses, "2026-11-24")
    with houses.store.reading(houses.ours) as unit:
        assert job_runs.last_slots(unit) == {("digest", "member:1"): "2026-11-24"}
