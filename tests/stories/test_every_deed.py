"""Whatever the bot declares is done once, over both ways in and in both languages.

The bot's own log tells which commands, buttons, forms, type-aheads, drops and jobs were called, so
a new one fails here until it has its place in the tour.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.core.vocabulary import Band
from bot.registry import whole
from bot.services.imports import batches
from bot.services.playbooks import ensure_shipped
from bot.slack.reading import read_view
from bot.store import outbox
from bot.store.tables import Account, Contract, ManualScore, Member, NpsAnswer
from bot.views.import_trouble import build_stopped
from tests.browser_stories.nonsense import Known, list_nonsense
from tests.commands.loop_records import add_task
from tests.commands.records import Records
from tests.commands.weekly_records import add_outcome
from tests.house import CS, KUDO, MORI, OPS, OPS_ROOM, SATO, House, open_house
from tests.stories.conftest import PEOPLE, Company
from tests.stories.tour_of_alerts import handle_alerts
from tests.stories.tour_of_feelings import feel
from tests.stories.tour_of_gaps import (
    break_usage,
    go_by_the_steps,
    hold_alerts_back,
    link_an_id,
    say_what_it_was,
)
from tests.stories.tour_of_models import work_on_a_model
from tests.stories.tour_of_practices import repeat_outside
from tests.stories.tour_of_tasks import work_on_tasks
from tests.stories.tour_of_the_first_hour import see_a_revision, set_people, set_up
from tests.stories.tour_of_validity import see_what_tells
from tests.stories.tour_of_words import answer, contradict

pytestmark = pytest.mark.row("E9", "X17")

LANGUAGE = {user: language for language, user in PEOPLE.items()}
IMPORTS = {
    "button:import_answer",
    "button:import_apply",
    "button:import_cancel",
    "button:import_go_on",
    "button:import_link",
    "button:import_refused",
    "event:file_shared",
}
# Two customers nobody knows by that id, a row that is refused, and money in no unit.
CONTRACTS = (
    "顧客ID,契約番号,更新日,ARR(税抜)\n"
    "A-01,K-1,2027-03-31,1200\nA-02,K-2,2027-02-30,900\nアクメA-1商事,K-3,2027-03-31,600\n"
)
WRITTEN = ("contracts.csv", "ARR(税抜)", "更新日", "アクメA-1商事", "nps.csv")
THOUSANDS = {"ja": "千円", "en": "Thousands of yen"}


@pytest.fixture(params=["http-ja", "socket-en"])
def way(request: pytest.FixtureRequest) -> str:
    """Each way in and each language; that both speak alike is `test_the_edge.py`'s business."""
    return str(request.param)


class Called:
    """The deeds that the log names, as `kind:key`."""

    def __init__(self, log: pytest.LogCaptureFixture) -> None:
        self._log = log

    def names(self) -> set[str]:
        """All since the test began."""
        return {
            str(getattr(each, "action", ""))
            for each in self._log.records
            if each.getMessage() == "deed"
        }

    def faults(self) -> list[str]:
        """What went wrong in our own code, though the person was told of it in good words."""
        return [each.getMessage() for each in self._log.records if each.levelno >= logging.ERROR]


@pytest.fixture
def called(caplog: pytest.LogCaptureFixture) -> Called:
    caplog.set_level(logging.INFO)
    return Called(caplog)


def make_ops(house: House, person: str) -> None:
    """A CSM who looks after the operation, too."""
    with house.bot.store.writing(house.workspace.id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=person)).one()
        member.roles = [*member.roles, "ops"]


def shown_to(house: House, person: str) -> Iterator[str]:
    """All that stands before the person's eyes."""
    yield from house.reads(person)
    yield read_view(house.visitor.home(person))


def must_be_sound(house: House, texts: list[str], language: str, *names: str) -> None:
    """Nothing in the other language, nothing half said; names are as they are."""
    with house.bot.store.reading(house.workspace.id) as unit:
        accounts = tuple(unit.session.scalars(select(Account.name)))
        people = tuple(unit.session.scalars(select(Member.name)))
    users = frozenset(each["id"] for each in house.visitor.get("/page/api/workspace")["users"])
    known = Known((*accounts, *people, "二重入力をなくす", *names), users)
    found = [each for text in texts for each in list_nonsense(text, language, known)]
    assert not found, "\n".join(found)


def ask_every_command(house: House, person: str) -> Iterator[str]:
    for deed in whole().commands():
        yield house.says(person, f"/sakidori {deed.key}")
        yield house.form(person)
    yield house.says(person, "help")
    yield house.says(person, "/health アクメ")


