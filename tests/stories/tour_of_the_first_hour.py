"""The deeds of the first hour: people, setup, start, and what comes four weeks later."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.services.health_models import ensure_active
from bot.slack.reading import read_view
from bot.store.tables import Metric
from tests.house import OPS, House
from tests.stories.conftest import Company


def set_people(house: House, person: str) -> Iterator[str]:
    """Roles and owners, each by word and by form."""
    yield house.says(person, "/sakidori role @新田 csm")
    house.says(person, "/sakidori role")
    house.submits(person, lead=["@ops"])
    yield house.says(person, "role @新田")
    house.clicks(person, "role_groups")
    yield house.form(person)
    yield house.says(person, "role")
    house.says(person, "/sakidori owner")
    house.submits(person, account="シータ", person=OPS)
    yield house.says(person, "/sakidori second シータ @新田")


def set_up(company: Company, person: str) -> Iterator[str]:
    """The first hour from the home, every step of it, to the ten to begin with."""
    house = company.house
    records = company.records
    ensure_active(house.bot.store, house.workspace.id)
    records.add_account("持主なし社", owner_named="R2D2")
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.add(Metric(name="logins", kind="additive", is_key=True, known_at=unit.at))
    house.opens_home(person)
    yield read_view(house.visitor.home(person))
    house.clicks_home(person, "setup")
    for _ in range(4):
        yield house.form(person)
        house.submits(person)
    yield house.clicks_form(person, "setup_step")
    house.submits(person)
    yield house.clicks_form(person, "setup_preview", red_below="40")
    house.submits(person)
    yield house.form(person)
    house.submits(person)
    house.send()
    yield house.clicks(person, "first_ten")
    house.says(person, "/sakidori setup")
    yield house.form(person)
    house.visitor.closes(person)


def see_a_revision(house: House, person: str) -> Iterator[str]:
    """Four weeks after the start."""
    house.at(datetime(2026, 12, 18, 0, 30, tzinfo=UTC)).run_job("revision")
    house.clicks(person, "setup_bands")
    yield house.form(person)
