"""What people type of a model: curves, caps, numbers, files. Whatever it is, it is read or told."""

import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.model_problem import InvalidModel
from bot.health.changes import is_of_bands_alone, list_changes
from bot.health.edits import with_bands, with_caps, with_measure, without_measure
from bot.health.model import Cap, list_scored, list_shipped, load_default, load_shipped
from bot.health.model import read_document as read
from bot.health.typed import read_caps, read_curve, read_number, write_caps, write_curve
from bot.health.yaml_text import MOST_BYTES, read_head, read_yaml, write_yaml
from bot.texts import Texts
from bot.views.model_words import render_problem, render_problems

pytestmark = pytest.mark.row("A37", "E29")

SHARE, DAYS = "active_user_rate", "late_payment_days"
VOICES = [Texts().speak(locale) for locale in ("ja", "en")]
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: value + 0.0)
# What of YAML is more than words.
SIGNS = st.text(st.sampled_from(list("{}[]:,-&*#?|>!%@`'\"\n \t<=~0123456789aenrt")), max_size=120)


def must_be_told(invalid: InvalidModel) -> None:
    """Every problem in both languages, with what was wrong with it."""
    for say in VOICES:
        lines = render_problems(say, invalid.problems)
        assert lines
        assert all(line.strip() for line in lines)


@given(st.lists(st.tuples(NUMBERS, st.floats(0, 100)), min_size=1, max_size=20), st.booleans())
def test_a_curve_is_read_as_it_was_written(curve: list[tuple[float, float]], share: bool) -> None:
    measure = SHARE if share else DAYS
    typed = write_curve(measure, curve)
    assert read_curve(measure, typed) == [list(corner) for corner in curve]
    assert typed.count("%") == (len(curve) if share else 0)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0: 0\n40%: 30", [[0, 0], [0.4, 30]]),
        ("０：０\n４０％：３０", [[0, 0], [0.4, 30]]),
        ("  40 → 30 \n\n 1,000% -> 100", [[0.4, 30], [10, 100]]),
        ("−15%: 45", [[-0.15, 45]]),
    ],
)
def test_a_curve_may_be_typed_on_any_keyboard(typed: str, expected: list[list[float]]) -> None:
    assert read_curve(SHARE, typed) == expected


@given(st.text(max_size=200) | SIGNS)
def test_whatever_is_typed_as_a_curve_is_read_or_told_by_line(text: str) -> None:
    try:
        corners = read_curve(DAYS, text)
    except InvalidModel as invalid:
        lines = [each.params["line"] for each in invalid.problems]
        assert lines == sorted(set(lines))
        assert max(lines) <= len(text.splitlines())
        must_be_told(invalid)
        return
    assert all(len(corner) == 2 for corner in corners)
    try:
        with_measure(load_default(), "standard", {"measure": DAYS, "curve": corners})
    except InvalidModel as invalid:
        must_be_told(invalid)


CAPS = st.builds(
    lambda measure, value, is_least, points: Cap(
        measure=measure,
        at_least=value if is_least else None,
        at_most=None if is_least else value,
        score_at_most=points,
    ),
    st.sampled_from(list_scored()),
    NUMBERS,
    st.booleans(),
    st.floats(0, 100),
)


@given(st.lists(CAPS, max_size=10))
def test_caps_are_read_as_they_were_written(caps: list[Cap]) -> None:
    raw = [cap.model_dump(exclude_none=True) for cap in caps]
    assert read_caps(write_caps(caps)) == raw
    made = with_caps(load_default(), "standard", raw)
    assert list(made.variants[-1].caps) == caps


def test_a_cap_may_name_the_measure_as_people_do() -> None:
    kept = [{"measure": DAYS, "at_least": 14.0, "score_at_most": 69.0}]
    for said in ("入金の遅れ ≧ 14: 69", "Late payment >= 14 → 69", "late_payment_days≥14：６９"):
        assert read_caps(said.replace("≧", "≥")) == kept


@given(st.text(max_size=100))
def test_a_number_is_one_or_none(text: str) -> None:
    value = read_number(text)
    assert value is None or value == value


@pytest.mark.parametrize("name", list_shipped())
def test_a_shipped_model_comes_back_from_its_file(name: str) -> None:
    document = load_shipped(name)
    data = write_yaml(document, 7, 3).encode()
    assert read(read_yaml(data)) == document
    assert read_head(data) == (7, 3)
    assert b"&" not in data


