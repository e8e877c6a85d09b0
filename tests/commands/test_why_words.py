"""Values without a unit of their own are told in words; slow days are named where they matter."""

from datetime import date

import pytest

from bot.commands.health import health
from bot.commands.why import why
from bot.core.movement import Shift
from bot.core.vocabulary import Band, Locale
from bot.store.tables import Account, Workspace
from bot.texts import Texts
from bot.views.shifts import render_shift
from tests.commands.desk import TODAY, Desk
from tests.commands.scores import Values
from tests.views.shown import message_of, problems_of, text_of

USED: Values = {"voc": (0.0, 3.0), "incident_lag": (0.0, 6.0)}

pytestmark = pytest.mark.row("B19", "C15", "E14")


def _why(desk: Desk, account: Account, locale: Locale = Locale.JA) -> str:
    reply = message_of(why(desk.ask(value=str(account.id), locale=locale)))
    assert problems_of(reply) == []
    return text_of(reply)


def _score(desk: Desk, values: Values, on: date = TODAY, country: str = "JP") -> Account:
    desk.keep_model()
    account = desk.add_account("アクメ商事", country=country)
    desk.score(account, on, 72, Band.GREEN, values)
    return account


@pytest.mark.parametrize("locale", list(Locale))
def test_a_neutral_tone_and_no_incident_are_words(desk: Desk, locale: Locale) -> None:
    account = _score(desk, USED)
    shown = _why(desk, account, locale) + text_of(
        message_of(health(desk.ask("アクメ", locale=locale)))
    )
    told = ("VoC* 中立", "障害の影響* なし", "障害の影響 なし(+6点)")
    english = ("VoC* neutral", "Incident in memory* none", "Incident in memory none (+6 points)")
    assert all(each in shown for each in (told if locale is Locale.JA else english))
    assert "0.0" not in shown


@pytest.mark.parametrize(
    ("unit", "value", "ja", "en"),
    [
        ("tone", -1.0, "否定的 −1.0", "negative −1.0"),
        ("tone", -0.5, "やや否定的 −0.5", "rather negative −0.5"),
        ("tone", -0.1, "中立 −0.1", "neutral −0.1"),
        ("tone", -0.04, "中立", "neutral"),
        ("tone", 0.2, "やや肯定的 +0.2", "rather positive +0.2"),
        ("tone", 1.0, "肯定的 +1.0", "positive +1.0"),
        ("impact", 0.0, "なし", "none"),
        ("impact", 0.02, "小", "small"),
        ("impact", 0.3, "小 0.3", "small 0.3"),
        ("impact", 0.31, "小 0.3", "small 0.3"),
        ("impact", 0.7, "中 0.7", "medium 0.7"),
        ("impact", 1.0, "大 1.0", "large 1.0"),
    ],
)
def test_word_and_figure_agree(unit: str, value: float, ja: str, en: str) -> None:
    texts = Texts()
    shown = [texts.speak(each)("why", f"value_{unit}", value=value) for each in ("ja", "en")]
    assert shown == [ja, en]


def test_a_move_says_both_words() -> None:
    shift = Shift("VoC", "tone", "latest", 0.0, -0.8, -9.0)
    assert render_shift(Texts().speak("ja"), shift) == "VoC 中立 → 否定的 −0.8"
    fading = Shift("障害の影響", "impact", "90d", 0.9, 0.0, 4.0)
    assert render_shift(Texts().speak("ja"), fading) == "障害の影響 大 0.9 → なし(直近90日)"


JANUARY = date(2027, 1, 8)
LOGINS: Values = {"logins_vs_past": (1.0, 12.0)}


def _why_on(desk: Desk, account: Account, on: date, locale: Locale = Locale.JA) -> str:
    desk.clock.at = desk.clock.at.replace(year=on.year, month=on.month, day=on.day)
    return _why(desk, account, locale)


@pytest.mark.parametrize("locale", list(Locale))
def test_days_around_new_year_that_a_window_steps_over_are_named(
    desk: Desk, locale: Locale
) -> None:
    account = _score(desk, LOGINS, JANUARY)
    shown = _why_on(desk, account, JANUARY, locale)
    ja = "(12/28(月)〜1/4(月)のうち2日)は、利用の指標に数えていません"
    en = "(Mon 28 Dec to Mon 4 Jan, 2 of them), are not counted"
    assert (ja if locale is Locale.JA else en) in shown


def test_a_single_bridge_is_named_with_its_day(desk: Desk) -> None:
    """The Friday after Thanksgiving, for a customer in New York."""
    december = date(2026, 12, 4)
    account = _score(desk, LOGINS, december, country="US")
    assert "利用が少ない日(11/27(金))は" in _why_on(desk, account, december)


@pytest.mark.parametrize("values", [LOGINS, USED])
def test_without_slow_days_or_usage_nothing_is_said_of_them(desk: Desk, values: Values) -> None:
    on = date(2026, 10, 30) if values is LOGINS else JANUARY
    assert "利用が少ない日" not in _why_on(desk, _score(desk, values, on), on)


def test_days_the_company_closes_are_off_and_not_slow(desk: Desk) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        workspace = unit.session.get_one(Workspace, desk.workspace.id)
        workspace.settings = {"closures": ["2026-12-28"]}
    account = _score(desk, LOGINS, JANUARY)
    assert "利用が少ない日(1/4(月))は" in _why_on(desk, account, JANUARY)
