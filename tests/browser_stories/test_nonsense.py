"""The rules that read thirty days of mornings: they find what is wrong and accuse nothing else."""

import pytest

from tests.browser_stories.nonsense import Known, list_nonsense, list_repeated

KNOWN = Known(
    names=("アクメ", "アクメ商事", "Cobalt Ridge Components", "usage_2026-11-19.csv", "鈴木 葵"),
    users=frozenset({"U0SATO0001"}),
)

DIGEST_JA = """おはようございます、鈴木 葵さん|*11/20(金) お知らせ 2件*/担当15社(🔴0 🟡3 🟢12 ⚪0)
*悪化 1件*
🟢 → 🟡 *アクメ商事*  480万円
ヘルススコア 69(7日間で−3点)/解約通知期限まで14日(12/4)
[カードを見る / 根拠を見る / 手応えを付ける]
*回復 1件*
🟡 → 🟢 *Cobalt Ridge Components* 回復  822万円/ヘルススコア 70
11/20(金) 05:30時点"""
DIGEST_EN = """Good morning, 鈴木 葵 | *Fri 20 Nov: 1 item* / 15 accounts (🔴0 🟡3 🟢12 ⚪0)
🟢 → 🟡 *アクメ商事*  ¥4.8M
Notice deadline in 1 day (21 Nov) / health 69 (−3 points in 7 days)
Median +0.5 to −0.25, 101 days, 21 items; owner <@U0SATO0001>
[See card / Why / Give a score]"""
IMPORT_JA = (
    "*usage_2026-11-19.csv*|118行(日次の利用):新規 118/更新 0/変更なし 0/取り込めない行 0"
    "/ヘルスモデル v1、NPS 10点、VoC 2件、CSV・Excel"
)


@pytest.mark.parametrize(
    ("text", "language"), [(DIGEST_JA, "ja"), (DIGEST_EN, "en"), (IMPORT_JA, "ja"), ("", "en")]
)
def test_messages_that_are_fine_are_not_accused(text: str, language: str) -> None:
    assert list_nonsense(text, language, KNOWN) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("ヘルススコア nan", "nan"),
        ("ヘルススコア NaN/更新", "NaN"),
        ("次の予定 None", "None"),
        ("before inf after", "inf"),
        ("undefined 点", "undefined"),
        ("null", "null"),
        ("スコアNaN点", "NaN"),
        ("担当None社", "None"),
        ("7日間で -0点", "-0"),
        ("7日間で\u22120点", "\u22120"),
        ("¥-480万円", "¥-"),
        ("変化 --3点", "--3"),
    ],
)
def test_a_half_number_is_found(text: str, part: str) -> None:
    assert f"half a number: {part}" in list_nonsense(text, "ja", KNOWN)


@pytest.mark.parametrize(
    "text", ["-0.5点", "2026-01-08", "C-0", "Nonesuch", "information", "\u22120.5点"]
)
def test_what_only_looks_like_half_a_number_is_not(text: str) -> None:
    found = list_nonsense(text, "en", Known(names=("点",)))
    assert [each for each in found if each.startswith("half")] == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{{ name }}さん", "{{"),
        ("{% if on %}", "{%"),
        ("A&amp;B", "&amp;"),
        ("<b>", "<b>"),
        ("<!here>", "<!here>"),
    ],
)
def test_what_a_template_left_over_is_found(text: str, part: str) -> None:
    assert f"template or markup left over: {part}" in list_nonsense(text, "ja", KNOWN)


def test_a_figure_with_too_many_digits_is_found() -> None:
    assert list_nonsense("48.33333点", "ja", KNOWN) == ["too many digits: 8.33333"]
    assert list_nonsense("48.333点", "ja", KNOWN) == []


def test_one_of_many_is_found_and_twenty_one_is_not() -> None:
    assert list_nonsense("in 1 days", "en", KNOWN) == ["one of many: 1 days"]
    assert list_nonsense("1 day, 21 days, 11 items, 1,001 items, 0.1 points", "en", KNOWN) == []


def test_a_mention_of_nobody_is_found() -> None:
    assert list_nonsense("担当 <@U0NOBODY>", "ja", KNOWN) == ["nobody: U0NOBODY"]


def test_the_other_language_is_found_beside_names_and_terms() -> None:
    assert list_nonsense("Health 回復 of アクメ商事", "en", KNOWN) == ["not en: 回復"]
    found = list_nonsense("Cobalt Ridge Components: something went wrong", "ja", KNOWN)
    assert found == ["not ja: something went wrong"]


def test_a_name_inside_another_leaves_no_half_behind() -> None:
    assert KNOWN.without_names("アクメ商事 / アクメ") == " / "


def test_a_line_said_twice_is_found_once() -> None:
    lines = ["アクメ商事", "ガンマ食品", " アクメ商事 ", "アクメ商事"]
    assert list_repeated(lines) == ["アクメ商事"]


def test_buttons_rules_and_gaps_may_stand_there_often() -> None:
    lines = ["[良好] [中]", "---", "", "(見る)"] * 3
    assert list_repeated([*lines, "アクメ商事", "ガンマ食品"]) == []


def test_a_real_digest_says_nothing_twice() -> None:
    assert list_repeated(DIGEST_JA.splitlines()) == []
