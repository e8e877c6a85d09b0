"""What is to be said is said once, whoever sends it and whenever a sender dies."""

from datetime import timedelta

import pytest

from bot.store import outbox
from bot.store.tables import OutboxItem
from tests.store.conftest import FRIDAY, Houses

LEASE = timedelta(seconds=60)


def said(houses: Houses, key: str = "digest:1", **more: object) -> int | None:
    with houses.store.writing(houses.ours) as unit:
        given = {"audience": "U1", "text": "おはようございます", **more}
        return outbox.put(unit, key=key, **given)  # type: ignore[arg-type]


def claimed(houses: Houses, after: float = 0, **more: object) -> OutboxItem | None:
    with houses.store.writing(houses.ours) as unit:
        at = FRIDAY + timedelta(seconds=after)
        return outbox.claim(unit, at, LEASE, **more)  # type: ignore[arg-type]


def state_of(houses: Houses, key: str) -> str:
    with houses.store.reading(houses.ours) as unit:
        item = outbox.find_by_key(unit, key)
        assert item is not None
        return item.state


def sent(houses: Houses, item: OutboxItem | None, ts: str = "1.1") -> None:
    assert item is not None
    with houses.store.writing(houses.ours) as unit:
        outbox.mark_sent(unit, item, "D1", ts)


def test_the_same_thing_is_asked_for_once(houses: Houses) -> None:
    assert said(houses) is not None
    assert said(houses) is None
    assert claimed(houses) is not None
    assert claimed(houses) is None


def test_two_workspaces_may_mean_the_same_key(houses: Houses) -> None:
    assert said(houses) is not None
    with houses.store.writing(houses.theirs) as unit:
        assert outbox.put(unit, key="digest:1", audience="U9", text="x") is not None


def test_the_oldest_goes_first_and_a_waiting_audience_is_passed_over(houses: Houses) -> None:
    said(houses, "a", audience="C1")
    houses.clock.move_to(FRIDAY + timedelta(seconds=1))
    said(houses, "b", audience="C1")
    said(houses, "c", audience="C2")
    first = claimed(houses)
    second = claimed(houses, not_to=["C1"])
    assert first is not None
    assert second is not None
    assert (first.key, second.key) == ("a", "c")


def test_an_update_waits_for_its_post_and_only_the_newest_is_sent(houses: Houses) -> None:
    said(houses, "episode:7")
    with houses.store.writing(houses.ours) as unit:
        outbox.put_update(unit, post_key="episode:7", text="対応中")
        outbox.put_update(unit, post_key="episode:7", text="完了")
    post = claimed(houses)
    assert claimed(houses) is None
    sent(houses, post)
    update = claimed(houses)
    assert update is not None
    assert (update.kind, update.payload["text"]) == ("update", "完了")
    assert claimed(houses) is None


def test_an_update_after_a_sent_one_is_a_new_update(houses: Houses) -> None:
    said(houses, "episode:7")
    sent(houses, claimed(houses))
    for text in ("対応中", "完了"):
        with houses.store.writing(houses.ours) as unit:
            outbox.put_update(unit, post_key="episode:7", text=text)
        update = claimed(houses)
        assert update is not None
        assert update.payload["text"] == text
        sent(houses, update)


def test_a_reply_in_a_thread_waits_for_the_thread(houses: Houses) -> None:
    said(houses, "episode:7")
    said(houses, "log:1", thread_of_key="episode:7")
    post = claimed(houses)
    assert claimed(houses) is None
    sent(houses, post, "5.5")
    reply = claimed(houses)
    assert reply is not None
    with houses.store.reading(houses.ours) as unit:
        parent = outbox.get_parent(unit, reply)
        assert parent is not None
        assert parent.ts == "5.5"


def test_a_dead_senders_post_is_unknown_and_its_update_waits_again(houses: Houses) -> None:
    said(houses, "a")
    sent(houses, claimed(houses))
    with houses.store.writing(houses.ours) as unit:
        outbox.put_update(unit, post_key="a", text="new")
    said(houses, "b")
    assert claimed(houses) is not None
    assert claimed(houses) is not None
    with houses.store.writing(houses.ours) as unit:
        assert outbox.expire_leases(unit, FRIDAY + timedelta(seconds=30)) == 0
        assert outbox.expire_leases(unit, FRIDAY + timedelta(seconds=61)) == 2
    assert state_of(houses, "b") == outbox.UNKNOWN
    assert state_of(houses, "a:update:0") == outbox.PENDING


def test_an_unknown_post_is_looked_up_only_when_it_is_old_enough(houses: Houses) -> None:
    said(houses)
    item = claimed(houses)
    assert item is not None
    with houses.store.writing(houses.ours) as unit:
        outbox.mark_unknown(unit, item, "the answer never came")
        assert outbox.list_unknown(unit, FRIDAY) == []
        [found] = outbox.list_unknown(unit, FRIDAY + timedelta(seconds=40))
        outbox.return_to_pending(unit, found, unit.at)
    assert claimed(houses) is not None


