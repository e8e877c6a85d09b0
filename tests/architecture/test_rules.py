"""The house keeps its rules, and every rule is seen to fire on a small bad source."""

import pytest

from tests.architecture import arrows, conduct, shape, words
from tests.architecture.source import Rule, Source, list_sources

RULES = [*arrows.RULES, *conduct.RULES, *shape.RULES, *words.RULES]
SOURCES = list_sources("bot", "sandbox", "benchmarks", "tests")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: Rule) -> None:
    broken = [breach for source in SOURCES for breach in rule(source)]
    assert not broken, "\n".join(["", *broken])


def test_functions_in_bot_are_short_as_a_habit() -> None:
    median, ninetieth = shape.function_lengths([s for s in SOURCES if s.within("bot/")])
    assert median <= 8
    assert ninetieth <= 25


BAD: list[tuple[Rule, str, str]] = [
    # The arrows.
    (arrows.rooms_import_only_what_lies_below, "bot/core/x.py", "import bot.store.unit"),
    (arrows.rooms_import_only_what_lies_below, "bot/views/x.py", "from bot.services import books"),
    (arrows.rooms_import_only_what_lies_below, "bot/store/x.py", "from bot import services"),
    (arrows.rooms_import_only_what_lies_below, "bot/commands/x.py", "from bot.jobs import digest"),
    (
        arrows.rooms_import_only_what_lies_below,
        "bot/services/x.py",
        "def f() -> None:\n    from bot.commands import health",
    ),
    (arrows.nobody_imports_bootstrap, "bot/runner.py", "from bot.bootstrap import build"),
    (arrows.bot_and_sandbox_do_not_know_each_other, "sandbox/x.py", "import bot.core.names"),
    (arrows.bot_and_sandbox_do_not_know_each_other, "bot/cli.py", "from sandbox import server"),
    (arrows.slack_is_known_in_one_room, "bot/jobs/x.py", "from slack_sdk import WebClient"),
    (arrows.slack_is_known_in_one_room, "bot/runner.py", "import slack_bolt.async_app"),
    (arrows.the_scheduler_library_is_known_in_one_file, "bot/jobs/x.py", "import apscheduler"),
    (arrows.core_needs_two_libraries, "bot/core/x.py", "import pandas as pd"),
    (arrows.statistics_are_known_in_one_room, "bot/services/x.py", "from scipy import stats"),
    (arrows.pure_rooms_touch_nothing_outside, "bot/health/x.py", "import sqlalchemy as sa"),
    (
        arrows.pure_rooms_touch_nothing_outside,
        "bot/views/x.py",
        "from urllib.request import urlopen",
    ),
    # Conduct.
    (conduct.only_the_clock_reads_the_clock, "bot/jobs/x.py", "at = datetime.now(UTC)"),
    (conduct.only_the_clock_reads_the_clock, "bot/jobs/x.py", "on = dt.date.today()"),
    (conduct.only_the_clock_reads_the_clock, "bot/frame/x.py", "at = pd.Timestamp.now()"),
    (conduct.only_the_clock_reads_the_clock, "bot/frame/x.py", "at = pd.to_datetime('now')"),
    (conduct.only_the_clock_reads_the_clock, "bot/slack/x.py", "wait(time.monotonic())"),
    (conduct.only_the_clock_reads_the_clock, "bot/slack/x.py", "from time import perf_counter"),
    (conduct.only_the_clock_reads_the_clock, "bot/store/x.py", "default=func.now()"),
    (conduct.only_the_clock_reads_the_clock, "bot/jobs/x.py", "read(clock=datetime.utcnow)"),
    (conduct.only_the_clock_reads_the_clock, "sandbox/x.py", "at = datetime.now(UTC)"),
    (conduct.only_the_unit_of_work_commits, "bot/services/x.py", "unit.session.commit()"),
    (conduct.only_the_unit_of_work_commits, "bot/store/bulk/x.py", "connection.execute('COMMIT;')"),
    (conduct.only_the_unit_of_work_commits, "bot/store/x.py", "with engine.begin() as c: pass"),
    (conduct.native_sql_stays_in_bulk, "bot/services/x.py", "from sqlalchemy import text"),
    (conduct.native_sql_stays_in_bulk, "bot/store/x.py", "connection.exec_driver_sql('SELECT 1')"),
    (conduct.native_sql_stays_in_bulk, "bot/jobs/x.py", "import sqlite3"),
    (conduct.native_sql_stays_in_bulk, "bot/jobs/x.py", "from psycopg import connect"),
    (conduct.native_sql_stays_in_bulk, "bot/store/x.py", "import sqlalchemy as sa\nsa.text('x')"),
    (conduct.errors_are_caught_by_name, "bot/jobs/x.py", "try: f()\nexcept Exception: pass"),
    (conduct.errors_are_caught_by_name, "bot/jobs/x.py", "try: f()\nexcept: pass"),
    (
        conduct.errors_are_caught_by_name,
        "bot/jobs/x.py",
        "try: f()\nexcept (ValueError, BaseException): pass",
    ),
    (conduct.errors_are_caught_by_name, "bot/jobs/x.py", "with suppress(Exception): f()"),
    (
        conduct.errors_are_caught_by_name,
        conduct.BROAD_EXCEPTS[0],
        "try: f()\nexcept Exception: pass\ntry: g()\nexcept Exception: pass",
    ),
    (
        conduct.nothing_is_said_while_a_unit_writes,
        "bot/commands/x.py",
        "with ask.writing() as unit:\n    text = ask.say('card', 'head')",
    ),
    (
        conduct.nothing_is_said_while_a_unit_writes,
        "bot/commands/x.py",
        "from bot.views.card import build_card\n"
        "with store.writing(1) as unit:\n    return build_card(unit)",
    ),
    (
        conduct.nothing_is_said_while_a_unit_writes,
        "bot/slack/x.py",
        "async def f() -> None:\n    with store.writing(1) as unit:\n        await call()",
    ),
    (
        conduct.nothing_is_said_while_a_unit_writes,
        "bot/slack/x.py",
        "with store.writing(1):\n    self.client.chat_postMessage(text='x')",
    ),
    (conduct.our_own_modules_are_not_patched, "tests/x.py", "from unittest.mock import patch"),
    (
        conduct.our_own_modules_are_not_patched,
        "tests/x.py",
        "def test_x(monkeypatch) -> None:\n    monkeypatch.setattr('bot.clock.today', None)",
    ),
    # Shape.
    (shape.files_are_short, "bot/core/x.py", "a = 1\n" * 301),
    (shape.files_are_short, "tests/core/x.py", "a = 1\n" * 401),
    (shape.functions_are_short, "bot/core/x.py", "def f() -> None:\n" + "    g()\n" * 40),
    (shape.nothing_happens_at_import, "bot/slack/x.py", "client = WebClient(token='x')"),
    (shape.nothing_happens_at_import, "bot/store/x.py", "ENGINE = create_engine('sqlite://')"),
    (shape.nothing_happens_at_import, "bot/config.py", "TOKEN = os.environ.get('A') or read()"),
    (shape.nothing_happens_at_import, "bot/jobs/x.py", "log.info('loaded')"),
    (shape.nothing_happens_at_import, "bot/jobs/x.py", "for each in (): pass"),
    (
        shape.nothing_happens_at_import,
        "bot/jobs/x.py",
        "class A:\n    pool = ThreadPoolExecutor(2)",
    ),
    (shape.nothing_happens_at_import, "bot/jobs/x.py", "TEXT = Path('a').read_text()"),
    (
        shape.nothing_happens_at_import,
        "bot/jobs/x.py",
        "from bot.store.engine import build_engine\nE = build_engine('sqlite://')",
    ),
    # Words.
    (words.sentences_live_in_templates, "bot/jobs/x.py", "text = 'おはようございます'"),
    (words.sentences_live_in_templates, "bot/views/x.py", "text = f'{name}さん'"),
    (
        words.sentences_live_in_templates,
        "bot/commands/x.py",
        "Reply('There is nothing to do today')",
    ),
    (words.what_is_said_has_its_template, "bot/jobs/x.py", "say('no_such_template', 'head')"),
    (words.refusals_have_their_sentence, "bot/jobs/x.py", "raise BadInput('no_such_sentence')"),
]


