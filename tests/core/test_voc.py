"""One line into a customer's name and their words, however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.voc import list_readings

pytestmark = pytest.mark.row("B7", "X39")


@pytest.mark.parametrize(
    "line",
    [
        "アクメ 連携が遅い",
        "アクメ\u3000連携が遅い",
        "アクメ「連携が遅い」",
        "アクメ 「連携が遅い」",
        "アクメ　『連携が遅い』 ",
        "\nアクメ\n連携が遅い\n",
        "アクメ “連携が遅い”",
        'アクメ "連携が遅い"',
    ],
)
def test_a_name_and_words_part_at_any_blank_and_quotation_mark(line: str) -> None:
    assert ("アクメ", "連携が遅い") in list_readings(line)


def test_the_longest_name_comes_first_and_the_whole_line_may_be_one() -> None:
    assert list_readings("Northwind Traders is slow") == [
        ("Northwind Traders is slow", ""),
        ("Northwind Traders is", "slow"),
        ("Northwind Traders", "is slow"),
        ("Northwind", "Traders is slow"),
    ]


def test_marks_around_a_part_of_the_words_stay() -> None:
    assert list_readings("アクメ 「遅い」と「高い」")[-1] == ("アクメ", "「遅い」と「高い」")
    assert list_readings("アクメ 「遅い」と部長")[-1] == ("アクメ", "「遅い」と部長")
    assert list_readings("アクメ 「")[-1] == ("アクメ", "「")


def test_a_line_without_anything_says_nothing() -> None:
    assert list_readings(" \u3000\n") == []


@given(st.text(max_size=200))
def test_nothing_but_blanks_and_marks_around_is_lost(line: str) -> None:
    wanted = "".join(line.split())
    for name, words in list_readings(line):
        kept = "".join((name + words).split())
        assert name == name.strip()
        assert len(wanted) - len(kept) in (0, 2)
        assert wanted.startswith("".join(name.split()))
        assert "".join(words.split()) in wanted


@given(st.text(st.sampled_from("ア 　「」“”『』x\n"), max_size=30))
def test_at_most_eight_parts_make_a_name_and_no_name_is_empty(line: str) -> None:
    readings = list_readings(line)
    assert len(readings) <= 8
    assert all(name for name, _ in readings)
    lengths = [len(name) for name, _ in readings]
    assert lengths == sorted(lengths, reverse=True)