def unknown(houses: Houses, key: str = "digest:1") -> OutboxItem:
    """A post nobody answered for, as one of two clocks reads it."""
    said(houses, key)
    item = claimed(houses)
    assert item is not None
    with houses.store.writing(houses.ours) as unit:
        outbox.mark_unknown(unit, item, "the answer never came")
        [found] = outbox.list_unknown(unit, FRIDAY + timedelta(seconds=40))
    return found


def test_two_clocks_that_look_into_history_at_once_have_it_said_once(houses: Houses) -> None:
    seen = unknown(houses)
    with houses.store.writing(houses.ours) as unit:
        outbox.return_to_pending(unit, seen, unit.at)
    sent(houses, claimed(houses))
    with houses.store.writing(houses.ours) as unit:
        outbox.return_to_pending(unit, seen, unit.at)
        outbox.mark_failed(unit, seen, "channel_not_found")
        outbox.mark_unknown(unit, seen, "the answer never came")
    assert state_of(houses, "digest:1") == outbox.SENT


def test_a_sender_that_slept_past_its_lease_says_nothing(houses: Houses) -> None:
    said(houses)
    slept = claimed(houses)
    assert slept is not None
    late = FRIDAY + timedelta(seconds=61)
    with houses.store.writing(houses.ours) as unit:
        outbox.expire_leases(unit, late)
        assert not outbox.renew(unit, slept, late, LEASE)


def test_a_renewed_lease_counts_from_when_it_is_said(houses: Houses) -> None:
    said(houses)
    item = claimed(houses)
    assert item is not None
    with houses.store.writing(houses.ours) as unit:
        assert outbox.renew(unit, item, FRIDAY + timedelta(seconds=50), LEASE)
        assert outbox.expire_leases(unit, FRIDAY + timedelta(seconds=109)) == 0
        outbox.mark_unknown(unit, item, "the answer never came")
        assert outbox.list_unknown(unit, FRIDAY + timedelta(seconds=50)) == []


def test_an_answer_that_came_late_is_believed_of_a_post(houses: Houses) -> None:
    said(houses)
    slow = claimed(houses)
    with houses.store.writing(houses.ours) as unit:
        outbox.expire_leases(unit, FRIDAY + timedelta(seconds=61))
    sent(houses, slow)
    assert state_of(houses, "digest:1") == outbox.SENT


def updated(houses: Houses, text: str) -> None:
    with houses.store.writing(houses.ours) as unit:
        outbox.put_update(unit, post_key="episode:7", text=text)
    houses.clock.move_to(houses.clock.now() + timedelta(milliseconds=1))


def test_the_newest_state_is_said_last_even_when_a_sender_died_over_an_older_one(
    houses: Houses,
) -> None:
    said(houses, "episode:7")
    sent(houses, claimed(houses))
    updated(houses, "50 %")
    assert claimed(houses) is not None
    updated(houses, "100 %")
    assert claimed(houses) is None
    with houses.store.writing(houses.ours) as unit:
        outbox.expire_leases(unit, FRIDAY + timedelta(seconds=61))
    told = []
    while (item := claimed(houses, after=61)) is not None:
        told.append(item.payload["text"])
        sent(houses, item)
    assert told == ["50 %", "100 %"]


def test_words_put_over_a_waiting_update_survive_an_older_senders_answer(houses: Houses) -> None:
    said(houses, "episode:7")
    sent(houses, claimed(houses))
    updated(houses, "50 %")
    slow = claimed(houses)
    with houses.store.writing(houses.ours) as unit:
        outbox.expire_leases(unit, FRIDAY + timedelta(seconds=61))
    updated(houses, "100 %")
    sent(houses, slow)
    again = claimed(houses, after=61)
    assert again is not None
    assert again.payload["text"] == "100 %"


def test_a_refused_post_is_told_once_and_never_sent_again(houses: Houses) -> None:
    said(houses)
    item = claimed(houses)
    assert item is not None
    with houses.store.writing(houses.ours) as unit:
        outbox.mark_failed(unit, item, "channel_not_found")
        assert [one.problem for one in outbox.list_untold(unit)] == ["channel_not_found"]
        outbox.mark_told(unit, [item.id])
        assert outbox.list_untold(unit) == []
        assert outbox.count_open(unit) == 0
    assert claimed(houses) is None


@pytest.mark.postgres
def test_many_senders_share_the_work_and_none_takes_the_same(postgres_url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from bot.clock import FixedClock
    from bot.store.engine import build_engine
    from bot.store.tables import Workspace
    from bot.store.unit import Store

    engine = build_engine(postgres_url)
    store = Store(engine, FixedClock(FRIDAY))
    ours = store.add_workspace(Workspace(team_id="T", name="T", created_at=FRIDAY)).id
    for number in range(40):
        with store.writing(ours) as unit:
            outbox.put(unit, key=f"k{number}", audience=f"C{number}", text="x")

    def send_all(_: int) -> list[str]:
        keys = []
        for _attempt in range(40):
            with store.writing(ours) as unit:
                item = outbox.claim(unit, FRIDAY, LEASE)
                if item is not None:
                    keys.append(item.key)
        return keys

    with ThreadPoolExecutor(4) as pool:
        taken = [key for keys in pool.map(send_all, range(4)) for key in keys]
    engine.dispose()
    assert sorted(taken) == sorted(f"k{number}" for number in range(40))
