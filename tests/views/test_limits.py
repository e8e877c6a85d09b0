"""Cutting to Slack's limits: never over, never half an entity, never in silence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import limits
from bot.views.blocks import marked, plain
from sandbox.rules.problem import measured_length

TEXTS = st.text(alphabet=st.sampled_from("aあ&<>;lt🔴 \n|"), max_size=400)


@given(TEXTS, st.integers(2, 300))
def test_what_is_cut_is_never_longer_than_the_limit(text: str, limit: int) -> None:
    assert measured_length(limits.cut(limits.escape_plain(text), limit)) <= limit


@given(TEXTS, st.integers(2, 300))
def test_plain_text_fits_as_slack_counts_it(text: str, limit: int) -> None:
    shown = plain(limits.escape_plain(text), limit)["text"]
    assert measured_length(shown, is_plain=True) <= limit


@given(TEXTS, st.integers(8, 300))
def test_no_entity_is_cut_in_half(text: str, limit: int) -> None:
    cut = limits.cut(limits.escape_plain(text), limit)
    assert not re.search(r"&(?!(amp|lt|gt);)", cut)


@given(TEXTS, st.integers(2, 300))
def test_what_was_left_out_is_shown_by_an_ellipsis(text: str, limit: int) -> None:
    escaped = limits.escape_plain(text)
    cut = limits.cut(escaped, limit)
    if len(escaped.strip()) > limit:
        assert cut.endswith("…")
        assert escaped.strip().startswith(cut[:-1])


def test_a_mention_is_kept_whole_or_dropped() -> None:
    assert limits.cut("ab <@U123456> cd", 12) == "ab…"
    assert limits.cut("ab <@U1> cdefghijk", 14) == "ab <@U1> cdef…"


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_nothing_is_shown_as_a_dash_since_slack_refuses_empty_text(empty: str) -> None:
    assert marked(empty, 10)["text"] == "–"


def test_an_escaped_name_is_plain_in_plain_text() -> None:
    assert plain("R&amp;D &lt;x&gt;", 75)["text"] == "R&D <x>"


def test_a_name_in_a_list_is_one_short_line() -> None:
    assert limits.shorten("アクメ\n商事  東京", 20) == "アクメ 商事 東京"
    assert limits.shorten("長" * 30, 10) == "長" * 9 + "…"


def test_ids_values_and_stand_ins_cost_no_text() -> None:
    block = {"type": "section", "block_id": "x" * 50, "text": {"type": "mrkdwn", "text": "abc"}}
    assert limits.text_size([block, {"fallback": [block], "title": "ab"}]) == 5
