"""Whatever comes in whatever order: the touched alone give what everybody gives, to the last bit.

And a past day, scored again, is what was stored, or a fact that came late says why it is not.
"""

import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Touch
from bot.services.backfill import compare_history
from bot.services.cadence import choose_contact_days
from bot.services.recompute import recompute
from bot.services.setup.features import choose_features
from bot.store.migrate import upgrade
from bot.store.tables import Member
from tests.recompute.conftest import build_customers
from tests.recompute.customers import METRICS
from tests.recompute.edits import bring, hear, pass_time, scores_of, touch, use_all, use_segments

# Out of a long weekend, into the year's end.
FIRST = date(2026, 11, 24)
REFS = "ABCDE"
WHO = st.sampled_from(REFS)
AGE = st.integers(0, 40)
SHARE = st.sampled_from([0.0, 0.3, 1.0, 1.7, float("nan")])
KINDS: dict[str, Callable[[date, int], dict[str, Any]]] = {
    "tickets": lambda on, n: {
        "ticket_ref": f"t{n}",
        "opened_on": on,
        "solved_on": on + timedelta(days=2) if n % 2 else None,
        "priority": ("low", "urgent")[n % 2],
    },
    "invoices": lambda on, n: {
        "invoice_ref": f"i{n}",
        "due_on": on,
        "paid_on": on + timedelta(days=20) if n % 3 == 0 else None,
    },
    "nps": lambda on, n: {"respondent": f"r{n % 2}", "responded_on": on, "score": n},
    "contracts": lambda on, n: {
        "contract_ref": "c1",
        "renews_on": on + timedelta(days=50),
        "arr_amount": 1000.0 * n,
        "currency": "JPY",
        "seats": 10 + n,
    },
    "contacts": lambda _, n: {
        "contact_ref": f"p{n % 2}",
        "role": ("champion", "decision_maker")[n % 2],
        "is_active": n < 5,
    },
    "contact_activity": lambda on, n: {"contact_ref": f"p{n % 2}", "on": on, "logins": n + 1},
    "marketing_events": lambda on, n: {"event_ref": f"m{n}", "occurred_on": on, "kind": "visit"},
    "accounts": lambda _, n: {
        "name": "changed",
        "touch": ("high", "low", "tech")[n % 3],
        "stage": ("onboarding", "adoption", "expansion")[n % 3],
        "seats": 10 + n,
        "difficulty": ("easy", "hard")[n % 2],
    },
    "outcomes": lambda on, n: {
        "ended_on": on,
        "result": ("renewed", "churned")[n % 2],
    },
    "incidents": lambda on, n: {
        "incident_ref": f"x{n % 2}",
        "title": "Outage",
        "started_on": on,
        "ended_on": on + timedelta(days=n % 3) if n > 2 else None,
        "severity": ("minor", "critical")[n % 2],
    },
}


class AnySequence(RuleBasedStateMachine):
    """Five customers, one of them without a feed; days go by while facts come, late and changed."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        url = self.url or f"sqlite:///{Path(self.folder.name) / 'any.sqlite3'}"
        if not self.url:
            upgrade(url)
        self.built = build_customers(url, secrets.token_hex(4))
        self.customers = next(self.built)
        self.today = FIRST
        for place, ref in enumerate(REFS):
            country = ("JP", "US", "DE")[place % 3]
            self.customers.add_account(ref, country=country, usage_expected=ref != "E")
        use_segments(self.customers)
        use_all(self.customers, "ABCD", FIRST - timedelta(days=150), [1.0] * 150)
        self.member = Member(name="佐藤", roles=["csm"], known_at=self.customers.clock.at)
        self.customers.add(self.member)
        self.run(only_touched=False)

    def teardown(self) -> None:
        self.parts_are_the_whole()
        self.the_past_is_as_stored()
        list(self.built)
        self.folder.cleanup()

    def run(self, *, only_touched: bool) -> None:
        pass_time(self.customers)
        recompute(
            self.customers.store,
            self.customers.workspace_id,
            self.today,
            only_touched=only_touched,
        )
        pass_time(self.customers)

    @rule(feed=st.sampled_from(["ABCD", "AB", ""]))
    def a_night(self, feed: str) -> None:
        """The feed brings the day, for some or for nobody; then everybody is scored."""
        if feed:
            use_all(self.customers, feed, self.today, [1.0])
        self.today += timedelta(days=1)
        pass_time(self.customers, self.today)
        self.run(only_touched=False)

    @rule(who=WHO, age=AGE, share=st.lists(SHARE, min_size=1, max_size=4))
    def usage_comes_late_or_is_taken_back(self, who: str, age: int, share: list[float]) -> None:
        use_all(self.customers, who, self.today - timedelta(days=age + len(share)), share)

    @rule(kind=st.sampled_from(sorted(KINDS)), who=WHO, age=AGE, number=st.integers(0, 9))
    def a_file_comes(self, kind: str, who: str, age: int, number: int) -> None:
        row = KINDS[kind](self.today - timedelta(days=age), number)
        bring(self.customers, kind, {"account_ref": who, **row})

    @rule(age=AGE, number=st.integers(0, 9))
    def an_outage_hits_everybody(self, age: int, number: int) -> None:
        row = KINDS["incidents"](self.today - timedelta(days=age), number)
        bring(self.customers, "incidents", {"account_ref": None, **row})

    @rule(who=WHO, age=AGE, word=st.sampled_from(["positive", "negative"]))
    def somebody_tells(self, who: str, age: int, word: str) -> None:
        on = self.today - timedelta(days=age)
        with suppress(AlreadyDone):
            touch(self.customers, who, on, self.member.id, word)
        with suppress(AlreadyDone):
            hear(self.customers, who, on, word, word)

    @rule(name=st.sampled_from(METRICS))
    def ops_names_a_key_feature(self, name: str) -> None:
        with self.customers.store.writing(self.customers.workspace_id) as unit:
            choose_features(unit, [name], "ops")

    @rule(days=st.sampled_from([None, 3, 40]))
    def ops_chooses_how_often_to_speak(self, days: int | None) -> None:
        with self.customers.store.writing(self.customers.workspace_id) as unit:
            choose_contact_days(unit, {Touch.HIGH: days}, "ops")

    @rule()
    def parts_are_the_whole(self) -> None:
        """The touched alone, and then everybody again: not a bit differs."""
        self.run(only_touched=True)
        parts = scores_of(self.customers, self.today)
        self.run(only_touched=False)
        assert scores_of(self.customers, self.today) == parts

    @rule()
    def the_past_is_as_stored(self) -> None:
        """Every stored day again: nothing differs without a reason that is on record."""
        ours = self.customers.workspace_id
        for day in compare_history(self.customers.store, ours, FIRST, self.today):
            assert day.is_known
            assert day.unexplained == 0, day


QUICK: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "stateful_step_count": 8,
}


@pytest.mark.row("A30", "B1", "B19", "C15")
def test_parts_are_the_whole_and_the_past_is_as_it_was_stored() -> None:
    run_state_machine_as_test(AnySequence, settings=settings(max_examples=4, **QUICK))


def test_the_same_on_postgresql(postgres_url: str) -> None:
    class OnPostgres(AnySequence):
        url = postgres_url

    once = settings(max_examples=1, phases=[Phase.generate], **QUICK)
    run_state_machine_as_test(OnPostgres, settings=once)
