"""A measure then and now: every window of the catalogue is said, in both languages."""

import pytest

from bot.core.movement import Movement, Shift
from bot.core.vocabulary import Locale
from bot.frame.catalogue import load_catalogue
from bot.texts import Texts
from bot.views.shifts import render_shift, render_window

JA, EN = Texts().speak(Locale.JA), Texts().speak(Locale.EN)


def _shift(before: float | None, now: float | None, **more: object) -> Shift:
    given = {"label": "NPS", "unit": "points", "window": "latest", "points": -4.0, **more}
    return Shift(before=before, now=now, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("window", "ja", "en"),
    [
        ("5bd/20bd", "直近5営業日/その前の20営業日", "last 5 business days / the 20 before"),
        ("28d/84d", "直近28日/その前の84日", "last 28 days / the 84 before"),
        ("20bd", "直近20営業日", "last 20 business days"),
        ("90d", "直近90日", "last 90 days"),
        ("latest", "", ""),
    ],
)
def test_a_window_is_said_with_its_base(window: str, ja: str, en: str) -> None:
    assert (render_window(JA, window), render_window(EN, window)) == (ja, en)


def test_every_measured_window_of_the_catalogue_is_understood() -> None:
    for measure in load_catalogue().values():
        is_counted = any(sign.isdigit() for sign in measure.window)
        assert bool(render_window(JA, measure.window)) is is_counted, measure.name


def test_a_value_that_reads_the_same_is_said_once() -> None:
    assert render_shift(JA, _shift(6.01, 6.04)) == "NPS 6.0"


def test_what_came_new_has_no_value_before_and_what_went_is_left_out() -> None:
    assert render_shift(JA, _shift(None, 3.0)) == "NPS 3.0"
    assert render_shift(EN, _shift(9.0, None)) == "NPS 9.0 → left out"


def test_the_strongest_pull_the_way_the_score_went() -> None:
    up, down, least = _shift(1, 2, points=6.0), _shift(2, 1, points=-3.0), _shift(2, 1, points=-0.9)
    assert Movement(70, 62, 7, [up, least, down]).strongest(2) == [down]
    assert Movement(62, 70, 7, [up, least, down]).strongest(2) == [up]


def test_scores_are_shown_rounded_down_as_everywhere() -> None:
    assert Movement(74.99, 69.6, 7).shown == (74, 69)