def press_every_button(company: Company, person: str) -> Iterator[str]:
    house, acme = company.house, company.acme
    yield house.clicks(person, "why")
    yield house.clicks(person, "why_rows", choose="NPS")
    house.says(person, "/health アクメ")
    house.clicks(person, "score")
    house.submits(person, band="yellow", reason="R2D2")
    house.says(person, "/health アクメ")
    house.clicks(person, "more", choose=f"share#{acme.id}")
    yield house.form(person)
    house.submits(person, channel=CS)
    house.says(person, "/health アクメ")
    house.clicks(person, "logvoc")
    yield house.form(person)
    house.submits(person, text="R2D2", sentiment="negative")
    yield house.says(person, "/health シータ")
    yield house.clicks(person, "score_now#3")
    house.says(person, "/health")
    yield house.clicks(person, "book_page#2")
    yield house.clicks(person, "book_band", choose="red:0")
    yield house.clicks(person, "card")
    house.says(person, "/sakidori language")
    yield house.clicks(person, f"language#{list(PEOPLE.values()).index(person) + 1}")


def record_every_touch(house: House, person: str) -> Iterator[str]:
    house.says(person, "/health アクメ")
    yield house.clicks(person, "touch")
    yield house.clicks(person, "touch_now#3")
    yield house.clicks(person, "touch_mover")
    house.clicks(person, "touch_change")
    yield house.form(person)
    house.submits(person, next_on="2026-11-23")
    house.says(person, "/touch シータ")
    house.clicks(person, "touch_form")
    yield house.form(person)
    house.submits(person, kind="email", note="R2D2")


def decide_on_a_playbook(company: Company, person: str) -> Iterator[str]:
    """A week with one run behind it."""
    ensure_shipped(company.house.bot.store, company.house.workspace.id)
    add_outcome(company.records, company.acme, date(2026, 11, 12))
    house = company.house
    yield house.says(person, "/sakidori summary")
    yield house.clicks(person, "verdict#1")
    changed = "verdict#2026-11-09:usage_drop:change"
    yield house.clicks(person, "more", choose=changed)
    house.send()
    house.clicks(person, "draft")
    yield house.form(person)
    house.submits(person)
    yield from repeat_outside(company, person)


def live_a_morning(company: Company, person: str) -> Iterator[str]:
    house = company.house.at(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    break_usage(house)
    contradict(company)
    hold_alerts_back(house, company.acme.id)
    for number in range(12):
        company.records.add_account(f"未判定{number:02}社", arr=2_000_000)
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.session.execute(update(ManualScore).values(expires_on=date(2026, 11, 22)))
    for job in whole().jobs:
        house.run_job(job)
    yield house.clicks(person, "digest_all")
    yield house.clicks(person, "score_end")
    yield from answer(company, person)
    yield from feel(company, person)
    yield house.clicks(person, "book")
    say_what_it_was(house)
    link_an_id(house)


def lead_a_team(company: Company, person: str) -> None:
    """The person leads 森, who has more red accounts than one can look after, and 工藤."""
    house = company.house
    with house.bot.store.writing(house.workspace.id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=person)).one()
        member.roles = [*member.roles, "lead"]
        wanted = select(Member).where(Member.slack_user.in_([MORI, KUDO]))
        team = {each.slack_user: each for each in unit.session.scalars(wanted)}
        for mate in team.values():
            mate.lead_id = member.id
    for number in range(4):
        account = company.records.add_account(f"赤字{number}社", team[MORI])
        company.records.score(account, date(2026, 11, 20), 30, Band.RED)


def even_out_a_load(house: House, person: str) -> Iterator[str]:
    yield house.clicks(person, "load")
    yield house.clicks(person, "load_move")


def plan_a_month(company: Company, person: str) -> Iterator[str]:
    house = company.house
    for number in range(25):
        company.records.add_account(f"月初{number:02}社")
    yield house.says(person, "/sakidori monthly")
    yield house.clicks(person, "monthly_page")
    house.ticks(person, "monthly_1_follow_up_0", ["月初24社"])
    yield house.clicks(person, "monthly_make")


def hold_a_meeting(company: Company, person: str) -> Iterator[str]:
    house = company.house
    add_task(company.records, company.theta, date(2026, 11, 18), title="R2D2")
    yield house.says(person, "/sakidori meeting")
    yield house.says(person, "/sakidori meeting u0")
    yield house.clicks(person, "meeting_of#1")
    house.says(person, "/sakidori meeting")
    house.clicks(person, "share_meeting")
    yield house.form(person)
    house.submits(person, channel=CS)


def live_in_the_home(house: House, person: str) -> Iterator[str]:
    house.opens_home(person)
    house.clicks_home(person, "home_page#2")
    house.clicks_home(person, "home_band", choose="green:0")
    yield house.clicks_home(person, "account", choose="アクメ")
    house.clicks_home(person, "settings")
    yield house.form(person)
    house.submits(person, digest_time="09:15")


def use_a_message(company: Company, person: str) -> Iterator[str]:
    house = company.house
    house.visitor.types(person, CS, "R2D2")
    house.rest()
    ts = house.visitor.messages(person, CS)[-1]["ts"]
    yield house.shortcut(person, "logvoc_message", CS, ts)
    house.submits(person, account="シータ", sentiment="positive")
    yield house.reacts(person, CS, ts, "speaking_head_in_silhouette")
    house.clicks(person, "logvoc_reaction")
    yield house.form(person)


