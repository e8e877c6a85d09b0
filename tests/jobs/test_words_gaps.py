"""The note about words and use: one person hears it once, answers once, or their lead reads it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.health import health
from bot.commands.words_gap import known, look, none
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Band, Locale, Role
from bot.jobs.lead_digest import lead_digest
from bot.jobs.words_gaps import words_gaps
from bot.services.words_gaps import leave_to_lead
from bot.store.tables import (
    Account,
    AuditEntry,
    CsmPulse,
    Member,
    OutboxItem,
    Task,
    VocRemark,
    WordsGap,
)
from bot.views.reply import Private
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of

pytestmark = pytest.mark.row("B30", "B10", "B9")

TUESDAY = date(2026, 11, 24)


class Company:
    """佐藤's account, of which 代理 is second; 森 leads 佐藤."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lead = desk.hire("森", Role.LEAD)
        self.second = desk.hire("代理", Role.CSM)
        self.change(desk.sato, lead_id=self.lead.id)
        self.account = self.add("アクメ商事", arr=4_800_000)

    def add(self, name: str, **more: Any) -> Account:
        account = self.desk.add_account(name, second_id=self.second.id, **more)
        self.desk.score(account, TODAY, 82.0, Band.GREEN)
        return account

    def change(self, row: Any, **values: Any) -> None:
        with self.desk.store.writing(self.desk.workspace.id) as unit:
            found = unit.session.get_one(type(row), (unit.workspace_id, row.id))
            for name, value in values.items():
                setattr(found, name, value)

    def gap(self, account: Account | None = None, **more: Any) -> WordsGap:
        values: dict[str, Any] = {
            "kind": "falling",
            "since_on": date(2026, 11, 18),
            "seen_on": TODAY,
            "due_on": TODAY,
            "tone": 0.8,
            "weight": 2.0,
            "slope": -0.22,
            "change": -0.18,
        }
        of = account or self.account
        same = {"account_id": of.id, "known_at": self.desk.clock.now()}
        return self.desk.keep(WordsGap(**same, **(values | more)))

    def says(self, role: str = "decision_maker", **more: Any) -> None:
        values = {"sentiment": "positive", "confidence": "high", "text": "とても<助かって>います"}
        self.desk.keep(
            VocRemark(
                account_id=self.account.id,
                ref=f"V-{role}",
                said_on=date(2026, 11, 12),
                speaker_role=role,
                read_as="社交辞令かもしれない",
                known_at=self.desk.clock.now(),
                **(values | more),
            )
        )

    def morning(self, on: date = TODAY, member: Member | None = None) -> list[str]:
        """What has been said by then to anybody, after one person's morning."""
        assert words_gaps(self.desk.turn(member or self.desk.sato, on)) == []
        return [str(each.payload) for each in self.posts()]

    def posts(self) -> list[OutboxItem]:
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            wanted = select(OutboxItem).order_by(OutboxItem.id)
            return list(unit.session.scalars(wanted))

    def kept(self) -> WordsGap:
        with self.desk.store.reading(self.desk.workspace.id) as unit:
            return unit.session.scalars(select(WordsGap)).one()

    def lead_reads(self, on: date, lead: Member | None = None) -> str:
        [post] = lead_digest(self.desk.turn(lead or self.lead, on))
        assert problems_of(post.message) == []
        return text_of(post.message)


@pytest.fixture
def company(desk: Desk) -> Company:
    return Company(desk)


@pytest.fixture
def any_company(database_url: str) -> Iterator[Company]:
    """The same on SQLite and on PostgreSQL."""
    made = Desk(database_url)
    yield Company(made)
    made.engine.dispose()


def _shown(post: OutboxItem) -> str:
    return text_of(post.payload["blocks"])


@pytest.mark.parametrize("locale", list(Locale))
def test_the_owner_reads_both_sides_with_figures_days_roles_and_what_to_ask(
    any_company: Company, locale: Locale
) -> None:
    company = any_company
    desk = company.desk
    desk.sato.locale = locale
    company.says()
    felt = {"felt_on": date(2026, 11, 10), "reasons": [], "words": "", "feeling": "good"}
    same = {"account_id": company.account.id, "known_at": desk.clock.now()}
    desk.keep(CsmPulse(**same, **felt, member_id=desk.sato.id))
    gap = company.gap()
    company.morning()
    company.morning()
    [post] = company.posts()
    assert (post.key, post.audience) == (f"words_gap:{gap.id}", desk.sato.slack_user)
    shown = _shown(post)
    told = {
        Locale.JA: ["+0.8", "決裁者", "確度 高", "社交辞令", "−22%", "−18%", "現場担当者にも"],
        Locale.EN: [
            "+0.8",
            "decision maker",
            "confidence: high",
            "社交辞令",
            "−22%",
            "−18%",
            "ask the users",
        ],
    }
    assert [each for each in told[locale] if each not in shown] == []
    assert "とても&lt;助かって&gt;います" in shown
    pressed = [each["action_id"] for each in elements_of(post.payload["blocks"])]
    assert pressed == ["gap_look", "gap_known", "gap_none"]
    kept = company.kept()
    assert (kept.told_on, kept.told_to_id) == (TODAY, desk.sato.id)
    assert kept.answer_by_on == date(2026, 11, 30)


