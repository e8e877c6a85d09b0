"""The validator against both corpora, and the strictness of its tables."""

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.rules import Problem, check_home, check_message, check_modal, check_view
from sandbox.rules.answers import check_form_errors, check_suggestions
from sandbox.rules.problem import measured_length
from tests.sandbox import (
    corpus_invalid,
    corpus_invalid_parts,
    corpus_invalid_views,
    corpus_valid,
)
from tests.sandbox.parts import entry, message, option, options, section

VALID = [
    *(("message", *each) for each in corpus_valid.MESSAGES),
    *(("modal", *each) for each in corpus_valid.MODALS),
    *(("home", *each) for each in corpus_valid.HOMES),
]
INVALID = [
    *(("message", *each) for each in corpus_invalid.MESSAGES),
    *(("message", *each) for each in corpus_invalid_parts.MESSAGES),
    *(("view", *each) for each in corpus_invalid_views.VIEWS),
]
CHECKS: dict[str, Callable[[Any], list[Problem]]] = {
    "message": check_message,
    "modal": check_modal,
    "home": check_home,
    "view": check_view,
}


def test_the_corpora_are_as_large_as_promised() -> None:
    assert len(VALID) >= 40
    assert len(INVALID) >= 60
    assert len({name for _, name, *_ in VALID}) == len(VALID)
    assert len({name for _, name, *_ in INVALID}) == len(INVALID)


@pytest.mark.parametrize(("surface", "name", "payload"), VALID, ids=[each[1] for each in VALID])
def test_what_slack_takes_is_taken(surface: str, name: str, payload: dict[str, Any]) -> None:
    before = copy.deepcopy(payload)
    assert [str(each) for each in CHECKS[surface](payload)] == []
    assert payload == before


@pytest.mark.parametrize(
    ("surface", "name", "payload", "pointer", "code"), INVALID, ids=[each[1] for each in INVALID]
)
def test_what_slack_refuses_is_refused_where_it_stands(
    surface: str, name: str, payload: dict[str, Any], pointer: str, code: str
) -> None:
    problems = CHECKS[surface](payload)
    assert [(each.pointer, each.code) for each in problems[:1]] == [(pointer, code)]
    assert str(problems[0]).startswith(f"{pointer}: ")


def test_every_problem_is_found_not_only_the_first() -> None:
    problems = check_message(message(section(""), section("x" * 3001), {"type": "nothing"}))
    assert [each.code for each in problems] == ["too_short", "too_long", "unknown_type"]


def test_a_problem_reads_as_slack_writes_it() -> None:
    problem = Problem("/blocks/0/text/text", "too_long", "must be shorter")
    assert problem.as_slack() == "[ERROR] must be shorter [json-pointer:/blocks/0/text/text]"


@pytest.mark.parametrize(
    ("text", "is_plain", "length"),
    [
        ("abc", False, 3),
        ("a&b", False, 7),
        ("a&amp;b", False, 7),
        ("&lt;", True, 4),
        ("<@U1>", False, 5),
        ("<b>", True, 9),
        ("見る", True, 2),
        ("", False, 0),
    ],
)
def test_lengths_are_measured_after_escaping(text: str, is_plain: bool, length: int) -> None:
    assert measured_length(text, is_plain) == length


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(JSON)
def test_no_payload_however_wild_breaks_the_validator(wild: Any) -> None:
    for payload in (wild, [wild], [{"type": "section", "text": wild}], [{"type": wild}]):
        for problem in check_message({"text": "t", "blocks": payload}):
            assert problem.pointer.startswith("/blocks")
        assert isinstance(check_view(payload), list)


@given(st.sampled_from(VALID), st.data())
def test_a_key_slack_does_not_know_is_refused_in_any_object(
    case: tuple[str, str, dict[str, Any]], data: st.DataObject
) -> None:
    surface, _, payload = case
    spoiled = copy.deepcopy(payload)
    objects = [each for each in _objects(spoiled.get("blocks", [])) if "type" in each]
    if not objects:
        return
    data.draw(st.sampled_from(objects))["not_a_field"] = 1
    problems = CHECKS[surface](spoiled)
    assert any(re.search(r"/not_a_field$", each.pointer) for each in problems)


def _objects(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for each in part for found in _objects(each)]
    if isinstance(part, dict):
        return [part, *_objects(list(part.values()))]
    return []


def test_suggestions_are_at_most_a_hundred() -> None:
    assert check_suggestions({"options": options(100)}) == []
    assert check_suggestions({"options": []}) == []
    groups = [{"label": {"type": "plain_text", "text": "G"}, "options": options(2)}]
    assert check_suggestions({"option_groups": groups}) == []
    assert check_suggestions({"options": options(101)})[0].code == "too_many"
    assert check_suggestions({"options": [option("x" * 151)]})[0].pointer == "/options/0/value"
    assert check_suggestions(None)[0].code == "wrong_type"
    assert check_suggestions({})[0].code == "missing"


def test_form_errors_name_input_blocks_and_say_something() -> None:
    blocks = [entry("plain_text_input"), section(block_id="s")]
    assert check_form_errors({"b": "Write why."}, blocks) == []
    assert check_form_errors({"s": "No."}, blocks)[0].code == "unknown_field"
    assert check_form_errors({"b": ""}, blocks)[0].code == "wrong_type"
    assert check_form_errors({}, blocks)[0].code == "wrong_type"
