"""A tour of what ops does about data: for the test that wants everything done."""

from datetime import date

from bot.store.tables import UsageBreak
from tests.house import OPS, OPS_ROOM, House


def break_usage(house: House) -> None:
    """As the run of the day finds it: the night's notice tells it and asks what it was."""
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.add(
            UsageBreak(
                metric="logins",
                began_on=date(2026, 11, 19),
                found_on=date(2026, 11, 20),
                noted_on=date(2026, 11, 20),
                factors={"2026-11-19": 0.7},
                compared=118,
                moved=111,
            )
        )


def say_what_it_was(house: House) -> None:
    """One press where ops reads, after the night has told of it."""
    house.clicks(OPS, "break_decided#2", OPS_ROOM)
