"""Every deed of the health model's drafts, done once, for the tour of all deeds."""

from collections.abc import Iterator

from bot.services.models.drafts import find_draft
from bot.store.simulations import ask_simulation
from bot.work import simulate_model
from bot.work.bench import Bench
from tests.house import OPS, House


def work_on_a_model(house: House, person: str) -> Iterator[str]:
    """Other bands are simulated and approved; another draft is changed, sent back, discarded."""
    yield house.says(person, "/sakidori model")
    house.clicks(person, "model_start")
    yield house.form(person)
    house.submits(person, note="R2D2")
    house.clicks(person, "model_bands")
    yield house.form(person)
    house.submits(person, red_below="45")
    yield house.clicks(person, "model_simulate")
    yield simulate(house, person)
    yield house.clicks(person, "model_rest")
    yield house.clicks(person, "model_draft")
    yield house.clicks(person, "model_result")
    yield open_draft(house, person)
    yield house.clicks(person, "model_ask")
    change_as(house, OPS)
    yield open_draft(house, person)
    yield house.clicks(person, "model_approve")
    yield from _change_measures(house, person)
    yield from _give_up(house, person)


def _change_measures(house: House, person: str) -> Iterator[str]:
    house.says(person, "/sakidori model")
    house.clicks(person, "model_start")
    house.submits(person)
    for what, fields in (
        ("caps", {"caps": "late_payment_days >= 20: 60"}),
        ("nps", {"grade": "normal"}),
        ("+", {"measure": "arr", "curve": "0: 0\n1000000: 100"}),
    ):
        house.clicks(person, "model_variant")
        yield house.form(person)
        house.submits(person, what=what)
        yield house.form(person)
        assert house.submits(person, **fields).get("closed")
        yield house.reads(person)[-1]
    yield house.clicks(person, "model_yaml")
    house.send()


def _give_up(house: House, person: str) -> Iterator[str]:
    change_as(house, OPS)
    open_draft(house, person)
    house.clicks(person, "model_reject")
    yield house.form(person)
    house.submits(person, reason="R2D2")
    yield house.reads(person)[-1]
    yield open_draft(house, person)
    yield house.clicks(person, "model_discard")


def open_draft(house: House, person: str) -> str:
    """The page of the draft, as it is now."""
    house.says(person, "/sakidori model")
    return house.clicks(person, "model_draft")


def simulate(house: House, person: str) -> str:
    """As the child process does it, in this one; what it says in the direct message."""
    with house.bot.store.writing(house.workspace.id) as unit:
        row = find_draft(unit)
        assert row is not None
        asked_id = ask_simulation(unit, row.version, row.revision, person)
    bot = house.bot
    simulate_model.work(
        Bench(bot.store, bot.texts, bot.clock, bot.settings.sakidori_state_dir),
        workspace_id=house.workspace.id,
        asked_id=asked_id,
        on="2026-11-20",
    )
    house.send()
    return house.reads(person)[-1]


def change_as(house: House, user: str) -> None:
    """As if somebody else had changed the draft last."""
    with house.bot.store.writing(house.workspace.id) as unit:
        row = find_draft(unit)
        assert row is not None
        row.changed_by = user
