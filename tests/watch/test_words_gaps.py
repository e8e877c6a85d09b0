"""Words and use that contradict each other, night by night: when it begins, is due, and ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band, Mismatch
from bot.store.tables import Account, CsmPulse, Episode, ManualScore, VocRemark, WordsGap
from tests.watch.company import Company

pytestmark = pytest.mark.row("B30", "B10", "B9")

FIRST, LAST = date(2026, 7, 1), date(2026, 12, 25)
# Use falls by half over nine weeks and then stays there.
FALLS_ON, LOW_ON = date(2026, 9, 28), date(2026, 11, 27)
BEGAN = date(2026, 10, 19)


def falling(on: date) -> float:
    """Slowly, so that no sharp drop is seen."""
    if on < FALLS_ON:
        return 1.0
    days = min((on - FALLS_ON).days, (LOW_ON - FALLS_ON).days)
    return 1.0 - 0.5 * days / (LOW_ON - FALLS_ON).days


def fill(company: Company, shape: Any = falling, last_on: date = LAST, **facts: Any) -> None:
    """A goes by `shape`, B is steady; both are owned by Sato, and watched since two nights."""
    owner = company.hire("Sato", lead_id=company.hire("Lead"))
    for ref in "AB":
        company.add_account(ref, owner_id=owner, **(facts if ref == "A" else {}))
        company.use(ref, FIRST, last_on, shape if ref == "A" else lambda _: 1.0)
    company.nights(BEGAN - timedelta(days=2), BEGAN - timedelta(days=1))
    company.start(BEGAN - timedelta(days=1))


def say(company: Company, on: date, sentiment: str = "positive", **more: Any) -> None:
    """A remark of A's user."""
    values = {"speaker_role": "user", "confidence": "normal", "text": "助かっています"} | more
    company.add(
        VocRemark(
            account_id=company.accounts["A"],
            ref=f"V-{on}-{sentiment}-{values['speaker_role']}",
            said_on=on,
            sentiment=sentiment,
            known_at=company.clock.now(),
            **values,
        )
    )


def gaps(company: Company) -> list[WordsGap]:
    with company.store.reading(company.workspace_id) as unit:
        return list(unit.session.scalars(select(WordsGap).order_by(WordsGap.since_on)))


def tell(company: Company, on: date) -> None:
    """As the morning's job leaves it."""
    with company.store.writing(company.workspace_id) as unit:
        for row in unit.session.scalars(select(WordsGap).where(WordsGap.told_on.is_(None))):
            row.told_on, row.told_to_id = on, company.people["Sato"]


def days(first_on: date, count: int) -> tuple[date, date]:
    return first_on, first_on + timedelta(days=count - 1)


def test_good_words_and_falling_use_begin_once_and_are_due_after_three_nights(
    any_company: Company,
) -> None:
    company = any_company
    fill(company)
    say(company, date(2026, 11, 2))
    company.nights(*days(date(2026, 11, 2), 4))
    [gap] = gaps(company)
    assert gap.account_id == company.accounts["A"]
    assert (gap.kind, gap.told_on, gap.ended_on) == (Mismatch.FALLING, None, None)
    assert gap.due_on == gap.since_on + timedelta(days=2)
    assert gap.seen_on == date(2026, 11, 5)
    assert (gap.tone, gap.slope <= -0.15, gap.change <= -0.1) == (1.0, True, True)
    before = gap.slope
    company.night(date(2026, 11, 5))
    [again] = gaps(company)
    assert (again.id, again.since_on, again.slope) == (gap.id, gap.since_on, before)


@pytest.mark.parametrize(
    ("sentiment", "role", "confidence", "ago", "begins"),
    [
        ("positive", "user", "normal", 1, True),
        ("positive", "user", "low", 1, False),
        ("positive", "decision_maker", "low", 30, True),
        ("neutral", "decision_maker", "high", 1, False),
        ("negative", "user", "normal", 1, False),
        ("positive", "decision_maker", "high", 61, False),
    ],
)
def test_who_spoke_how_sure_we_are_and_how_long_ago_decide(
    company: Company, sentiment: str, role: str, confidence: str, ago: int, begins: bool
) -> None:
    fill(company)
    on = date(2026, 11, 16)
    said_on = on - timedelta(days=ago)
    say(company, said_on, sentiment, speaker_role=role, confidence=confidence)
    company.night(on)
    assert bool(gaps(company)) is begins


@pytest.mark.parametrize(
    ("feeling", "band", "begins"),
    [("good", None, True), ("worried", None, False), (None, "green", True), ("good", "red", False)],
)
def test_what_our_own_people_feel_counts_as_a_user_would(
    company: Company, feeling: str | None, band: str | None, begins: bool
) -> None:
    fill(company)
    on = date(2026, 11, 16)
    same = {"account_id": company.accounts["A"], "known_at": company.clock.now()}
    same |= {"member_id": company.people["Sato"]}
    if feeling:
        felt = {"felt_on": date(2026, 11, 10), "reasons": [], "words": ""}
        company.add(CsmPulse(**same, **felt, feeling=feeling))
    if band:
        given = {"given_on": date(2026, 11, 10), "expires_on": date(2026, 12, 10)}
        company.add(ManualScore(**same, **given, band=Band(band).value, reason="会った"))
    company.night(on)
    assert bool(gaps(company)) is begins