@pytest.mark.parametrize(("rule", "path", "text"), BAD)
def test_the_rule_fires(rule: Rule, path: str, text: str) -> None:
    (breach, *_) = list(rule(Source(path, text)))
    assert breach.startswith(f"{path}:")


def test_every_rule_has_a_source_it_fires_on() -> None:
    assert {rule for rule, _, _ in BAD} == set(RULES)


GOOD: list[tuple[Rule, str, str]] = [
    (arrows.rooms_import_only_what_lies_below, "bot/signals/x.py", "from bot.frame import columns"),
    (arrows.rooms_import_only_what_lies_below, "bot/store/bulk/x.py", "from bot.store import wall"),
    (arrows.nobody_imports_bootstrap, "bot/cli.py", "from bot import bootstrap"),
    (conduct.only_the_clock_reads_the_clock, "bot/jobs/x.py", "at = turn.clock.now()"),
    (conduct.only_the_clock_reads_the_clock, "bot/clock.py", "at = datetime.now(UTC)"),
    (conduct.native_sql_stays_in_bulk, "bot/store/bulk/x.py", "from sqlalchemy import text"),
    (
        conduct.errors_are_caught_by_name,
        conduct.BROAD_EXCEPTS[0],
        "try: f()\nexcept Exception: pass",
    ),
    (
        conduct.nothing_is_said_while_a_unit_writes,
        "bot/commands/x.py",
        "with ask.writing() as unit:\n    claim(unit)\nreturn ask.say('card', 'claimed')",
    ),
    (shape.nothing_happens_at_import, "bot/jobs/x.py", "log = logging.getLogger(__name__)"),
    (shape.nothing_happens_at_import, "bot/jobs/x.py", "class A:\n    x: int = field(default=1)"),
    (shape.nothing_happens_at_import, "bot/x.py", "if TYPE_CHECKING:\n    from a import b"),
    (words.sentences_live_in_templates, "bot/jobs/x.py", '"""A docstring of many words."""'),
    (
        words.sentences_live_in_templates,
        "bot/jobs/x.py",
        "raise ValueError('a rate is always above nothing')",
    ),
    (words.sentences_live_in_templates, "bot/jobs/x.py", "log.info('the digest was posted late')"),
]


@pytest.mark.parametrize(("rule", "path", "text"), GOOD)
def test_the_rule_lets_the_plain_way_pass(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text))) == []
