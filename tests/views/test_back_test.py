"""The back-test in words: counts beside shares, too few said so, a proposal that only proposes."""

from dataclasses import replace

import pytest

from bot.core.back_test import Cases
from bot.core.vocabulary import Locale
from bot.texts import Texts
from bot.views.back_test import render_how, render_past
from tests.views.samples_of_the_past import TOO_FEW, build_past

pytestmark = pytest.mark.row("B45", "E27")

JA, EN = Texts().speak(Locale.JA), Texts().speak(Locale.EN)


def test_shares_come_with_counts_and_intervals_in_both_languages() -> None:
    [lead, red, *_] = render_past(EN, replace(build_past(3), drawn=303))
    assert "from 20 Nov 2024 to 20 Nov" in lead
    assert "periods up to 31 Mar (20 churned or contracted, 200 renewed or expanded)" in lead
    assert "drawn" not in lead
    assert "12 of the 34 flagged churned or contracted (35%, 95% interval 22 to 52%)" in red
    assert "had been flagged before (80%, 95% interval 55 to 93%)" in red
    assert "First flagged 95 days before" in red
    [lead, red, *_] = render_past(JA, build_past(3))
    assert "2024/11/20〜2026/11/20に契約期間が終わった顧客303社(うち均等に選んだ300社)" in lead
    assert "該当した34社のうち、解約・減額になったのは12社(35%、95%区間 22〜52%)" in red
    assert "契約終了の95日前(中央値、95%区間 72〜130日前)" in red


def test_a_better_threshold_is_worth_trying_and_it_is_said_that_nothing_changes() -> None:
    [_, red, *_] = render_past(EN, build_past(3))
    assert '*Worth trying*: up to 31 Mar "below 62" told the two apart best' in red
    assert "difference +18 points, 95% interval +5 points to +30 points" in red
    assert "No threshold changes by itself" in red
    [_, red, *_] = render_past(JA, build_past(3))
    assert "*試す価値があります*" in red
    assert "しきい値は自動では変わりません" in red


def test_what_is_no_better_is_said_to_be_none_and_nobody_flagged_has_no_share() -> None:
    fall = render_past(EN, build_past(3))[-1]
    assert "Nobody was flagged (15 churned or contracted)" in fall
    assert "cannot be said to be better" in fall
    assert "−8 points to +15 points" in fall
    assert "Worth trying" not in fall


def test_of_fewer_than_ten_flagged_there_is_no_share_but_the_count() -> None:
    [_, _, green, _] = render_past(JA, build_past(3))
    assert "該当した4社のうち、解約・減額になったのは3社(該当が10社未満のため" in green
    assert "95%区間 72" not in green


def test_too_few_cases_are_said_with_their_number_and_nothing_else_is() -> None:
    [told] = render_past(JA, TOO_FEW)
    assert "件数が少なく判断できません" in told
    assert "解約・減額2社、更新・増額31社。どちらも10社以上" in told
    [told] = render_past(EN, TOO_FEW)
    assert "Too few cases to tell (2 churned or contracted and 31 renewed or expanded" in told
    assert "without a score" not in told
    assert render_how(EN, TOO_FEW, {}) == ""
    assert "40 periods without a score" in render_past(EN, replace(TOO_FEW, unscored=40))[0]


def test_too_few_to_choose_on_is_said_though_the_later_ones_judge() -> None:
    past = replace(build_past(3), before=Cases(9, 200))
    assert "Too few cases up to 31 Mar to propose another threshold" in render_past(EN, past)[0]


def test_how_it_was_done_names_what_was_left_out_by_the_readers_labels() -> None:
    told = render_how(JA, build_past(3), {"nps": "推奨度"})
    assert "契約終了の180日前から30日前まで" in told
    assert "m0、推奨度、arr" in told
    assert "スコアのなかった契約3件" in told
    told = render_how(EN, replace(build_past(3), unscored=1, left_out=()), {})
    assert "1 period without a score then count" in told
    assert "Left out" not in told
