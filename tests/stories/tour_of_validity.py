"""Every deed about the measures' validity, done once, for the tour of all deeds."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from bot.core.validity import Finding, Foretold, Risk
from bot.people import build_person
from bot.services.validity.pages import find_page
from bot.store import outbox
from bot.store.tables import Account, Member
from bot.store.validity import begin_run, keep_run
from bot.views.validity import build_month
from tests.house import House
from tests.views.samples_of_validity import CHASED, COUNTED, TODAY, TOLD


def see_what_tells(house: House, person: str) -> Iterator[str]:
    """Too few cases at first; then a result of the month, its forecast, and a draft given up."""
    with house.bot.store.writing(house.workspace.id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=person)).one()
        member.roles = [*member.roles, "manager"]
    yield house.says(person, "/sakidori validity")
    yield house.clicks(person, "validity_now")
    keep_result(house)
    post_month(house, person)
    yield house.clicks(person, "validity_open")
    yield house.says(person, "/sakidori validity")
    yield house.clicks(person, "validity_risks")
    yield house.clicks(person, "validity_draft")
    yield house.clicks(person, "model_discard")


def post_month(house: House, person: str) -> None:
    """The month's message, in the person's direct message."""
    with house.bot.store.writing(house.workspace.id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=person)).one()
        reader = build_person(member, unit.workspace)
        page = find_page(unit, reader.locale, reader.zone)
        assert page is not None
    shown = build_month(house.bot.texts.speak(reader.locale), page)
    with house.bot.store.writing(house.workspace.id) as unit:
        outbox.put(unit, key="month", audience=person, text=shown.text, blocks=shown.blocks)
    house.send()


def keep_result(house: House) -> None:
    """As a child process would keep it: NPS tells, a playbook moves it, one renewal is ahead."""
    with house.bot.store.writing(house.workspace.id) as unit:
        account = unit.session.scalars(select(Account.id).order_by(Account.id)).first()
        assert account is not None
        risks = [Risk(account, TODAY, 0.34)]
        found = replace(
            COUNTED,
            findings=[
                Finding("breadth", "valid", "valid", 0.25, 0.2, 0.3, 41, 312),
                Finding("voc", "goes_along", "goes_along", 0.4, 0.3, 0.5, 41, 312, ("@size",)),
            ],
            chased=[CHASED],
            foretold=Foretold(1, "", 20, 160, 0.34, 0, 1, TOLD.area, 60, True, risks),
        )
        run_id = begin_run(unit, TODAY, "sakidori", even_beside=True)
        assert run_id is not None
        keep_run(unit, run_id, found)
