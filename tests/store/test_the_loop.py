"""Alerts and tasks as lists read them, in few statements and worst first."""

from datetime import date

from bot.core.vocabulary import Band, EpisodeState, Locale, Role
from bot.store.episodes import get_alert, list_open, list_open_of
from bot.store.tables import Episode
from bot.store.tasks import get_task, list_of_episode, list_undone, list_undone_of
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import TODAY, Records
from tests.store.conftest import Houses


def test_an_alert_comes_with_its_account_its_people_and_its_next_step(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    mori = records.hire("森", Role.LEAD)
    acme = records.add_account("アクメ商事", arr=4_800_000)
    records.score(acme, TODAY, 48.4, Band.RED)
    episode = add_episode(records, acme, claimed_by_id=mori.id, state="claimed")
    add_task(records, acme, date(2026, 12, 4), episode=episode, title="結果を確認")
    first = add_task(records, acme, date(2026, 11, 24), episode=episode)
    with houses.store.reading(houses.ours) as unit:
        alert = get_alert(unit, episode.id, TODAY)
        steps = [task.id for task in list_of_episode(unit, episode.id, TODAY)]
    assert (alert.row.name, alert.row.standing.shown, alert.named(Locale.EN)) == (
        "アクメ商事",
        48,
        "Usage drop follow-up",
    )
    assert alert.owner
    assert alert.owner.name == "佐藤"
    assert alert.claimed_by
    assert alert.claimed_by.name == "森"
    assert alert.next_step
    assert alert.next_step.task_id == first.id == steps[0]
    assert alert.reasons[0].values["before_on"] == date(2026, 11, 13)


def test_the_most_at_risk_comes_first_and_the_closed_not_at_all(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    small, large = (records.add_account(name, arr=arr) for name, arr in (("小", 1), ("大", 9)))
    watched = records.add_account("要注意社", arr=5)
    for account in (small, large):
        add_episode(records, account)
    add_episode(records, watched, playbook="slow_decline", is_watch=True)
    closed = add_episode(records, small, playbook="renewal", open_as=None, state="closed")
    with houses.store.reading(houses.ours) as unit:
        mine = [each.row.name for each in list_open(unit, [records.sato.id], TODAY)]
        of_small = list_open_of(unit, [small.id], TODAY)
        gone = get_alert(unit, closed.id, TODAY)
    assert mine == ["大", "要注意社", "小"]
    assert len(of_small) == 1
    assert gone.state is EpisodeState.CLOSED
    assert not gone.is_open


def test_what_waits_for_the_customer_is_never_overdue(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    acme = records.add_account("アクメ商事")
    late = add_task(records, acme, date(2026, 11, 18))
    add_task(records, acme, TODAY)
    waiting = date(2026, 11, 20)
    add_task(records, acme, date(2026, 11, 17), state="waiting", waiting_until_on=waiting)
    add_task(records, acme, date(2026, 11, 16), state="done")
    with houses.store.reading(houses.ours) as unit:
        rows = list_undone(unit, [records.sato.id], TODAY)
        same = list_undone_of(unit, [acme.id], TODAY)
        one = get_task(unit, late.id, TODAY)
    assert rows == same
    assert [each.is_overdue(TODAY) for each in rows] == [False, True, False]
    assert [each.is_to_ask(TODAY) for each in rows] == [True, False, False]
    assert [each.is_due(TODAY) for each in rows] == [False, False, True]
    assert one in rows


def test_who_has_left_is_no_longer_asked_after(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    gone = records.add_account("去った社", is_active=False)
    episode: Episode = add_episode(records, gone)
    add_task(records, gone, TODAY, episode=episode)
    with houses.store.reading(houses.ours) as unit:
        assert list_open(unit, [records.sato.id], TODAY) == []
        assert list_undone(unit, [records.sato.id], TODAY) == []
        assert get_alert(unit, episode.id, TODAY).row.name == "去った社"
