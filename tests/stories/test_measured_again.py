"""From an alert to its outcome, and to what its thread says two weeks and a month later."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band
from bot.services.playbooks import ensure_shipped
from bot.store.tables import Account, OutcomeCheck, TaskOutcome
from tests.commands.loop_records import add_episode, add_task
from tests.stories.conftest import PEOPLE, Company

LANGUAGE = {user: language for language, user in PEOPLE.items()}
# Two weeks after the last Friday of work but one is New Year's Day.
FRIDAY = date(2026, 12, 18)
NEW_YEAR, MONDAY = date(2027, 1, 1), date(2027, 1, 4)
SUNDAY, LATE = date(2027, 1, 17), date(2027, 1, 18)
EARLY = {
    "ja": "14日後 48 → 63(+15点)。未対応の類似顧客11社は平均+9点。1件では効果を判断できません",
    "en": "After 14 days 48 → 63 (+15 points).",
}
NO_CLAIM = {"ja": "1件では効果を判断できません", "en": "One case"}
FEW = {"ja": "判断保留", "en": "3 like"}


def morning(company: Company, on: date, hour: int = 9) -> None:
    """That day's morning in Tokyo and in London."""
    company.house.at(datetime(on.year, on.month, on.day, hour, tzinfo=UTC))


@dataclass
class Told:
    """A company with an alert before its person, and eleven customers like the alert's."""

    company: Company
    alike: list[Account]

    def score(self, on: date, acme: float, others: float, count: int = 11) -> None:
        """A night; `count` of the like customers have a score."""
        for account, score in (
            (self.company.acme, acme),
            *((each, others) for each in self.alike[:count]),
        ):
            self.company.records.score(account, on, score, Band.RED)


@pytest.fixture
def told(company: Company, person: str) -> Told:
    """An alert of Friday with its message, and one task left."""
    ensure_shipped(company.house.bot.store, company.house.workspace.id)
    made = Told(company, [company.records.add_account(f"似た{n}社") for n in range(11)])
    made.score(FRIDAY, 48.0, 47.0)
    morning(company, FRIDAY)
    episode = add_episode(company.records, company.acme, opened_on=FRIDAY)
    add_task(company.records, company.acme, FRIDAY, episode=episode, made_on=FRIDAY)
    company.house.run_job("alerts")
    return made


def thread(company: Company, person: str) -> str:
    """What stands below the alert's message."""
    house = company.house
    where = house.visitor.direct(person)
    shown = house.visitor.messages(person, where)
    root = next(each["ts"] for each in shown if "アクメ商事" in str(each["blocks"]))
    return "\n".join(str(each["text"]) for each in house.visitor.thread(person, where, root))


@pytest.mark.row("A30", "D57", "B41", "E8")
def test_it_is_told_after_the_holidays_with_like_customers_beside_it(
    told: Told, person: str
) -> None:
    company, house, words = told.company, told.company.house, LANGUAGE[person]
    house.clicks(person, "alert_claim")
    house.send()
    house.says(person, "/tasks アクメ")
    house.clicks(person, "task_done")
    assert house.submits(person, result="met", impression="前向き").get("closed")
    house.send()
    assert "前向き" in thread(company, person)
    told.score(NEW_YEAR, 63.0, 56.0)
    told.score(MONDAY, 20.0, 20.0)
    morning(company, MONDAY)
    for _ in range(2):
        house.run_job("outcome_checks")
    lines = thread(company, person)
    assert EARLY[words] in lines
    assert NO_CLAIM[words] in lines
    assert lines.count(EARLY[words]) == 1
    told.score(SUNDAY, 70.0, 50.0, count=3)
    morning(company, LATE)
    house.run_job("outcome_checks")
    assert FEW[words] in thread(company, person)
    with house.bot.store.reading(house.workspace.id) as unit:
        checks = list(unit.session.scalars(select(OutcomeCheck).order_by(OutcomeCheck.after_days)))
        assert unit.session.scalars(select(TaskOutcome.recorded_on)).one() == FRIDAY
    assert [each.due_on for each in checks] == [NEW_YEAR, SUNDAY]
    assert [each.checked_on for each in checks] == [MONDAY, LATE]
    assert [each.score for each in checks] == [63.0, 70.0]
