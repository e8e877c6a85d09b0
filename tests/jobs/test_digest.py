"""The morning digest: one per person and day, figures that add up, nothing said twice."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.commands.digest import digest_all, digest_now
from bot.core.slots import Daily
from bot.core.vocabulary import Band, Locale, Role
from bot.job_runner import put_post
from bot.jobs.digest import digest
from bot.registry import whole
from bot.schedule import list_due
from bot.store.tables import Member
from bot.views.reply import Message, Post
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of

# A middling score of each band: every move between them is a leap.
SCORES = {Band.RED: 30.0, Band.YELLOW: 60.0, Band.GREEN: 85.0}
WEDNESDAY, THURSDAY, TUESDAY = date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 24)


def _say(desk: Desk, member: Member | None = None, on: date = TODAY) -> Message:
    """Run the job for a day and put what it says into the outbox, as the runner does."""
    [post] = digest(desk.turn(member or desk.sato, on))
    with desk.store.writing(desk.workspace.id) as unit:
        put_post(unit, post)
    return post.message


def _moved(desk: Desk, name: str, before: Band, now: Band, arr: int = 1_000_000) -> None:
    account = desk.add_account(name, arr=arr)
    desk.score(account, WEDNESDAY, SCORES[before], before)
    desk.score(account, THURSDAY, SCORES[before], before)
    desk.score(account, TODAY, SCORES[now], now)


def _rows(said: Message) -> list[str]:
    """The marks of its rows, without that of the first line."""
    marks = [str(block["block_id"]) for block in said.blocks if "block_id" in block]
    assert marks[0].startswith("head.")
    return marks[1:]


def _busy(desk: Desk) -> None:
    _moved(desk, "アクメ商事", Band.GREEN, Band.RED, 4_800_000)
    _moved(desk, "ゼータ工業", Band.GREEN, Band.YELLOW)
    _moved(desk, "イータ社", Band.YELLOW, Band.GREEN)
    beta = desk.add_account("ベータ物流", arr=6_200_000)
    desk.score(beta, TODAY, 80, Band.GREEN)
    desk.add_contract(beta, renews_on=date(2027, 1, 4), notice_on=date(2026, 12, 4))
    desk.add_account("シータ社")


@pytest.mark.row("B2", "B22", "E7")
@pytest.mark.parametrize("locale", list(Locale))
def test_it_says_changes_deadlines_recoveries_and_who_has_no_score(
    desk: Desk, locale: Locale
) -> None:
    _busy(desk)
    desk.sato.locale = locale
    said = _say(desk)
    assert problems_of(said) == []
    shown = text_of(said)
    names = ["アクメ商事", "ゼータ工業", "ベータ物流", "イータ社", "シータ社"]
    assert sorted(names, key=shown.index) == names
    assert ("お知らせ 5件" if locale is Locale.JA else "5 items") in shown


def test_figures_in_it_add_up(desk: Desk) -> None:
    _busy(desk)
    shown = text_of(_say(desk))
    total = int(re.search(r"お知らせ (\d+)件", shown)[1])  # type: ignore[index]
    groups = re.findall(r"\*(?:悪化|期限|回復|判定不可) (\d+)件\*", shown)
    assert sum(map(int, groups)) == total
    accounts = int(re.search(r"担当(\d+)社", shown)[1])  # type: ignore[index]
    assert sum(map(int, re.findall(r"[🔴🟡🟢⚪](\d+)", shown.splitlines()[1]))) == accounts


def test_the_lock_screen_says_what_it_is_about(desk: Desk) -> None:
    _busy(desk)
    text = _say(desk).text
    assert text == "11/20(金) お知らせ 5件/担当5社 悪化2 期限1 回復1 判定不可1"


def test_nobody_is_asked_about_everything_before_health_was_ever_computed(desk: Desk) -> None:
    desk.add_account("アクメ商事")
    assert digest(desk.turn(desk.sato, TODAY)) == []


def test_nothing_new_is_one_line(desk: Desk) -> None:
    _busy(desk)
    _say(desk)
    for account_on in (TUESDAY,):
        said = _say(desk, on=account_on)
        assert len(said.blocks) == 1
        assert "新しい変化はありません" in said.text
        assert "担当5社" in said.text


@pytest.mark.parametrize("locale", list(Locale))
def test_a_quiet_day_names_its_date_once(desk: Desk, locale: Locale) -> None:
    desk.score(desk.add_account("アクメ商事"), TODAY, 80, Band.GREEN)
    desk.sato.locale = locale
    day, time = ("11/20(金)", "09:00") if locale is Locale.JA else ("Fri 20 Nov", "09:00")
    said = _say(desk).text
    assert (said.count(day), said.count(time)) == (1, 1)
    # The results of another day keep theirs.
    later = _say(desk, on=TUESDAY).text
    assert later.count(day) == 1


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize(
    ("role", "ja", "en"),
    [
        (Role.CSM, "担当顧客がまだない", "You own no accounts yet"),
        (Role.LEAD, "チームの顧客は", "your team's accounts"),
        (Role.MANAGER, "全顧客は", "all accounts"),
        (Role.OPS, "全顧客は", "all accounts"),
    ],
)
def test_whoever_owns_no_account_is_told_where_theirs_are(
    desk: Desk, locale: Locale, role: Role, ja: str, en: str
) -> None:
    idle = desk.hire("森", role)
    desk.add_account("アクメ商事")
    shown = text_of(message_of(digest_now(desk.ask(by=idle, locale=locale))))
    assert (ja if locale is Locale.JA else en) in shown


def test_a_change_is_told_even_when_it_came_after_the_mornings_digest(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, WEDNESDAY, 80, Band.GREEN)
    assert len(_say(desk, on=THURSDAY).blocks) == 1
    desk.score(account, THURSDAY, 40, Band.RED)
    desk.score(account, TODAY, 40, Band.RED)
    assert "🟢 → 🔴 *アクメ商事*" in text_of(_say(desk))


def test_at_most_ten_rows_then_how_many_more(desk: Desk) -> None:
    for number in range(17):
        _moved(desk, f"{number:02}社", Band.GREEN, Band.RED)
    said = _say(desk)
    assert len(_rows(said)) == 10
    assert "ほか7件" in text_of(said)
    last = elements_of(said.blocks)[-1]
    assert (last["action_id"], last["style"]) == ("digest_all", "primary")
    everything = message_of(digest_all(desk.ask()))
    assert len(_rows(everything)) == 17
    assert problems_of(everything) == []


def test_rows_that_did_not_fit_are_told_the_next_day(desk: Desk) -> None:
    for number in range(12):
        _moved(desk, f"{number:02}社", Band.GREEN, Band.RED)
    first, second = set(_rows(_say(desk))), set(_rows(_say(desk, on=TUESDAY)))
    assert (len(first), len(second)) == (10, 2)
    assert not first & second


def test_each_row_leads_to_card_why_touch_and_score(desk: Desk) -> None:
    _busy(desk)
    menus = [e for e in elements_of(_say(desk).blocks) if e["type"] == "overflow"]
    assert len(menus) == 5
    for menu in menus:
        deeds = [option["value"].partition("#")[0] for option in menu["options"]]
        assert deeds == ["card", "why", "touch", "score"]


def test_it_goes_to_the_direct_message_or_the_chosen_channel(desk: Desk) -> None:
    _busy(desk)
    [post] = digest(desk.turn(desk.sato))
    assert post.audience == desk.sato.slack_user
    assert post.key == f"digest:2026-11-20:{desk.sato.id}"
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.merge(desk.sato).digest_channel = "C7"
    [post] = digest(desk.turn(desk.sato))
    assert post.audience == "C7"


def test_nobody_without_accounts_and_nobody_away_gets_one(desk: Desk) -> None:
    idle = desk.hire("無担当")
    away = desk.hire("休暇中", absent_until_on=TODAY)
    desk.add_account("休暇社", away)
    assert digest(desk.turn(idle)) == []
    assert digest(desk.turn(away)) == []


def test_an_old_result_is_said_to_be_old(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, WEDNESDAY, 80, Band.GREEN)
    desk.score(account, THURSDAY, 40, Band.RED)
    assert "前回の結果" in text_of(_say(desk))


def test_the_number_of_statements_does_not_grow_with_the_book(desk: Desk) -> None:
    small, large = _count_statements(desk, 3), _count_statements(desk, 30)
    assert small == large
    assert small <= 17


def _count_statements(desk: Desk, size: int) -> int:
    for number in range(size):
        _moved(desk, f"{size}-{number}社", Band.GREEN, Band.RED)
    seen: list[str] = []

    def listen(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(desk.engine, "before_cursor_execute", listen)
    digest(desk.turn(desk.sato))
    event.remove(desk.engine, "before_cursor_execute", listen)
    return sum(each.startswith("SELECT") for each in seen)


def test_digest_now_greets_nobody_and_shows_the_same_rows(desk: Desk) -> None:
    _busy(desk)
    now = message_of(digest_now(desk.ask()))
    [post] = digest(desk.turn(desk.sato))
    assert _rows(now) == _rows(post.message)
    assert "おはよう" not in text_of(now)
    assert "おはよう" in text_of(post.message)


def test_two_weeks_of_quiet_ask_for_a_missing_score_twice(desk: Desk) -> None:
    day = date(2026, 11, 4)
    desk.score(desk.add_account("シータ社"), day, None, Band.UNKNOWN)
    asked = []
    for _ in range(10):
        day = day + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        # On a Monday there is another line, of the pulses that are missing.
        asked.append("判定不可 1件" in str(_say(desk, on=day).blocks))
    assert asked.count(True) == 2
    assert asked[0]


def test_its_time_is_the_persons_own_and_it_waits_four_hours() -> None:
    made = whole().jobs["digest"]
    assert isinstance(made.rule, Daily)
    assert (made.own_time, made.rule.business_days_only) == (True, True)
    assert made.grace == timedelta(hours=4)


def test_names_of_four_thousand_characters_fit(desk: Desk) -> None:
    for number in range(30):
        _moved(desk, f"{number}" + "長い&<名前>" * 36, Band.GREEN, Band.RED)
    assert problems_of(_say(desk)) == []
    assert problems_of(message_of(digest_all(desk.ask()))) == []


def test_posts_hold_customer_data(desk: Desk) -> None:
    _busy(desk)
    [post] = digest(desk.turn(desk.sato))
    assert isinstance(post, Post)
    assert post.holds_customer_data


def test_a_dead_feed_asks_nobody_to_guess(desk: Desk) -> None:
    for number in range(14):
        account = desk.add_account(f"{number:02}社")
        desk.score(account, date(2026, 10, 23), 80, Band.GREEN)
        desk.score(account, WEDNESDAY, 80, Band.GREEN)
        desk.score(account, TODAY, None, Band.UNKNOWN)
    said = _say(desk)
    assert len(said.blocks) == 1
    assert "14社は、データが届いていないため判定できません" in said.text
    for account_on in (date(2026, 11, 24), date(2026, 11, 25)):
        assert len(_say(desk, on=account_on).blocks) == 1


def test_an_amount_without_a_rate_is_shown_in_its_own_currency(desk: Desk) -> None:
    account = desk.add_account("Northwind Traders")
    of = {"currency": "USD", "arr_amount": 50_000, "starts_on": date(2026, 1, 1)}
    desk.add_contract(account, renews_on=date(2026, 12, 4), ends_on=date(2026, 12, 31), **of)
    # Too long after the renewal to be what follows it: that would have decided it.
    later = of | {"starts_on": date(2027, 1, 10)}
    desk.add_contract(account, ends_on=date(2027, 12, 31), **later)
    desk.score(account, TODAY, 80, Band.GREEN)
    assert "*Northwind Traders*  $50K" in text_of(_say(desk))


@pytest.mark.row("B22")
def test_a_score_that_plays_around_the_edge_is_said_when_it_settles(desk: Desk) -> None:
    account = desk.add_account("霞丘人材")
    days = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19)]
    said = []
    for day, score in zip(days, (71, 70.4, 69.4, 70.2, 69.9, 70.6, 69.4, 69.0, 68.7), strict=True):
        desk.score(account, day, score, Band.GREEN if score >= 70 else Band.YELLOW)
        said.append("🟢 → 🟡 *霞丘人材*" in text_of(_say(desk, on=day)))
    assert said == [False] * 8 + [True]


@pytest.mark.row("B22", "C13")
def test_a_sharp_drop_is_said_the_same_morning(desk: Desk) -> None:
    account = desk.add_account("ガンマ食品")
    for day, score in ((WEDNESDAY, 63.8), (THURSDAY, 64.0)):
        desk.score(account, day, score, Band.YELLOW)
    desk.score(account, TODAY, 49, Band.RED)
    assert "🟡 → 🔴 *ガンマ食品*" in text_of(_say(desk))


@pytest.mark.row("B2", "B19")
def test_no_digest_is_due_on_a_day_the_company_closes(desk: Desk) -> None:
    jobs = {"digest": whole().jobs["digest"]}
    with desk.store.writing(desk.workspace.id) as unit:
        unit.workspace.settings = {"closures": ["2026-11-20"]}
    with desk.store.reading(desk.workspace.id) as unit:
        due = [list_due(unit, jobs, _morning(on)) for on in (THURSDAY, TODAY, TUESDAY)]
    assert [[turn.slot.local_day for turn in turns] for turns in due] == [[THURSDAY], [], [TUESDAY]]


def _morning(on: date) -> datetime:
    """Twenty to nine in Tokyo."""
    return datetime(on.year, on.month, on.day, 8, 40, tzinfo=ZoneInfo("Asia/Tokyo"))
