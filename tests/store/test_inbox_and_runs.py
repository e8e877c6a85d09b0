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


def test_a_poisoned_event_leaves_the_queue_in_the_end(houses: Houses) -> None:
    with houses.store.writing(houses.ours) as unit:
        inbox.receive(unit, "message:1.1", "message", {})
        retried = []
        while (event := inbox.claim(unit, FRIDAY, LEASE)) is not None:
            unit.session.flush()
            retried.append(inbox.give_up_or_retry(unit, event.id))
            unit.session.flush()
    assert retried == [True] * (inbox.MOST_ATTEMPTS - 1) + [False]


def test_what_was_done_once_is_refused_the_second_time(houses: Houses) -> None:
    with houses.store.writing(houses.ours) as unit:
        inbox.once(unit, "score:1:green")
    with pytest.raises(AlreadyDone), houses.store.writing(houses.ours) as unit:
        inbox.once(unit, "score:1:green")


def test_what_failed_half_way_may_be_done_again(houses: Houses) -> None:
    with pytest.raises(KeyError), houses.store.writing(houses.ours) as unit:
        inbox.once(unit, "score:1:green")
        raise KeyError("lost")
    with houses.store.writing(houses.ours) as unit:
        inbox.once(unit, "score:1:green")
        assert inbox.count_open(unit) == 0


def claimed(houses: Houses, slot: str = "2026-11-20", later: bool = False) -> int | None:
    with houses.store.writing(houses.ours) as unit:
        at = LATER if later else FRIDAY
        return job_runs.claim(unit, "digest", "member:1", slot, at, LEASE)


def test_a_slot_has_one_winner_among_many_clocks(houses: Houses) -> None:
    with ThreadPoolExecutor(8) as pool:
        won = [run for run in pool.map(lambda _: claimed(houses), range(8)) if run is not None]
    assert len(won) == 1


def test_a_slot_whose_clock_died_is_taken_over_a_few_times_only(houses: Houses) -> None:
    assert claimed(houses) is not None
    assert claimed(houses) is None
    assert claimed(houses, later=True) is not None
    with houses.store.writing(houses.ours) as unit:
        far = LATER + timedelta(days=1)
        assert job_runs.claim(unit, "digest", "member:1", "2026-11-20", far, LEASE) is not None
        assert job_runs.claim(unit, "digest", "member:1", "2026-11-20", far, LEASE) is None


def test_the_last_slot_counts_what_is_settled(houses: Houses) -> None:
    run = claimed(houses)
    assert run is not None
    with houses.store.writing(houses.ours) as unit:
        assert job_runs.last_slots(unit) == {}
        job_runs.close(unit, run, job_runs.DONE)
        job_runs.record_missed(unit, "digest", "member:1", "2026-11-24", "too_late")
        job_runs.record_missed(unit, "digest", "member:1", "2026-11-24", "too_late")
        assert job_runs.last_slots(unit) == {("digest", "member:1"): "2026-11-24"}