def test_everything_the_bot_can_do_is_done_in_the_readers_language(
    company: Company, person: str, called: Called
) -> None:
    house = company.house
    make_ops(house, person)
    told = [*ask_every_command(house, person), *press_every_button(company, person)]
    told += use_a_message(company, person)
    told += record_every_touch(house, person)
    told += decide_on_a_playbook(company, person)
    told += plan_a_month(company, person)
    told += hold_a_meeting(company, person)
    told += set_people(house, person)
    told += handle_alerts(company, person)
    told += work_on_tasks(company, person)
    lead_a_team(company, person)
    told += [*live_a_morning(company, person), *even_out_a_load(house, person)]
    told += live_in_the_home(house, person)
    told += set_up(company, person)
    told += work_on_a_model(house, person)
    told += see_what_tells(house, person)
    told += see_a_revision(house, person)
    told += go_by_the_steps(house, person)
    told += shown_to(house, person)
    declared = {f"{kind}:{key}" for kind, key in whole().deeds}
    assert declared - IMPORTS - called.names() == set()
    assert called.faults() == []
    names = ("R2D2", "アクメ", "シータ", "CSの人")
    # What colleagues wrote of a task is on the card as they wrote it.
    must_be_sound(house, told, LANGUAGE[person], *names, "打ち合わせ", "前向き")


def child_is_done(house: House) -> str:
    """What stands in the ops channel once the child process has said its word."""
    house.rest()
    house.bot.heavy.finish()
    house.send()
    return house.reads(OPS, OPS_ROOM)[-1]


def fill_company(house: House) -> None:
    with house.bot.store.reading(house.workspace.id) as unit:
        owner = unit.session.scalars(select(Member).filter_by(slack_user=SATO)).one()
    records = Records(house.bot.store, house.workspace.id, owner)
    for ref in ("A-01", "A-02"):
        records.add_account(f"アクメ{ref}商事", ref=ref)


def bring_contracts(house: House, folder: Path, language: str) -> Iterator[str]:
    """Asked, linked, told what is refused, and imported; then once more and cancelled."""
    path = folder / "contracts.csv"
    path.write_text(CONTRACTS, encoding="utf-8")
    house.drops(OPS, path)
    yield child_is_done(house)
    house.clicks(OPS, "import_answer#1", OPS_ROOM, THOUSANDS[language])
    yield child_is_done(house)
    house.clicks(OPS, "import_link#1", OPS_ROOM, "アクメA-01商事")
    yield child_is_done(house)
    yield house.clicks(OPS, "import_refused", OPS_ROOM)
    child_is_done(house)
    house.clicks(OPS, "import_apply", OPS_ROOM)
    yield child_is_done(house)
    house.drops(OPS, path)
    yield child_is_done(house)
    house.clicks(OPS, "import_cancel", OPS_ROOM)
    yield child_is_done(house)


def break_midway(house: House, folder: Path, language: str) -> Iterator[str]:
    """A file whose import broke after its first rows; one press brings in the rest."""
    path = folder / "nps.csv"
    path.write_text("顧客ID,回答日,スコア\nA-01,2026-11-19,9\n", encoding="utf-8")
    house.drops(OPS, path)
    yield child_is_done(house)
    with house.bot.store.writing(house.workspace.id) as unit:
        [batch] = batches.list_in(unit, batches.WAITING)
        batches.confirm(unit, batch.id, OPS)
        batches.start_applying(unit, batch.id)
        batches.stop(unit, batch.id)
        told = build_stopped(house.bot.texts.speak(language), "nps.csv", batch.id, 0, 1, "r1")
        outbox.put(unit, key="stopped", audience=OPS_ROOM, text=told.text, blocks=told.blocks)
    house.send()
    house.clicks(OPS, "import_go_on", OPS_ROOM)
    yield child_is_done(house)


@pytest.mark.slow
@pytest.mark.parametrize(("way", "language"), [("http", "ja"), ("socket", "en")])
def test_everything_about_imports_is_done_in_the_readers_language(
    sqlite_url: str, tmp_path: Path, called: Called, way: str, language: str
) -> None:
    for house in open_house(way, sqlite_url, tmp_path):
        # The child lives on the real day, and what it says must not lie ahead of the house's.
        house.at(datetime(2036, 11, 20, tzinfo=UTC))
        with house.bot.store.writing(house.workspace.id) as unit:
            unit.workspace.locale = language
            unit.session.scalars(select(Member).filter_by(slack_user=OPS)).one().locale = language
        fill_company(house)
        told = [*bring_contracts(house, tmp_path, language)]
        told += break_midway(house, tmp_path, language)
        assert called.names() >= IMPORTS
        with house.bot.store.reading(house.workspace.id) as unit:
            assert sorted(unit.session.scalars(select(Contract.ref))) == ["K-1", "K-3"]
            assert unit.session.scalars(select(NpsAnswer.score)).one() == 9
        must_be_sound(house, told, language, *WRITTEN)
