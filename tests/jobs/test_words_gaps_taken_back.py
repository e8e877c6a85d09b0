"""An answer about words and use that was a slip: taken back where it was given, and asked again."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.commands.words_gap import answer_back, known, look, none
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Locale, Role
from bot.store.tables import AuditEntry, Task
from tests.commands.desk import TODAY, Desk
from tests.jobs.test_words_gaps import Company
from tests.views.shown import elements_of, message_of, problems_of, text_of

pytestmark = pytest.mark.row("B30", "B10")


@pytest.fixture
def company(desk: Desk) -> Company:
    return Company(desk)


@pytest.fixture
def any_company(database_url: str) -> Iterator[Company]:
    """The same on SQLite and on PostgreSQL."""
    made = Desk(database_url)
    yield Company(made)
    made.engine.dispose()


@pytest.mark.parametrize("locale", list(Locale))
def test_an_answer_that_was_a_slip_is_taken_back_with_its_task_and_asked_for_again(
    any_company: Company, locale: Locale
) -> None:
    desk, gap = any_company.desk, any_company.gap()
    any_company.morning()
    look(desk.ask(value=str(gap.id)))
    until_on = any_company.kept().answer_by_on
    reply = message_of(answer_back(desk.ask(value=f"{gap.id}:look", locale=locale)))
    assert problems_of(reply) == []
    assert {"ja": "取り消しました", "en": "taken back"}[locale.value] in text_of(reply)
    ways = [each["action_id"] for each in elements_of(reply.blocks)]
    assert ways == ["gap_look", "gap_known", "gap_none"]
    kept = any_company.kept()
    given = (kept.answer, kept.cause, kept.answered_on, kept.answered_by_id, kept.task_id)
    assert given == (None,) * 5
    assert kept.answer_by_on == until_on
    with desk.store.reading(desk.workspace.id) as unit:
        [task] = unit.session.scalars(select(Task))
        assert unit.session.scalars(select(AuditEntry).filter_by(action="words_gap_taken_back"))
    assert (task.state, bool(task.reason)) == ("dropped", True)
    note = [each for each in any_company.posts() if each.kind == "update"][-1]
    assert [each["action_id"] for each in elements_of(note.payload["blocks"])] == ways
    known(desk.ask(value=f"{gap.id}:season"))
    assert any_company.kept().answer == "known"


def test_what_is_taken_back_twice_or_by_strangers_or_when_over_stays(company: Company) -> None:
    desk, gap = company.desk, company.gap()
    company.morning()
    none(desk.ask(value=str(gap.id)))
    with pytest.raises(Refusal, match="pulse_not_yours"):
        answer_back(desk.ask(value=f"{gap.id}:none", by=desk.hire("他人", Role.CSM)))
    for value in (f"{gap.id}", f"{gap.id}:weather", "x:none", "12345:none"):
        with pytest.raises(Refusal, match="no_such_action"):
            answer_back(desk.ask(value=value))
    answer_back(desk.ask(value=f"{gap.id}:none", by=company.lead))
    look(desk.ask(value=str(gap.id)))
    with pytest.raises(AlreadyDone, match="words_gap_asked_again"):
        answer_back(desk.ask(value=f"{gap.id}:none"))
    company.change(gap, ended_on=TODAY)
    with pytest.raises(AlreadyDone, match="words_gap_over"):
        answer_back(desk.ask(value=f"{gap.id}:look"))
    assert company.kept().answer == "look"


def test_a_task_that_was_theirs_before_or_is_done_is_not_dropped(company: Company) -> None:
    desk, gap = company.desk, company.gap()
    company.morning()
    look(desk.ask(value=str(gap.id)))
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.scalars(select(Task)).one().state = "done"
    answer_back(desk.ask(value=f"{gap.id}:look"))
    look(desk.ask(value=str(gap.id)))
    assert company.kept().task_id is None
    answer_back(desk.ask(value=f"{gap.id}:look"))
    with desk.store.reading(desk.workspace.id) as unit:
        assert [each.state for each in unit.session.scalars(select(Task))] == ["done"]


def test_taken_back_after_its_day_the_lead_reads_of_it_as_of_any_unanswered_one(
    company: Company,
) -> None:
    gap = company.gap()
    company.morning()
    none(company.desk.ask(value=str(gap.id)))
    answer_back(company.desk.ask(value=f"{gap.id}:none"))
    until_on = company.kept().answer_by_on
    assert until_on is not None
    assert "アクメ商事" in company.lead_reads(until_on)