def test_where_a_user_was_heard_nobody_is_told_to_ask_the_users(company: Company) -> None:
    company.says()
    company.says("user")
    company.gap(kind="growing", tone=-0.8, slope=0.3, change=0.2)
    company.morning()
    shown = _shown(company.posts()[0])
    assert "現場担当者にも" not in shown
    assert "+30%" in shown


@pytest.mark.parametrize(
    "more",
    [
        {"due_on": None},
        {"due_on": TODAY + timedelta(days=1)},
        # The last run could not tell: a feed that died.
        {"seen_on": date(2026, 11, 19)},
        {"ended_on": TODAY},
        {"told_on": date(2026, 11, 19)},
    ],
)
def test_what_is_not_due_or_rests_on_old_data_is_told_to_nobody(
    company: Company, more: dict[str, Any]
) -> None:
    company.gap(**more)
    assert company.morning() == []


def test_two_a_morning_and_the_most_at_risk_first(company: Company) -> None:
    rich = company.add("大口社", arr=90_000_000)
    poor = company.add("小口社", arr=1000)
    for account in (poor, rich, company.account):
        company.gap(account)
    company.morning()
    names = " ".join(_shown(each) for each in company.posts())
    assert ("大口社" in names, "アクメ商事" in names, "小口社" in names) == (True, True, False)
    company.morning()
    assert len(company.posts()) == 3


def test_who_is_away_or_has_left_is_passed_over_and_back_they_hear_nothing_twice(
    company: Company,
) -> None:
    desk = company.desk
    company.gap()
    company.change(desk.sato, absent_until_on=TODAY)
    assert company.morning() == []
    company.morning(member=company.second)
    company.change(desk.sato, absent_until_on=None)
    company.morning()
    [post] = company.posts()
    assert post.audience == company.second.slack_user
    assert company.kept().told_to_id == company.second.id


def test_an_owner_who_has_left_without_a_second_leaves_it_to_their_lead(company: Company) -> None:
    company.change(company.desk.sato, is_active=False)
    company.change(company.account, second_id=None)
    company.gap()
    company.morning(member=company.lead)
    [post] = company.posts()
    assert post.audience == company.lead.slack_user
    # Who was told as a lead is not told once more as one.
    assert "未回答" not in company.lead_reads(date(2026, 12, 1))


def test_handed_over_after_the_note_nobody_hears_a_second_one_and_the_new_owner_may_answer(
    any_company: Company,
) -> None:
    company = any_company
    gap = company.gap()
    company.morning()
    new = company.desk.hire("後任", Role.CSM, lead_id=company.lead.id)
    company.change(company.account, owner_id=new.id)
    company.morning(member=new)
    assert len(company.posts()) == 1
    card = text_of(message_of(health(company.desk.ask("アクメ", by=new))))
    assert "言葉と利用の食い違い" in card
    assert "後任、11/30" in company.lead_reads(date(2026, 11, 30))
    none(company.desk.ask(value=str(gap.id), by=new))
    assert company.kept().answered_by_id == new.id


@pytest.mark.parametrize(
    ("told_on", "due_on"),
    [
        # 23 November is a holiday.
        (TODAY, date(2026, 11, 30)),
        # Golden Week: 29 and 30 April, 3 to 5 May off (the 30th a bridge day), the rest worked.
        (date(2027, 4, 28), None),
        # The company is closed over New Year.
        (date(2026, 12, 25), None),
    ],
)
def test_unanswered_for_five_business_days_the_lead_reads_of_it_once(
    company: Company, told_on: date, due_on: date | None
) -> None:
    desk = company.desk
    desk.score(company.account, told_on, 82.0, Band.GREEN) if told_on != TODAY else None
    company.gap(seen_on=told_on, due_on=told_on)
    company.morning(told_on)
    until_on = company.kept().answer_by_on
    assert until_on is not None
    turn = desk.turn(desk.sato, told_on)
    assert turn.person is not None
    calendar = turn.person.calendar
    worked = [
        on
        for n in range(1, (until_on - told_on).days + 1)
        if calendar.is_business_day(on := told_on + timedelta(days=n))
    ]
    assert len(worked) == 5
    assert due_on in (None, until_on)
    before = calendar.add_business_days(until_on, -1)
    assert "未回答" not in company.lead_reads(before)
    for _ in range(2):
        # A turn that is repeated says the same.
        assert "佐藤、" in company.lead_reads(until_on)
    assert "未回答" not in company.lead_reads(calendar.add_business_days(until_on, 1))


