"""The lead reads exceptions only, in private, each with a way out; nobody else's team."""

from datetime import date

import pytest

from bot.commands.load import load, load_move
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Band, EpisodeState, Locale, Role, TaskState
from bot.job_runner import put_post
from bot.jobs.lead_digest import lead_digest
from bot.store import outbox
from bot.store.alert_messages import find_message
from bot.store.episodes import get_alert
from bot.store.tables import Account, AuditEntry, Member, Task, Ticket, Touch
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode, add_outcome, add_task
from tests.views.shown import elements_of, message_of, problems_of, text_of

pytestmark = pytest.mark.row("B36", "B41")

WEDNESDAY, THURSDAY, TUESDAY = date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 24)


class Team:
    """A lead with two people; 佐藤 is one of them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lead = desk.hire("森", Role.LEAD)
        with desk.store.writing(desk.workspace.id) as unit:
            unit.session.merge(desk.sato).lead_id = self.lead.id
        self.tanaka = desk.hire("田中", Role.CSM, lead_id=self.lead.id)

    def reads(self, on: date = TODAY, locale: Locale = Locale.JA) -> str:
        self.lead.locale = locale
        [post] = lead_digest(self.desk.turn(self.lead, on))
        assert post.audience == self.lead.slack_user
        assert problems_of(post.message) == []
        return text_of(post.message)

    def account(self, name: str, band: Band = Band.RED, owner: Member | None = None) -> Account:
        account = self.desk.add_account(name, owner, arr=4_800_000)
        self.desk.score(account, THURSDAY, 30.0 if band is Band.RED else 85.0, band)
        return account

    def touch(self, on: date, mover: str, number: int) -> None:
        account = self.desk.add_account(f"第{number}社")
        touch = Touch(
            account_id=account.id,
            ref=f"T-{number}-{on}",
            touched_on=on,
            kind="call",
            initiated_by=mover,
            member_id=self.desk.sato.id,
            known_at=FRIDAY,
        )
        self.desk.keep(touch)


@pytest.fixture
def team(desk: Desk) -> Team:
    return Team(desk)


def _busy(team: Team) -> None:
    desk = team.desk
    add_episode(desk, team.account("アクメ商事"), opened_on=THURSDAY)
    add_task(desk, team.account("ベータ物流", Band.GREEN, team.tanaka), WEDNESDAY, title="更新資料")
    _closed(team, team.account("ガンマ食品", Band.GREEN))


def _closed(team: Team, account: Account, on: date = THURSDAY) -> None:
    task = add_task(team.desk, account, on, title="導入効果のまとめ")
    add_outcome(team.desk, task, recorded_on=on)


@pytest.mark.parametrize("locale", list(Locale))
def test_it_names_what_is_left_and_since_when(team: Team, locale: Locale) -> None:
    _busy(team)
    shown = team.reads(locale=locale)
    names = ["アクメ商事", "ベータ物流", "ガンマ食品"]
    assert sorted(names, key=shown.index) == names
    head = "例外 3件*|チーム2名・3社" if locale is Locale.JA else "3 exceptions* | team of 2"
    assert head in shown
    assert ("田中、2日超過" if locale is Locale.JA else "田中, 2 days overdue") in shown
    assert ("11/19(木)から未対応" if locale is Locale.JA else "since Thu 19 Nov") in shown


def test_no_exception_is_one_line(team: Team) -> None:
    team.account("アクメ商事", Band.GREEN)
    assert "例外はありません。チーム2名・1社" in team.reads()


def test_what_was_told_this_morning_what_waits_and_what_somebody_acts_on_is_no_exception(
    team: Team,
) -> None:
    desk = team.desk
    add_episode(desk, team.account("今朝の会社"), opened_on=TODAY)
    taken = {"state": EpisodeState.CLAIMED.value, "claimed_by_id": desk.sato.id}
    add_episode(desk, team.account("対応中の会社"), opened_on=WEDNESDAY, **taken)
    add_episode(desk, team.account("緑の会社", Band.GREEN), opened_on=WEDNESDAY)
    waiting = {"state": TaskState.WAITING.value, "waiting_until_on": TUESDAY}
    add_task(desk, team.account("待つ会社", Band.GREEN), WEDNESDAY, **waiting)
    assert "例外はありません" in team.reads()


def test_a_closing_after_which_something_is_planned_is_no_exception(team: Team) -> None:
    desk = team.desk
    planned, agreed, long_ago = (
        team.account(name, Band.GREEN) for name in ("甲社", "乙社", "丙社")
    )
    for account, on in ((planned, THURSDAY), (agreed, THURSDAY), (long_ago, date(2026, 11, 12))):
        _closed(team, account, on)
    add_task(desk, planned, TUESDAY)
    desk.keep(
        Touch(
            account_id=agreed.id,
            ref="T-1",
            touched_on=THURSDAY,
            kind="call",
            initiated_by="us",
            next_on=date(2026, 12, 1),
            known_at=FRIDAY,
        )
    )
    assert "例外はありません" in team.reads()


def test_others_teams_are_others(team: Team) -> None:
    other = team.desk.hire("他の人", Role.CSM)
    add_episode(team.desk, team.account("よその会社", owner=other), opened_on=WEDNESDAY)
    assert "例外はありません" in team.reads()


@pytest.mark.parametrize("locale", list(Locale))
def test_a_lead_without_a_team_is_told_once_how_to_set_it(desk: Desk, locale: Locale) -> None:
    lead = desk.hire("森", Role.LEAD, locale=locale)
    add_episode(desk, desk.add_account("アクメ商事"), opened_on=WEDNESDAY)
    [post] = lead_digest(desk.turn(lead))
    assert ("上長" if locale is Locale.JA else "lead email") in post.message.text
    assert "アクメ商事" not in text_of(post.message)
    with desk.store.writing(desk.workspace.id) as unit:
        assert put_post(unit, post) is not None
        [again] = lead_digest(desk.turn(lead, TUESDAY))
        assert put_post(unit, again) is None


def test_it_goes_to_the_direct_message_even_when_the_digest_goes_to_a_channel(team: Team) -> None:
    with team.desk.store.writing(team.desk.workspace.id) as unit:
        unit.session.merge(team.lead).digest_channel = "C7"
    assert team.reads()


def test_ten_rows_and_how_many_more(team: Team) -> None:
    for number in range(13):
        account = team.account(f"{number:02}社", Band.GREEN)
        add_task(team.desk, account, WEDNESDAY)
    shown = team.reads()
    assert "例外 13件" in shown
    assert "ほか3件" in shown


def _overloaded(team: Team) -> list[Account]:
    accounts = [team.account(f"赤{number}社") for number in range(5)]
    add_episode(team.desk, accounts[0], opened_on=TODAY)
    add_task(team.desk, accounts[1], TUESDAY)
    return accounts


@pytest.mark.parametrize("locale", list(Locale))
def test_a_load_is_shown_and_handed_over_in_one_press(team: Team, locale: Locale) -> None:
    desk = team.desk
    accounts = _overloaded(team)
    shown = team.reads(locale=locale)
    told = "佐藤 🔴5社/上限3社 → 田中に2社移す案"
    assert (told if locale is Locale.JA else "佐藤: 🔴5 of at most 3 → move 2 to 田中?") in shown
    [post] = lead_digest(desk.turn(team.lead))
    [see] = [each for each in elements_of(post.message.blocks) if each["action_id"] == "load"]
    proposal = message_of(load(desk.ask(by=team.lead, value=see["value"], locale=locale)))
    assert problems_of(proposal) == []
    [press] = [each for each in elements_of(proposal.blocks) if each["action_id"] == "load_move"]
    ask = desk.ask(by=team.lead, value=press["value"], locale=locale)
    done = text_of(message_of(load_move(ask)))
    assert ("2件も引き継がれます" if locale is Locale.JA else "2 open alerts and tasks") in done
    with desk.store.reading(desk.workspace.id) as unit:
        owners = [
            unit.session.get_one(Account, (desk.workspace.id, a.id)).owner_id for a in accounts
        ]
        assert owners.count(team.tanaka.id) == 2
        assert [each.owner_id for each in unit.session.query(Task)] == [team.tanaka.id]
        audited = [each.action for each in unit.session.query(AuditEntry)]
    assert audited.count("owner_set") == 2
    assert "負荷" not in team.reads()
    with pytest.raises(AlreadyDone):
        load_move(ask)


def test_an_alert_that_goes_along_is_to_be_claimed_anew(team: Team) -> None:
    desk = team.desk
    accounts = _overloaded(team)
    taken = {"state": EpisodeState.CLAIMED.value, "claimed_by_id": desk.sato.id}
    episode = add_episode(desk, accounts[2], **taken)
    with desk.store.writing(desk.workspace.id) as unit:
        outbox.put(unit, key=f"episode:{episode.id}", audience=desk.sato.slack_user or "", text="-")
    value = f"{desk.sato.id}:{team.tanaka.id}:{accounts[2].id}"
    load_move(desk.ask(by=team.lead, value=value))
    with desk.store.reading(desk.workspace.id) as unit:
        alert = get_alert(unit, episode.id, TODAY)
        post = find_message(unit, episode.id)
    assert (alert.owner_id, alert.state) == (team.tanaka.id, EpisodeState.OPEN)
    assert post is not None
    assert post.audience == team.tanaka.slack_user


@pytest.mark.row("D57")
def test_two_reactive_weeks_are_told_on_the_first_morning_of_the_week_with_the_cause(
    team: Team,
) -> None:
    """Monday 23 November is a holiday, so the week begins on Tuesday."""
    for week, day in enumerate((date(2026, 11, 17), date(2026, 11, 10))):
        for number in range(6):
            team.touch(day, "them" if number < 4 else "us", 10 * week + number)
    account = team.account("アクメ商事", Band.GREEN)
    for number in range(2):
        ticket = Ticket(
            account_id=account.id,
            ref=f"K-{number}",
            opened_on=date(2026, 11, 12),
            category="設定",
            known_at=FRIDAY,
        )
        team.desk.keep(ticket)
    shown = team.reads(on=TUESDAY)
    assert "佐藤 2週続けて50%超:先週 4/6件(67%)、その前 4/6件(67%)" in shown
    assert "最多の原因:設定(問い合わせ 2件)" in shown
    assert "例外はありません" in team.reads(on=date(2026, 11, 25))
