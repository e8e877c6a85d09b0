"""What people type, with any keyboard and any blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.typed import split_word

_BLANKS = st.text("  \t\n　", min_size=1, max_size=3)


@pytest.mark.parametrize(
    "typed",
    [
        "health アクメ",
        "health　アクメ",
        " Health\nアクメ ",
        "ＨＥＡＬＴＨ　アクメ",
        "health\t アクメ　",
    ],
)
def test_width_case_and_blanks_do_not_matter(typed: str) -> None:
    assert split_word(typed) == ("health", "アクメ")


def test_the_rest_keeps_its_own_form() -> None:
    assert split_word("health ＡＣＭＥ　商事 (株)") == ("health", "ＡＣＭＥ　商事 (株)")


@pytest.mark.parametrize("nothing", ["", " ", "　", "\n"])
def test_nothing_typed_is_no_word(nothing: str) -> None:
    assert split_word(nothing) == ("", "")


@given(st.text(min_size=1), st.text(), _BLANKS)
def test_no_letter_of_the_rest_is_lost(word: str, rest: str, blanks: str) -> None:
    if not word.split() or len(word.split()) > 1 or word != word.strip():
        return
    assert split_word(f"{word}{blanks}{rest}")[1] == rest.strip()
