"""Tasks that people gave themselves, as the summary counts them, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.core.practice import Practice, build_key
from bot.core.vocabulary import Locale
from bot.core.week import Week
from bot.store.tables import Playbook
from bot.store.weekly_practices import LOOKED_BACK, read_practices
from bot.texts import Texts
from bot.views.reply import Message
from bot.views.verdicts import Reader
from bot.views.weekly import WeeklyPage, build_weekly
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import Records
from tests.commands.weekly_records import MONDAY, SUNDAY, TOLD_ON, add_outcome, noon
from tests.store.conftest import Houses
from tests.views.samples_of_weeks import sample_weekly

pytestmark = pytest.mark.row("B4")
DAYS = Week(MONDAY, MONDAY)
# Measured two weeks on, by the morning after the week.
THEN = TOLD_ON - timedelta(days=14)


def _do(records: Records, title: str, count: int, change: float | None, **task: object) -> None:
    for number in range(count):
        account = records.add_account(f"{title}{number}")
        done = {"state": "done", "ended_on": THEN, "ended_at": noon(THEN)}
        made = add_task(records, account, THEN, title=title, **done, **task)
        gain = {} if change is None else {"change": change + number % 2}
        more = {"task": made, "playbook": None, "playbook_version": None, **gain}
        add_outcome(records, account, THEN, **more)


def _read(houses: Houses, days: Week = DAYS) -> list[Practice]:
    with houses.store.reading(houses.ours) as unit:
        return read_practices(unit, days)


def test_ours_alone_by_hand_alone_of_half_a_year(houses: Houses) -> None:
    ours, theirs = Records(houses.store, houses.ours), Records(houses.store, houses.theirs)
    _do(ours, "活用会", 11, 6.0)
    _do(ours, "電話", 3, None)
    _do(theirs, "役員訪問", 11, 9.0)
    # Of an alert, or of the list of the first ten: no idea of their own.
    acme = ours.add_account("アクメ商事")
    for _ in range(4):
        episode = add_episode(ours, acme, state="closed", closed_on=SUNDAY, open_as=None)
        add_outcome(ours, acme, THEN, episode=episode)
    _do(ours, "最初の連絡", 4, 5.0, origin="playbook")
    found = _read(houses)
    assert [(each.title, each.runs, each.is_candidate) for each in found] == [
        ("活用会", 11, True),
        ("電話", 3, False),
    ]
    late = MONDAY + LOOKED_BACK
    assert _read(houses, Week(late, late)) == []


def test_the_summary_names_the_candidate_and_says_where_it_cannot_tell(houses: Houses) -> None:
    ours = Records(houses.store, houses.ours)
    _do(ours, "活用会", 11, 6.0)
    _do(ours, "電話", 3, None)
    found = _read(houses)
    told = {locale: _tell(locale, found) for locale in Locale}
    assert "「活用会」11件・11社:14日後、類似顧客との差は" in told[Locale.JA]
    assert "プレイブックの候補です" in told[Locale.JA]
    assert "うまくいったかどうかはまだ分かりません" in told[Locale.JA]
    assert "“活用会”, 11 times for 11 accounts" in told[Locale.EN]
    assert "“電話”, 3 times for 3 accounts: only 0 could be compared" in told[Locale.EN]
    assert "効果" not in told[Locale.JA]
    assert "effect" not in told[Locale.EN]


def test_a_candidate_has_a_button_until_there_is_a_playbook_of_it(houses: Houses) -> None:
    ours = Records(houses.store, houses.ours)
    _do(ours, "活用会", 11, 6.0)
    [found] = _read(houses)
    assert "プレイブックの下書きを作る" in _whole(found)
    for status, said in (("draft", "下書きがあります"), ("active", "プレイブックになりました")):
        with houses.store.writing(houses.ours) as unit:
            unit.session.execute(delete(Playbook))
            made = {"document": {}, "made_by": "1", "made_at": unit.at}
            unit.add(Playbook(key=build_key(" 活用会"), version=1, status=status, **made))
        [found] = _read(houses)
        assert found.status == status
        assert said in _whole(found)
        assert "下書きを作る" not in _whole(found)


def _whole(practice: Practice) -> str:
    weekly = replace(sample_weekly("甲", 2), practices=[practice])
    page = WeeklyPage(weekly, Reader(1, "Asia/Tokyo", TOLD_ON, MONDAY))
    return str(build_weekly(Texts().speak(Locale.JA), page).blocks)


def _tell(locale: Locale, practices: list[Practice]) -> str:
    weekly = replace(sample_weekly("甲", 2), practices=practices)
    shown: Message = build_weekly(
        Texts().speak(locale), WeeklyPage(weekly, Reader(1, "Asia/Tokyo", TOLD_ON, MONDAY))
    )
    texts = [str(block.get("text", {})) for block in shown.blocks]
    return "\n".join(text for text in texts if "活用会" in text or "電話" in text)
