"""Weeks of a whole team, of whatever texts and sizes a test chooses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.core.band_flow import Flow, Move, Share
from bot.core.decisions import Decision, Question
from bot.core.interval import Interval
from bot.core.money import Money, Rates
from bot.core.playbook_draft import Draft, DraftLimit
from bot.core.playbook_week import Known, PlaybookWeek, Review, Unowned
from bot.core.practice import Practice
from bot.core.renewals import KEPT, PENDING, Renewed, build_renewals
from bot.core.say import Say
from bot.core.thresholds import LIMITS, Proposal
from bot.core.vocabulary import Band, Verdict
from bot.core.week import Week
from bot.core.weekly import Heard, Moved, Planned, Responses, Weekly
from bot.signals.catalogue import load_signals
from bot.views.playbook_draft import build_draft_form, build_draft_told, build_draft_used
from bot.views.reply import Message, View
from bot.views.verdicts import Reader
from bot.views.weekly import WeeklyPage, build_weekly
from tests.views.samples_of_practices import list_practice_views

TODAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 9)
_AT = datetime(2026, 11, 16, 3, tzinfo=UTC)
_KINDS = (*KEPT, "churned", PENDING)


def list_week_views(say: Say, text: str, size: int) -> Iterator[tuple[str, Message | View]]:
    """Summaries of a full week, of one with every question, of the first and of an empty one."""
    reader = Reader(1, "Asia/Tokyo", TODAY, MONDAY, text)
    yield from _draft_views(say, text)
    yield from list_practice_views(say, text)
    for limit in LIMITS:
        proposal = Proposal(limit.signal, limit.name, 0.4, 0.35, size + 1, size, 1)
        about = replace(_playbook(text, 3), proposal=proposal)
        decisions = [Decision(Question.FALSE_ALARMS, about)]
        weekly = replace(sample_weekly(text, 1), decisions=decisions)
        yield f"week with {limit.signal}", build_weekly(say, WeeklyPage(weekly, reader))
    for name, weekly in (
        ("full", sample_weekly(text, size)),
        ("asked", sample_weekly(text, size, list(Question))),
        ("without amounts", sample_weekly(text, size, arr=0)),
        ("first", _blank(Flow("JPY", MONDAY))),
        ("unscored", _blank(Flow("JPY"))),
    ):
        yield f"week {name}", build_weekly(say, WeeklyPage(weekly, reader))


def _draft_views(say: Say, text: str) -> Iterator[tuple[str, Message | View]]:
    limits = [
        DraftLimit(signal.key, name, value, value / 2)
        for signal in load_signals().values()
        if signal.key != "renewal"
        for name, value in signal.limits.items()
    ]
    title = {"ja": text, "en": text}
    for draft in (Draft("p", 2, title, limits), Draft("p", 2, title)):
        told = build_draft_told(say, draft, text, TODAY)
        yield f"draft of {len(draft.limits)}", told
        yield f"draft used of {len(draft.limits)}", build_draft_used(say, draft)
        yield f"draft form of {len(draft.limits)}", build_draft_form(say, draft)


def sample_weekly(
    text: str, size: int, asked: list[Question] | None = None, arr: int = 10**12
) -> Weekly:
    """A week of `size` playbooks and renewals; `asked` are the questions to decide."""
    playbooks = [_playbook(text, number) for number in range(size)]
    found = [_renewed(text, number) for number in range(size)]
    return Weekly(
        days=Week(MONDAY, MONDAY - timedelta(weeks=1)),
        flow=_flow(size, arr),
        decisions=[
            Decision(each, _playbook(text, number)) for number, each in enumerate(asked or [])
        ],
        renewals=build_renewals(found, "JPY", TODAY, Rates()),
        playbooks=playbooks,
        planned=Planned(size, size // 2),
        moved=Moved(size, size // 3),
        responses=Responses([timedelta(minutes=7**each) for each in range(min(size, 6))], size),
        heard=Heard(size, text, size),
        practices=[_practice(text, number) for number in range(size)],
    )


def _practice(text: str, number: int) -> Practice:
    interval = Interval(10, 8.0, 3.0, 12.0) if number % 2 else None
    return Practice(text, 12, number + 1, 10 if interval else 2, interval)


def _blank(flow: Flow) -> Weekly:
    renewals = build_renewals([], "JPY", TODAY, Rates())
    rest = (Planned(), Moved(), Responses(), Heard())
    return Weekly(Week(MONDAY, MONDAY), flow, [], renewals, [], *rest)


def _flow(size: int, arr: int) -> Flow:
    moves = [
        Move(before, after, Share(size, Money(Decimal(arr), "JPY"), size // 2))
        for before in Band
        for after in Band
    ]
    return Flow("JPY", MONDAY + timedelta(weeks=1), MONDAY, moves)


def _renewed(text: str, number: int) -> Renewed:
    currency = ("JPY", "USD", "EUR")[number % 3]
    amount = Money(Decimal(10**9), currency) if number % 4 else None
    return Renewed(number, text, MONDAY, _KINDS[number % 5], amount, text if number % 2 else None)


def _playbook(text: str, number: int) -> PlaybookWeek:
    """Every third has enough cases, every fourth is decided on, now by the reader, now not."""
    known = Known(
        key=f"p{number}".ljust(64, "x"),
        version=number + 1,
        status="retired" if number % 11 == 5 else "active",
        title={"ja": text, "en": text},
        results={"own": {"ja": text, "en": text}},
        draft=number + 2,
    )
    verdict = list(Verdict)[number % 4]
    review = Review(MONDAY, known.key, 1, verdict, number % 3, text, _AT, TODAY)
    return PlaybookWeek(
        known=known,
        runs=number,
        results={"own": number, "met": number, "unreachable": 1, "not_needed": 2, "waiting": 3},
        measured=12,
        compared=10 if number % 3 else 4,
        unmeasured=number,
        difference=Interval(10, 8.0, 3.0, 12.0) if number % 3 else None,
        closed=20,
        false_alarms=8,
        unowned=Unowned(3, None, 7),
        review=review if number % 4 == 1 else None,
        last_review=review,
    )
