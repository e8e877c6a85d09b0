"""One customer's trouble from its facts to the manager's summary, lived day by day by its CSM.

Refuses what must never happen whichever playbook it is: a second alert or message, a due day that
is not worked, waiting that is called overdue, a task with two outcomes, the other language.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from bot.core.calendar import WorkCalendar
from bot.slack.reading import read_message
from bot.store.alert_messages import find_message
from bot.store.base import Walled
from bot.store.tables import (
    Account,
    Episode,
    Member,
    OutboxItem,
    OutcomeCheck,
    Task,
    TaskOutcome,
    Touch,
)
from tests.browser_stories.nonsense import Known, list_nonsense
from tests.house import KUDO, SATO, SMITH, House, Json
from tests.loop.facts import Customer
from tests.loop.words import WORDS, Words
from tests.watch.company import Company

Row = TypeVar("Row", bound=Walled)

NAME = "アクメ商事"
DAY = timedelta(days=1)
CHECKS = (14, 30)
# Whose CSM lives where; their mornings in UTC lie on the same day in both.
PEOPLE = {"ja": (SATO, "JP", 0), "en": (SMITH, "GB", 9)}
TOKYO = WorkCalendar("JP")

Alike = Callable[[Company, list[str], str, date], None]


@dataclass(frozen=True)
class Play:
    """A playbook's story: the facts that open it about a day, and the result its CSM records.

    `alike` are ten accounts that score like the customer and that nobody treats. `before` are the
    days before on which a night is lived, `within` those after it in which the alert opens.
    """

    key: str
    live: Callable[[Customer], None]
    result: str
    alike: Alike
    signal: str
    account: Callable[[date], dict[str, Any]] = lambda _: {}
    before: Sequence[int] = (3,)
    within: int = 7
    is_watch: bool = False


@dataclass
class Story:
    """What has happened so far; `today` is the last morning."""

    house: House
    play: Play
    language: str
    on: date
    today: date = field(init=False)

    def __post_init__(self) -> None:
        self.user, self.country, self.hour = PEOPLE[self.language]
        self.words: Words = WORDS[self.language]
        self.calendar = WorkCalendar(self.country)
        self.direct = self.house.visitor.direct(self.user)
        store, clock = self.house.bot.store, self.house.clock
        self.company = Company(store, clock, self.house.workspace.id)

    def begin(self) -> None:
        """The customers and their past; watched from the last of the nights before."""
        play, company = self.play, self.company
        self._staff()
        facts = {"owner_id": self._member_id(), "country": self.country}
        company.add_account(NAME, **facts, **play.account(self.on))
        play.alike(company, [f"似た{n}社" for n in range(10)], self.country, self.on)
        play.live(Customer(company, NAME, self.country, self.on))
        for back in sorted(play.before, reverse=True):
            company.night(self.on - timedelta(days=back))
        company.start(self.on - timedelta(days=min(play.before)))

    def wait_for_alert(self) -> None:
        """Nights until it opens, on a day that is worked."""
        on = self.on - timedelta(days=min(self.play.before) - 1)
        while not self.company.opened:
            assert on <= self.on + timedelta(days=self.play.within), self.company.hits()
            self.company.night(on)
            self.today, on = on, on + DAY
        assert self.calendar.is_business_day(self.today)
        episode = self.episode()
        assert self.company.signals(episode)[0] == self.play.signal
        for task in self.tasks():
            assert self.calendar.is_business_day(task.due_on)
            assert task.due_on >= self.today

    def read_alert(self) -> None:
        """In the morning it stands there, one message; a watched one in the digest alone."""
        told = self.live_morning(self.today, is_recomputed=True)
        assert (self.words.watch in told) == self.play.is_watch
        assert (self._post() is None) == self.play.is_watch
        self.first_ts = self._ts()
        assert NAME in self.message()

    def claim(self) -> None:
        """With the cause in one tap."""
        self.press("alert_claim")
        self.press("alert_cause#2")
        episode = self.episode()
        assert (episode.state, episode.hypothesis) == ("claimed", "unclear_use")

    def reach_out(self) -> None:
        """One click: the touch, the wait, and when to look again."""
        self.press("alert_wait")
        episode = self.episode()
        assert episode.waiting_until_on == self.calendar.add_business_days(self.today, 3)
        assert len(self.rows(Touch)) == 1
        assert {each.state for each in self.tasks()} == {"waiting"}

    def wait(self) -> None:
        """Until the day of the re-check nothing is said of it; on the day it is asked, once."""
        until_on = self.episode().waiting_until_on
        assert until_on is not None
        asked = []
        while self.today <= until_on:
            told = self.live_morning(self.calendar.add_business_days(self.today, 1))
            assert self.words.overdue not in told
            if self.words.waiting in told:
                asked.append(self.today)
        assert asked == [until_on]

    def record_everything(self) -> None:
        """The first step at once, the others on their days; the form refuses half an outcome."""
        self.record()
        while left := [each for each in self.tasks() if each.state in ("open", "waiting")]:
            due_on = max(left[0].due_on, self.calendar.add_business_days(self.today, 1))
            told = self.live_morning(due_on)
            assert self.words.overdue not in told
            self.record()
        assert [each.state for each in self.tasks()] == ["done"] * len(self.tasks())
        episode = self.episode()
        assert (episode.state, episode.closed_on) == ("closed", self.today)
        assert episode.ending in ("outcome", "recovered")

    def record(self) -> None:
        """Through the form of the alert's button."""
        before = len(self.rows(TaskOutcome))
        self.press("episode_done")
        assert NAME in self.house.form(self.user)
        refused = self.house.submits(self.user, done=self.words.done)["errors"]
        assert list(refused) == ["result"]
        refused = self.house.submits(self.user, result=self.play.result)["errors"]
        assert self.words.refused in refused["impression"]
        assert len(self.rows(TaskOutcome)) == before
        assert self.house.submits(self.user, impression=self.words.impression).get("closed")
        self.house.send()
        assert len(self.rows(TaskOutcome)) == before + 1

    def measure(self) -> None:
        """After two weeks and a month, beside like accounts, each told once in the thread."""
        closed_on = self.episode().closed_on
        assert closed_on is not None
        assert self.words.after.format(14) not in self.message()
        for number, days in enumerate(CHECKS, start=1):
            due_on = closed_on + timedelta(days=days)
            # What has healed meanwhile is believed on the fourth night.
            self.company.nights(due_on - 3 * DAY, due_on)
            self.live_morning(TOKYO.next_business_day(due_on), is_recomputed=True)
            self.house.run_job("outcome_checks")
            lines = [each for each in self.told() if self.words.after.format(days) in each]
            assert len(lines) == 1, self.told()
            assert self.words.like in lines[0]
            assert self.words.no_claim in lines[0]
            assert len([each for each in self.rows(OutcomeCheck) if each.checked_on]) >= number
            self.look_back(self.words.measured)

    def look_back(self, expected: str) -> None:
        """The next summary of the week says how many runs were measured and how many not yet."""
        monday = self.today + timedelta(days=7 - self.today.weekday())
        self._move_to(TOKYO.next_business_day(monday))
        self.house.run_job("weekly_summary")
        line = self._line_of_playbook(self.house.reads(KUDO)[-1])
        assert expected in line

    def check(self) -> None:
        """What holds whatever came: one alert, one message, one outcome a task, one language."""
        outcomes = [each.task_id for each in self.rows(TaskOutcome)]
        assert sorted(outcomes) == sorted(each.id for each in self.tasks())
        posts = [each for each in self.rows(OutboxItem) if _is_alert(each)]
        assert len(posts) == (0 if self.play.is_watch else 1)
        assert self.play.is_watch or self._ts() == self.first_ts
        told = [*self.house.reads(self.user), *self.house.reads(KUDO), *self.told()]
        known = Known((NAME, *self._names()), frozenset((SATO, SMITH, KUDO)))
        found = [each for text in told for each in list_nonsense(text, self.language, known)]
        assert not found, "\n".join(found)

    def press(self, label: str) -> None:
        """A button of the alert, where its message stands."""
        if self.play.is_watch:
            self._open_watched()
        self.house.visitor.clicks(self.user, self.direct, label, ts=self._ts())
        self.house.rest()
        self.house.send()

    def message(self) -> str:
        """What the alert's one message says."""
        if self.play.is_watch:
            self._open_watched()
        ts = self._ts()
        [shown] = [each for each in self._messages() if each["ts"] == ts]
        return read_message(shown)

    def told(self) -> list[str]:
        """The thread of the alert; a watched one has none and says its last outcome itself."""
        if self.play.is_watch:
            _, _, last = self.message().rpartition(self.words.done)
            return last.splitlines()
        thread = self.house.visitor.thread(self.user, self.direct, self._ts())
        return [read_message(each) for each in thread[1:]]

    def live_morning(self, on: date, *, is_recomputed: bool = False) -> str:
        """The night and the jobs of a morning; the digest, "" where there is none."""
        if not is_recomputed:
            self.company.night(on)
        self._move_to(on)
        self.house.run_job("alerts")
        before = len(self._messages())
        self.house.run_job("digest")
        return "\n".join(map(read_message, self._messages()[before:]))

    def episode(self) -> Episode:
        """The one alert there ever is."""
        found, *others = self.company.episodes()
        assert not others, [(each.playbook, each.opened_on, each.evidence) for each in others]
        assert found.playbook == self.play.key
        return found

    def tasks(self) -> list[Task]:
        """Its steps by day."""
        return self.company.tasks(self.episode())

    def rows(self, table: type[Row]) -> list[Row]:
        """All of a table."""
        with self.company.store.reading(self.company.workspace_id) as unit:
            return list(unit.session.scalars(select(table)))

    def _move_to(self, on: date) -> None:
        self.today = on
        self.house.at(datetime(on.year, on.month, on.day, self.hour, tzinfo=UTC))

    def _staff(self) -> None:
        """The CSM and a manager, who speak as the workspace does; nobody else is there."""
        with self.company.store.writing(self.company.workspace_id) as unit:
            unit.workspace.locale = self.language
            for member in unit.session.scalars(select(Member)):
                member.locale = self.language
                member.is_active = member.slack_user in (self.user, KUDO)

    def _member_id(self) -> int:
        return next(each.id for each in self.rows(Member) if each.slack_user == self.user)

    def _names(self) -> list[str]:
        accounts, members = self.rows(Account), self.rows(Member)
        return [*(each.name for each in accounts), *(each.name for each in members)]

    def _messages(self) -> list[Json]:
        return self.house.visitor.messages(self.user, self.direct)

    def _post(self) -> OutboxItem | None:
        with self.company.store.reading(self.company.workspace_id) as unit:
            return find_message(unit, self.episode().id)

    def _ts(self) -> str:
        """Where the alert's message stands; a watched one's is the private one just opened."""
        if self.play.is_watch:
            return str(self._messages()[-1]["ts"])
        post = self._post()
        assert post is not None
        assert post.key == f"episode:{self.episode().id}"
        return str(post.ts)

    def _open_watched(self) -> None:
        if self.episode().state == "open":
            self.house.says(self.user, "/sakidori alerts")
        self.house.clicks(self.user, "alert")

    def _line_of_playbook(self, summary: str) -> str:
        _, _, line = summary.partition(f"*{self.episode().title[self.language]}*")
        return line


def _is_alert(item: OutboxItem) -> bool:
    """Whether it is an alert's own message, and neither an update nor a line below it."""
    is_post = item.kind == "post" and item.thread_of_id is None
    return is_post and item.key.startswith("episode:")
