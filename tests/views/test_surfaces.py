"""Fitting rows into a message, forms, charts, and ids that name deeds."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.core.deed_ids import deed_of, entry, numbered, read_entry
from bot.views import limits
from bot.views.blocks import actions, context, fields, section
from bot.views.charts import line, sparkline
from bot.views.elements import button, confirming, overflow, select
from bot.views.reply import Block
from bot.views.surfaces import fit, form, message
from tests.views.shown import problems_of


def _rest(left: int) -> list[Block]:
    return [context(f"and {left} more")]


@given(st.integers(0, 200), st.integers(1, 3), st.integers(1, 900))
def test_rows_are_shown_or_counted(count: int, blocks: int, length: int) -> None:
    rows = [[section("x" * length)] * blocks for _ in range(count)]
    made = fit([section("head")], rows, [section("tail")], _rest)
    shown = sum(block == rows[0][0] for block in made) // blocks if rows else 0
    left = count - shown
    assert len(made) <= limits.MESSAGE_BLOCKS
    assert limits.text_size(made) <= limits.MESSAGE_TEXT
    assert (_rest(left)[0] in made) is (left > 0)


def test_rows_that_were_hidden_before_are_counted_too() -> None:
    made = fit([], [[section("a")]], [], _rest, hidden=7)
    assert made[-1] == _rest(7)[0]


def test_a_message_that_was_not_fitted_is_cut_all_the_same() -> None:
    assert problems_of(message("x", [section("y" * 2900) for _ in range(60)])) == []


def test_facts_go_ten_to_a_block_and_no_buttons_make_no_block() -> None:
    assert [len(block["fields"]) for block in fields(["a"] * 23)] == [10, 10, 3]
    assert actions([]) == []


def test_a_menu_has_five_entries_and_starts_on_what_is_chosen() -> None:
    assert len(overflow([("a", "b", "c")] * 9)["options"]) == 5
    made = select([(f"{n}", f"{n}") for n in range(200)], "pick", "…", chosen="3")
    assert len(made["options"]) == 100
    assert made["initial_option"]["value"] == "3"
    assert "initial_option" not in select([("a", "a")], "pick", "…", chosen="gone")


def test_a_question_before_a_deed_is_valid() -> None:
    asked = confirming(button("x", "card", "1"), "t" * 200, "q" * 500, "y" * 50, "n" * 50)
    assert problems_of(message("x", actions([asked]))) == []


def test_a_form_carries_what_it_is_about() -> None:
    made = form(
        "f", title="長い題名" * 20, submit=None, close="x", blocks=[], carried={"account": "7"}
    )
    assert json.loads(made["private_metadata"]) == {"account": "7"}
    assert "submit" not in made
    assert len(made["title"]["text"]) <= 24


def test_a_chart_keeps_the_latest_twenty_points() -> None:
    points = [(f"day {n}", float(n)) for n in range(40)]
    made = line("t" * 80, [("series", points)], "y", "instead")
    assert [p["label"] for p in made["chart"]["series"][0]["data"]][-1] == "day 39"
    assert len(made["chart"]["axis_config"]["categories"]) == 20
    assert problems_of(message("x", [made])) == []


def test_a_sparkline_runs_from_lowest_to_highest() -> None:
    assert sparkline([0, 50, 100]) == "▁▅█"
    assert sparkline([-5, 140]) == "▁█"


@given(st.text(alphabet="abc_", min_size=1), st.text(max_size=50), st.integers(1, 25))
def test_an_action_id_and_a_menus_entry_name_their_deed(deed: str, value: str, number: int) -> None:
    assert deed_of(numbered(deed, number)) == deed_of(deed) == deed
    assert read_entry(entry(deed, value)) == (deed, value)
