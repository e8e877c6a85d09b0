"""Every view the bot shows to people, built from whatever texts and sizes a test chooses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.core.account_card import AccountCard, Book, BookRow, Colleague, LastTouch, Remark, Renewal
from bot.core.contact import Contact
from bot.core.contract_results import RESULTS, Result, Term
from bot.core.deadlines import NOTICE, PASSED, RENEWAL, Deadline
from bot.core.digest_item import Item
from bot.core.explanation import Ceiling, Evidence, Explanation, Reason
from bot.core.hand_score import HeldScore, Measured
from bot.core.job_line import JobLine
from bot.core.meeting import Meeting, Progress, build_meeting
from bot.core.money import Money
from bot.core.monthly_list import STRONGEST, MonthlyList, Pick, Why
from bot.core.monthly_list import Reason as Occasion
from bot.core.movement import Movement, Shift
from bot.core.refusal import Refusal
from bot.core.say import Say
from bot.core.score_change import Comparison, Part
from bot.core.settings import Settings
from bot.core.slots import Daily, Interval, Monthly, Rule, Weekly
from bot.core.standing import HandScore, Standing
from bot.core.task import TaskRow
from bot.core.told import CLEARED, DEEDS, DUE, FIRST, GROUPS, RESULT, WATCH, WORSE
from bot.core.voc import Draft, Heard
from bot.core.vocabulary import (
    Band,
    Locale,
    Mover,
    Origin,
    Role,
    SpeakerRole,
    TaskState,
    TouchKind,
)
from bot.frame.measure import Unit
from bot.registry import whole
from bot.texts import Texts
from bot.views.account_card import build_card
from bot.views.app_home import HomePage, build_home
from bot.views.book import build_book
from bot.views.digest import DigestPage, build_digest
from bot.views.hand_scores import build_ended, build_ending, build_fallen
from bot.views.help import build_help, build_lost
from bot.views.job_list import build_job_list
from bot.views.language import build_changed, build_language
from bot.views.measure_rows import build_measure_rows
from bot.views.meeting import MeetingPage, build_meeting_view, build_who
from bot.views.monthly_list import MonthlyPage, build_made, build_monthly
from bot.views.nightly import Night, build_gap, build_night, build_postponed
from bot.views.nightly import build_failed as build_failed_night
from bot.views.owner import build_owner_form, build_owner_set
from bot.views.reply import Message, View
from bot.views.roles import build_groups_form, build_roles_given, build_roles_held
from bot.views.score_form import build_reason_wanted, build_recorded, build_score_form
from bot.views.settings_form import build_settings_form
from bot.views.share_form import CARD, MEETING, build_share_form, build_shared, with_sharer
from bot.views.touch import (
    KeptTouch,
    build_touch_change,
    build_touch_choice,
    build_touch_form,
    build_touch_kept,
)
from bot.views.voc_form import build_voc_form, build_voc_recorded
from bot.views.voc_reaction import build_voc_offer
from bot.views.why import WhyPage, build_why
from tests.views.breaks import list_data_views
from tests.views.first_hour import list_first_hour
from tests.views.samples_of_alerts import list_alert_views
from tests.views.samples_of_feelings import list_feeling_views
from tests.views.samples_of_models import list_model_views
from tests.views.samples_of_tasks import list_task_views
from tests.views.samples_of_weeks import list_week_views
from tests.views.samples_of_work import build_work_item, list_work_views

TODAY = date(2026, 11, 20)
ZONE = "Asia/Tokyo"
_RUN_AT = datetime(2026, 11, 19, 21, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """`text` is whatever people wrote, everywhere; `size` how many of everything there are."""

    text: str
    size: int = 3

    @property
    def hand(self) -> HandScore:
        return HandScore(Band.RED, self.text, self.text, TODAY, TODAY + timedelta(days=30))

    def standing(self, number: int = 0) -> Standing:
        band = list(Band)[number % 4]
        score = None if band is Band.UNKNOWN else 10.0 * (number % 10)
        hand = self.hand if number % 7 == 0 else None
        return Standing(band, score, 0.9, TODAY, TODAY, 1, hand)

    def renewal(self, number: int = 0) -> Renewal:
        return Renewal(TODAY + timedelta(days=45), TODAY + timedelta(days=number % 30), True)

    def row(self, number: int) -> BookRow:
        money = Money(Decimal(10**12), "JPY") if number % 3 else None
        owner = Colleague(self.text, None)
        standing = self.standing(number)
        return BookRow(number + 1, self.text, standing, money, self.renewal(number), owner)

    def card(self, standing: Standing) -> AccountCard:
        people = [self.text] * self.size
        return AccountCard(
            id=7,
            ref=self.text,
            name=self.text,
            standing=standing,
            arr=Money(Decimal("123456789.5"), "USD"),
            tier="strategic",
            touch="high",
            stage="onboarding",
            difficulty="normal",
            owner_mode="dedicated",
            owner=Colleague(self.text, "U1"),
            second=Colleague(self.text),
            seats=10**6,
            goal=self.text,
            success_criteria=self.text,
            champions=people,
            decision_makers=people,
            renewal=self.renewal(),
            remark=Remark(TODAY, self.text, "champion", self.text, self.text),
            last_touch=LastTouch(TODAY, "meeting", "us", self.text, TODAY - timedelta(days=2)),
            history=[(TODAY - timedelta(days=89 - day), day * 1.1) for day in range(90)],
        )

    def explanation(self) -> Explanation:
        def reason(number: int) -> Reason:
            state = ("used", "used", "too_old", "missing")[number % 4]
            value = None if state == "missing" else 1.5
            points = (number % 11) - 5.0 if state == "used" else None
            return Reason(self.text, self.text, "days", value, points, state, ["nps", "usage"])

        reasons = [reason(number) for number in range(self.size)]
        return Explanation(50.0, reasons, Ceiling(self.text, 49))

    def evidence(self) -> list[Evidence]:
        kinds = ("invoice", "ticket", "incident", "nps", "voc", "touch")
        return [
            Evidence(kinds[number % 6], TODAY, self.text, self.text, 6.0, TODAY)
            for number in range(self.size)
        ]

    def book(self, band: Band | None = None, page: int = 1) -> Book:
        counts = dict.fromkeys(Band, self.size)
        rows = [self.row(number) for number in range(self.size)]
        return Book(counts, band, page, max(1, self.size), rows)

    def meeting(self) -> Meeting:
        states = (TaskState.OPEN, TaskState.WAITING)
        tasks = [
            TaskRow(
                id=number,
                row=self.row(number),
                title={"ja": self.text, "en": self.text},
                due_on=TODAY + timedelta(days=number % 12 - 6),
                state=states[number % 3 == 0],
                origin=(Origin.MONTHLY, Origin.HAND)[number % 2],
                mover=Mover.US,
                made_on=TODAY,
                waiting_until_on=TODAY,
            )
            for number in range(self.size)
        ]
        rows = [self.row(number) for number in range(self.size)]
        contacts = {row.id: (TODAY, TODAY + timedelta(days=1)) for row in rows}
        return build_meeting(tasks, rows, contacts, Progress(10, 3, 1), TODAY)

    def monthly(self) -> MonthlyList:
        name = {"ja": self.text, "en": self.text}
        some = [
            Occasion(Why.WATCH, on=TODAY, name=name),
            Occasion(Why.LOW_USE, "active_user_rate", share=0.1, name=name),
            Occasion(Why.RENEWAL, "notice", 90, on=TODAY),
            Occasion(Why.FOLLOW_UP, "review", 40, 30, TODAY),
            Occasion(Why.PRAISE, "contact", 70, on=TODAY),
        ]
        picks = [Pick(self.row(number), some[number % 5 :]) for number in range(self.size)]
        picks.sort(key=lambda pick: STRONGEST.index(pick.reason.why))
        tech = dict.fromkeys(Band, self.size)
        return MonthlyList(TODAY, picks, self.size, self.size, tech, [TODAY] * 2)

    def changes(self) -> list[Comparison]:
        parts = [Part(self.text, None, -7 - number) for number in range(self.size)]
        parts += [Part(self.text, 30, None), Part(self.text, 0, -120, is_ceiling=True)]
        then, many = TODAY - timedelta(days=7), TODAY - timedelta(days=400)
        alike = Comparison(["week"], then, 74.1, 48.0, (1, 1), (0.9, 0.6), parts)
        return [alike, Comparison(["contact"], many, 74.1, 48.0, (1, 2), (0.9, 0.9))]

    def digest(self, **more: Any) -> DigestPage:
        rows = [self.row(number) for number in range(self.size)]
        items = [self.item(number, row) for number, row in enumerate(rows)]
        moved = {row.id: self.movement(row.id) for row in rows}
        run = {"run_on": TODAY, "run_at": _RUN_AT}
        page = {"rows": rows, "items": items, "movements": moved, **run, **more}
        return DigestPage(name=self.text, today=TODAY, zone=ZONE, **page)

    def item(self, number: int, row: BookRow) -> Item:
        group = GROUPS[number * len(GROUPS) // max(1, self.size)]
        kind = (NOTICE, RENEWAL, PASSED)[number % 3]
        result = RESULTS[number % 4]
        money = Money(Decimal(10**12), "JPY") if number % 2 else None
        due = Deadline(kind, TODAY + timedelta(days=number % 15))
        if group in (*DEEDS, WATCH, CLEARED):
            news = Item((WORSE, DUE)[number % 2], row, before=Band.GREEN, deadline=due)
            return build_work_item(self.text, group, row, news if number % 4 else None)
        return Item(
            group,
            row,
            before=Band.GREEN,
            deadline=due,
            step=14,
            result=Result(row.id, self.text, TODAY, result, self.text, money)
            if group == RESULT
            else None,
            term=Term(TODAY, TODAY + timedelta(days=364)) if number % 2 else None,
            many=[row] * 7 if group == FIRST else (),
            again=bool(number % 2),
        )

    def movement(self, number: int) -> Movement:
        shifts = [
            Shift(self.text, unit.value, window, before, now, points * (1 + number), at_most)
            for unit, window, before, now, points, at_most in (
                (Unit.RATIO, "5bd/20bd", 1.0, 0.5, -9.0, None),
                (Unit.DAYS, "latest", 0.0, 16.0, -4.0, 69.0),
                (Unit.CHANGE, "20bd/20bd", None, -0.3, 5.0, None),
            )
        ]
        return Movement(74.9, 62.1 + number % 30, 7, shifts)

    def settings(self, locale: Locale) -> Settings:
        return Settings(locale, time(9), time(18), range(7), time(8, 30), "C1")


def list_views(say: Say, world: World) -> Iterator[tuple[str, Message | View]]:
    """Every message, form and home, by name."""
    yield from _account_views(say, world)
    yield from _touch_views(say, world)
    rows = [world.row(number) for number in range(world.size)]
    yield from list_work_views(say, world.text, rows)
    yield from list_model_views(say, world.text, world.size)
    yield from list_week_views(say, world.text, world.size)
    yield from list_task_views(say, world.text, rows)
    yield from _book_views(say, world)
    yield from _general_views(say, world)
    rows = [world.row(number) for number in range(max(1, min(world.size, 8)))]
    yield from list_alert_views(say, world.text, rows)
    yield from list_feeling_views(say, world.text, rows)


def _score_views(say: Say, name: str, world: World) -> Iterator[tuple[str, Message | View]]:
    standing = world.standing(1)
    held = HeldScore(1, 7, name, world.hand, Measured(Band.GREEN, 74.9), Measured(Band.RED, 48.2))
    yield "score ends", build_ending(say, held, TODAY)
    yield "score fell", build_fallen(say, replace(held, then=Measured()), TODAY)
    yield "score ended", build_ended(say, name, Measured())
    yield "score form", build_score_form(say, 7, name, standing, "red")
    yield "first score form", build_score_form(say, 7, name, Standing(), None)
    yield "recorded", build_recorded(say, 7, name, Band.RED, TODAY, has_reason=False)
    yield "reason wanted", build_reason_wanted(say, 7, name, Band.RED)


def _account_views(say: Say, world: World) -> Iterator[tuple[str, Message | View]]:
    name, told = world.text, world.explanation()
    for number in range(8):
        facts, changes = world.card(world.standing(number)), world.changes()[: number % 3]
        card = build_card(say, facts, told, TODAY, changes=changes)
        yield f"card {number}", card
    yield "shared card", with_sharer(say, card, "U1")
    standing = world.standing(1)
    page = WhyPage(7, name, standing, told, world.evidence(), TODAY, world.changes())
    yield "why", build_why(say, page)
    of_one = build_measure_rows(say, 7, name, told.reasons[0], world.evidence(), TODAY)
    yield "rows of a measure", of_one
    yield "why of nothing", build_why(say, WhyPage(7, name, Standing(), None, [], TODAY))
    yield from _score_views(say, name, world)
    some = [(world.text, number) for number in range(1, world.size + 1)]
    yield "voc form", build_voc_form(say, Draft(TODAY, world.text, matches=some, said=name))
    filled = Draft(TODAY, world.text, account=(world.text, 7), permalink="https://x/p1")
    yield "filled voc form", build_voc_form(say, filled)
    heard = Heard(TODAY, world.text, "neutral", world.text, "admin", "call", world.text)
    monthly = world.monthly()
    for number in range(-(-len(monthly.picks) // 20)):
        yield f"monthly {number}", build_monthly(say, MonthlyPage(7, name, TODAY, monthly, number))
    nobody = MonthlyList(TODAY, [], 0, 0, {}, [TODAY])
    yield "monthly of nobody", build_monthly(say, MonthlyPage(7, name, TODAY, nobody))
    yield "meeting", build_meeting_view(say, MeetingPage(name, TODAY, world.meeting(), 7))
    empty = build_meeting([], [], {}, Progress(), TODAY)
    yield "meeting about nothing", build_meeting_view(say, MeetingPage(name, TODAY, empty))
    yield "meeting with whom", build_who(say, world.text, some[:5], is_near=True)
    rows = [(world.text, world.text, TODAY)] * world.size
    yield "monthly made", build_made(say, rows, 1, 2)
    yield "voc offer", build_voc_offer(say, filled, "C1:1.2")
    yield "voc offer without words", build_voc_offer(say, Draft(TODAY), "C1:1.2")
    yield "voc recorded", build_voc_recorded(say, 7, name, heard)
    yield "share form", build_share_form(say, CARD, 7, name, "C1")
    yield "share form of a meeting", build_share_form(say, MEETING, 7, name, None)
    yield "shared meeting", build_shared(say, MEETING, name, "cs", is_public=False)
    yield "shared", build_shared(say, CARD, name, name[:80], is_public=True)


def _touch_views(say: Say, world: World) -> Iterator[tuple[str, Message | View]]:
    yield "touch choice", build_touch_choice(say, 7, world.text)
    yield "touch form", build_touch_form(say, TODAY)
    yield "touch form of an account", build_touch_form(say, TODAY, (world.text, "7"))
    full = Contact(TODAY, TouchKind.CALL, Mover.THEM, SpeakerRole.USER, world.text, TODAY)
    for contact in (Contact(TODAY, TouchKind.EMAIL), full):
        kept = KeptTouch(2**62, 2**62, world.text, contact, contact.next_on)
        yield f"touch kept {contact.kind}", build_touch_kept(say, kept, TODAY)
        yield f"touch change {contact.kind}", build_touch_change(say, kept)


def _book_views(say: Say, world: World) -> Iterator[tuple[str, Message | View]]:
    for scope in ("mine", "team", "everything"):
        yield f"book {scope}", build_book(say, world.book(), scope, TODAY)
        yield f"empty book {scope}", build_book(say, World("", 0).book(page=0), scope, TODAY)
    yield "one band", build_book(say, world.book(Band.RED, 0), "mine", TODAY)
    for most in (10, None):
        yield f"digest {most}", build_digest(say, world.digest(most_rows=most))
    yield "digest of nothing", build_digest(say, world.digest(items=[]))
    unsettled = world.digest(items=[], pending=2, lost=3, was={Band.GREEN: 4})
    yield "digest of what is not settled", build_digest(say, unsettled)
    for scope in ("mine", "team", "everything"):
        nobody = world.digest(rows=[], items=[], scope=scope)
        yield f"digest of nobody, {scope}", build_digest(say, nobody)
    never = world.digest(run_on=None, run_at=None)
    yield "digest before the first run", build_digest(say, never)
    for has_role in (True, False):
        home = HomePage(
            digest=world.digest(),
            book=world.book(),
            scope="mine",
            settings=world.settings(say.locale),
            has_role=has_role,
            zone=ZONE,
            today=TODAY,
        )
        yield f"home {has_role}", build_home(say, home)


def _general_views(say: Say, world: World) -> Iterator[tuple[str, Message | View]]:
    commands = [(deed.key, deed.slash) for deed in whole().commands()]
    yield "help", build_help(say, commands)
    yield "unknown word", build_help(say, commands, world.text)
    yield "lost", build_lost(say, world.text)
    yield "language", build_language(say)
    yield "language changed", build_changed(say)
    yield "settings", build_settings_form(say, world.settings(say.locale))
    rules: tuple[Rule, ...] = (
        Daily(time(8, 30)),
        Weekly(0, time(9)),
        Monthly(time(9)),
        Interval(timedelta(hours=1)),
    )
    states = ("running", "done", "missed", "failed")
    lines = [
        JobLine("digest", rule, ZONE, _RUN_AT, state)
        for rule, state in zip(rules, states, strict=True)
    ]
    called = say("roles", "group", handle="cs", name=world.text)
    groups = [(called, f"S{number}") for number in range(world.size)]
    yield "groups", build_groups_form(say, list(Role), groups, {Role.CSM: ["S1"]})
    yield "no groups", build_groups_form(say, list(Role), [], {})
    yield "roles held", build_roles_held(say, world.text, list(Role))
    yield "roles given", build_roles_given(say, world.text, list(Role))
    yield from list_first_hour(say, world.text, world.size, world.row(1))
    yield "owner", build_owner_form(say, "second")
    yield "owner set", build_owner_set(say, "owner", world.text, world.text, world.text, (1, 2))
    yield (
        "jobs",
        build_job_list(say, [*lines, JobLine("nightly", Daily(time(5)), "America/New_York")], ZONE),
    )
    bands = dict.fromkeys(Band, world.size)
    yield "night", build_night(say, Night(TODAY, bands, 3, TODAY, 2, 1))
    yield "empty night", build_night(say, Night(TODAY, {}, 0, None, 0, 0))
    yield from list_data_views(say, world.text, world.size)
    yield "gap", build_gap(say, TODAY, TODAY - timedelta(days=3))
    busy = Refusal("import_under_way", file_name=world.text[:200])
    yield "postponed", build_postponed(say, TODAY, busy)
    yield "night failed", build_failed_night(say, TODAY, "0a1b2c3d")


def list_voices() -> list[Say]:
    """Both languages."""
    texts = Texts()
    return [texts.speak(locale) for locale in Locale]