@pytest.mark.parametrize("locale", list(Locale))
def test_the_leads_line_says_what_whose_and_since_when(company: Company, locale: Locale) -> None:
    company.lead.locale = locale
    company.gap()
    company.morning()
    shown = company.lead_reads(date(2026, 12, 1))
    told = ("−22%", "11/30", "言葉と利用の食い違い(未回答) 1件")
    said = ("−22%", "30 Nov", "Words against use, unanswered: 1")
    assert [each for each in (told if locale is Locale.JA else said) if each not in shown] == []


@pytest.mark.parametrize("over", [{"answer": "none"}, {"ended_on": date(2026, 11, 25)}])
def test_answered_or_over_the_lead_never_hears_of_it(
    company: Company, over: dict[str, Any]
) -> None:
    gap = company.gap()
    company.morning()
    company.change(gap, **over)
    assert "未回答" not in company.lead_reads(date(2026, 12, 1))


def test_another_lead_reads_nothing_and_a_full_digest_forgets_none(company: Company) -> None:
    gap = company.gap()
    company.morning()
    other = company.desk.hire("別の長", Role.LEAD)
    company.desk.hire("部下", Role.CSM, lead_id=other.id)
    assert "未回答" not in company.lead_reads(date(2026, 12, 1), other)
    assert company.kept().lead_told_on is None
    with company.desk.store.writing(company.desk.workspace.id) as unit:
        leave_to_lead(unit, [gap.id], date(2026, 12, 1))
        leave_to_lead(unit, [gap.id], date(2026, 12, 2))
    assert company.kept().lead_told_on == date(2026, 12, 1)


@pytest.mark.parametrize("locale", list(Locale))
def test_a_look_at_it_is_a_task_and_the_note_says_so_with_the_way_back_alone(
    company: Company, locale: Locale
) -> None:
    desk = company.desk
    gap = company.gap()
    company.morning()
    reply = look(desk.ask(value=str(gap.id), locale=locale))
    assert isinstance(reply, Private)
    assert problems_of(reply.message) == []
    with desk.store.reading(desk.workspace.id) as unit:
        task = unit.session.scalars(select(Task)).one()
        wanted = select(AuditEntry).filter_by(action="words_gap_answered")
        entry = unit.session.scalars(wanted).one()
    assert (task.owner_id, task.due_on) == (desk.sato.id, date(2026, 11, 25))
    assert entry.change["answer"] == "look"
    [note] = [each for each in company.posts() if each.kind == "update"]
    assert "確認中" in _shown(note)
    assert [each["value"] for each in elements_of(note.payload["blocks"])] == [f"{gap.id}:look"]
    with pytest.raises(AlreadyDone, match="words_gap_answered"):
        none(desk.ask(value=str(gap.id)))
    assert company.kept().answer == "look"


@pytest.mark.parametrize("locale", list(Locale))
def test_a_cause_that_is_known_is_kept_by_its_code(company: Company, locale: Locale) -> None:
    gap = company.gap()
    company.morning()
    reply = message_of(known(company.desk.ask(value=f"{gap.id}:season", locale=locale)))
    assert {"ja": "季節", "en": "Season"}[locale.value] in text_of(reply)
    kept = company.kept()
    assert (kept.answer, kept.cause, kept.answered_on) == ("known", "season", TODAY)
    assert "食い違い" not in text_of(message_of(health(company.desk.ask("アクメ"))))


def test_strangers_slips_and_what_was_never_told_are_refused(company: Company) -> None:
    desk = company.desk
    gap = company.gap()
    with pytest.raises(Refusal, match="no_such_action"):
        none(desk.ask(value=str(gap.id)))
    company.morning()
    other = desk.hire("他人", Role.CSM)
    with pytest.raises(Refusal, match="pulse_not_yours"):
        none(desk.ask(value=str(gap.id), by=other))
    for press, value in ((none, "x"), (none, "12345"), (known, f"{gap.id}:weather")):
        with pytest.raises(Refusal, match="no_such_action"):
            press(desk.ask(value=value))
    assert "食い違い" not in text_of(message_of(health(desk.ask("アクメ", by=other))))
    assert company.kept().answer is None