def test_bad_words_and_growing_use_are_the_same_mirrored(company: Company) -> None:
    fill(company, lambda on: 2.0 - falling(on))
    # An alert about the words alone would have somebody look already.
    say(company, date(2026, 10, 21), "negative", speaker_role="decision_maker")
    company.night(date(2026, 11, 13))
    [gap] = gaps(company)
    assert (gap.kind, gap.tone, gap.slope >= 0.15) == (Mismatch.GROWING, -1.0, True)


@pytest.mark.parametrize(
    ("facts", "shape"),
    [
        ({"touch": "tech"}, falling),
        ({}, lambda _: 1.0),
        # The Monday after a week off is no fall, nor is Golden Week's own absence.
        ({}, lambda on: 1.0 if on.weekday() < 3 else 0.6),
    ],
)
def test_nothing_begins_where_nobody_could_ask_or_nothing_fell(
    company: Company, facts: dict[str, Any], shape: Any
) -> None:
    fill(company, shape, **facts)
    say(company, date(2026, 11, 9))
    company.night(date(2026, 11, 13))
    assert gaps(company) == []


def test_a_feed_that_died_begins_nothing_and_ends_nothing(company: Company) -> None:
    fill(company, last_on=date(2026, 11, 4))
    say(company, date(2026, 11, 2))
    company.night(date(2026, 11, 5))
    [gap] = gaps(company)
    tell(company, date(2026, 11, 5))
    company.night(date(2026, 11, 17))
    [kept] = gaps(company)
    assert (kept.ended_on, kept.seen_on < date(2026, 11, 16)) == (None, True)
    with company.store.writing(company.workspace_id) as unit:
        unit.session.delete(unit.session.get_one(WordsGap, (company.workspace_id, gap.id)))
    company.night(date(2026, 11, 18))
    assert gaps(company) == []


def test_it_ends_by_the_words_or_the_use_and_does_not_repeat_within_its_cool_down(
    company: Company,
) -> None:
    fill(company)
    say(company, date(2026, 11, 2))
    company.night(date(2026, 11, 6))
    tell(company, date(2026, 11, 6))
    say(company, date(2026, 11, 9), "negative", speaker_role="decision_maker")
    company.night(date(2026, 11, 10))
    [gap] = gaps(company)
    assert (gap.ended_on, gap.ended_by) == (date(2026, 11, 10), "words")
    # Good words again while use still falls: nobody is told a second time so soon.
    for number in range(4):
        more = {"speaker_role": "decision_maker", "confidence": "high"}
        say(company, date(2026, 11, 11 + number), **more)
    with company.store.writing(company.workspace_id) as unit:
        for episode in unit.session.scalars(select(Episode)):
            unit.session.delete(episode)
    company.night(date(2026, 11, 16))
    assert len(gaps(company)) == 1


def test_use_that_comes_back_ends_it(company: Company) -> None:
    back = date(2026, 11, 9)
    fill(company, lambda on: falling(on) if on < back else 1.1)
    say(company, date(2026, 11, 1))
    company.night(date(2026, 11, 5))
    tell(company, date(2026, 11, 5))
    company.nights(back, back + timedelta(days=28), step=4)
    [gap] = gaps(company)
    assert gap.ended_by == "use"
    assert gap.ended_on is not None
    assert date(2026, 11, 16) < gap.ended_on < date(2026, 12, 4)


def test_what_began_before_the_start_is_told_to_nobody_and_forgotten_when_over(
    company: Company,
) -> None:
    fill(company)
    company.start(date(2026, 11, 10))
    say(company, date(2026, 11, 2))
    company.nights(*days(date(2026, 11, 9), 5))
    [gap] = gaps(company)
    assert gap.due_on is None
    say(company, date(2026, 11, 13), "negative", speaker_role="decision_maker")
    company.night(date(2026, 11, 14))
    assert gaps(company) == []


def test_an_open_alert_keeps_it_quiet(company: Company) -> None:
    fill(company)
    company.add(_alert(company))
    say(company, date(2026, 11, 2))
    company.night(date(2026, 11, 5))
    assert gaps(company) == []


def _alert(company: Company) -> Episode:
    with company.store.reading(company.workspace_id) as unit:
        account = unit.session.scalars(select(Account).filter_by(ref="A")).one()
    opened = {"opened_on": date(2026, 11, 1), "opened_at": company.clock.now()}
    return Episode(
        account_id=account.id,
        known_at=company.clock.now(),
        playbook="late_payment",
        playbook_version=1,
        open_as="late_payment",
        title={"ja": "入金", "en": "Payment"},
        band_then="yellow",
        evidence=[],
        step=0,
        **opened,
    )
