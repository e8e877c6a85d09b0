"""A tour of pulses: for the test that wants everything done."""

from collections.abc import Iterator

from bot.core.account_card import BookRow, Renewal
from bot.core.pulse_news import PulseNews
from bot.core.standing import Standing
from bot.store import outbox
from bot.views.pulse import build_news
from tests.commands.records import TODAY
from tests.house import House
from tests.stories.conftest import PEOPLE, Company


def feel(company: Company, person: str) -> Iterator[str]:
    """A tap on the card, its reasons, taken back; then several that the digest asks about."""
    house = company.house
    house.says(person, "/health アクメ")
    yield house.clicks(person, "pulse_now#3")
    house.clicks(person, "pulse")
    yield house.form(person)
    house.submits(person, feeling="fair", words="R2D2")
    house.says(person, "/health アクメ")
    yield house.clicks(person, "pulse")
    house.submits(person, feeling="good")
    yield house.clicks(person, "pulse_back")
    ask_about(house, company, person)
    house.clicks(person, "pulse_round")
    yield house.form(person)
    house.submits(person, **{f"feeling_{company.theta.id}": "fair"})


def ask_about(house: House, company: Company, person: str) -> None:
    """As the digest of the month's middle does."""
    row = BookRow(company.theta.id, company.theta.name, Standing(), None, Renewal(), None)
    language = next(each for each, user in PEOPLE.items() if user == person)
    blocks = build_news(house.bot.texts.speak(language), PulseNews((), [row], 1), TODAY)
    with house.bot.store.writing(house.workspace.id) as unit:
        outbox.put(unit, key=f"asked:{person}", audience=person, text="R2D2", blocks=blocks)
    house.send()