@given(st.text(max_size=300).map(str.encode) | SIGNS.map(str.encode) | st.binary(max_size=100))
@settings(max_examples=60)
def test_whatever_a_file_holds_is_a_model_or_told(data: bytes) -> None:
    assert read_head(data) is None
    try:
        read(read_yaml(data))
    except InvalidModel as invalid:
        must_be_told(invalid)


@given(st.data())
@settings(max_examples=60)
def test_a_model_with_one_thing_broken_is_told_with_its_place(data: st.DataObject) -> None:
    raw = load_default().model_dump(mode="json")
    here: Any = raw
    steps: list[tuple[Any, Any]] = []
    while isinstance(here, dict | list) and here and (len(steps) < 1 or data.draw(st.booleans())):
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        step = data.draw(st.sampled_from(keys))
        steps.append((here, step))
        here = here[step]
    holder, step = steps[-1]
    strange = st.none() | st.integers() | st.text(string.printable, max_size=5) | st.just([[1]])
    holder[step] = data.draw(strange)
    try:
        read(raw)
    except InvalidModel as invalid:
        must_be_told(invalid)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"a: 1\nb: 2\na: 3", "key_twice", 3),
        (b"name: [", "no_yaml", 1),
        (b"on: 2026-13-45", "no_yaml", 0),
        (b"[" * 2_000, "no_yaml", 0),
        (b"1" * 5000, "no_yaml", 0),
        (b"\xff\xfe", "no_yaml", 0),
        (b"? [1]\n: 2", "no_yaml", 0),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(data: bytes, code: str, line: int) -> None:
    with pytest.raises(InvalidModel) as refused:
        read_yaml(data)
    [problem] = refused.value.problems
    assert (problem.code, problem.params["line"]) == (code, line)
    must_be_told(refused.value)


def test_a_large_file_and_one_of_references_are_refused_at_once() -> None:
    with pytest.raises(InvalidModel, match="large_file"):
        read_yaml(b"#" * (MOST_BYTES + 1))
    bomb = "m: &m {measure: nps, curve: [[0, 0], [1, 1]]}\nvariants:\n"
    bomb += "- {name: v, measures: [" + "*m," * 2_000 + "]}\n"
    with pytest.raises(InvalidModel, match="too_many"):
        read(read_yaml(bomb.encode()))


def test_every_problem_has_its_sentence_in_both_languages() -> None:
    params = {
        **{"value": "x", "limit": 3, "known": "a, b", "near": ["nps"], "line": 2, "before": "1"},
        **{"red_below": 70, "green_from": 60, "count": 2, "where": "bands", "told": "…"},
    }
    for say in VOICES:
        blocks = say.environment.get_template(f"model_problems.{say.locale}.j2").blocks
        for code in blocks:
            assert say("model_problems", code, **params)


def test_changes_are_told_part_by_part() -> None:
    before = load_default()
    after = without_measure(with_bands(before, 45, 70), "tech_touch", "nps")
    after = with_measure(after, "standard", {"measure": "arr", "curve": [[0, 0], [1, 9]]})
    told = [(each.kind, each.variant, each.measure) for each in list_changes(before, after)]
    assert told == [
        ("red_below", None, None),
        ("measure_removed", "tech_touch", "nps"),
        ("measure_added", "standard", "arr"),
    ]
    assert list_changes(before, before) == []
    assert is_of_bands_alone(before, with_bands(before, 45, 71))
    assert not is_of_bands_alone(before, after)
    kinds = {each.kind for each in list_changes(before, load_shipped("by_segment"))}
    assert {"name", "variant_added"} <= kinds


@pytest.mark.row("E29")
def test_another_label_is_a_change_of_its_own_and_stands_in_one_line_of_the_file() -> None:
    before = load_default()
    text = write_yaml(before, 2, 1)
    assert "label: {ja: 利用データなし, en: No usage feed}" in text
    after = read(read_yaml(text.replace("No usage feed", "No feed").encode()))
    [change] = list_changes(before, after)
    assert (change.kind, change.variant, change.after["en"]) == (
        "label",
        "without_usage",
        "No feed",
    )
    assert not is_of_bands_alone(before, after)


def test_a_problem_is_told_with_its_mend() -> None:
    with pytest.raises(InvalidModel) as refused:
        with_bands(load_default(), 80, 70)
    told = [render_problem(say, refused.value.problems[0]) for say in VOICES]
    assert "良好の点数を、高リスクの点数より大きく" in told[0]
    assert "make the second larger" in told[1]
