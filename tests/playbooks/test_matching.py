"""Conditions and playbooks asked of a block: known, not known, and asked no more than once."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from bot.playbooks.conditions import Truth, ask_clause, ask_when
from bot.playbooks.document import PlaybookDocument, load_shipped, read_playbook
from bot.playbooks.matching import columns_of, match
from bot.playbooks.parts import Clause, When
from bot.signals.catalogue import load_signals
from tests.playbooks.test_documents import document
from tests.signals.sight import NAN, numbers, see


def clause(**asked: Any) -> Clause:
    return Clause.model_validate(asked)


def told(truth: Truth) -> list[str]:
    pairs = zip(truth.holds.tolist(), truth.known.tolist(), strict=True)
    return [("yes" if held else "no") if known else "unknown" for held, known in pairs]


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ({"below": 2}, ["yes", "no", "no", "unknown"]),
        ({"at_most": 2}, ["yes", "yes", "no", "unknown"]),
        ({"above": 2}, ["no", "no", "yes", "unknown"]),
        ({"at_least": 2}, ["no", "yes", "yes", "unknown"]),
    ],
)
def test_edges_belong_to_at_least_and_at_most(asked: dict[str, float], answers: list[str]) -> None:
    seen = see(seats=numbers(1, 2, 3, NAN))
    assert told(ask_clause(seen, clause(column="seats", **asked))) == answers


def test_words_and_yes_or_no_are_asked_as_such() -> None:
    seen = see(
        stage=pd.Categorical(["adoption", "onboarding", None]), usage_expected=numbers(1, 0, NAN)
    )
    by_stage = clause(column="stage", **{"in": ["adoption", "expansion"]})
    assert told(ask_clause(seen, by_stage)) == ["yes", "no", "unknown"]
    by_feed = clause(column="usage_expected", **{"is": False})
    assert told(ask_clause(seen, by_feed)) == ["no", "yes", "unknown"]


def test_the_score_is_asked_like_a_column() -> None:
    seen = see(score=numbers(49, 50, NAN))
    assert told(ask_clause(seen, clause(column="score", below=50))) == ["yes", "no", "unknown"]


def test_one_that_fails_settles_all_and_one_that_holds_settles_any() -> None:
    seen = see(seats=numbers(1, 3, NAN, NAN), arr=numbers(NAN, 5, 5, 0))
    small, rich = {"column": "seats", "below": 2}, {"column": "arr", "above": 1}
    both = When.model_validate({"all": [small, rich]})
    either = When.model_validate({"any": [small, rich]})
    assert told(ask_when(seen, both)) == ["unknown", "no", "unknown", "no"]
    assert told(ask_when(seen, either)) == ["yes", "yes", "yes", "unknown"]


def test_without_conditions_everybody_is_meant() -> None:
    assert told(ask_when(see(score=numbers(NAN, 1)), When())) == ["yes", "yes"]


def build(**changes: Any) -> PlaybookDocument:
    return read_playbook(document(**changes))


def test_a_signal_counts_where_the_playbooks_conditions_are_met() -> None:
    adopted = {"all": [{"column": "stage", "in": ["adoption"]}]}
    stages = pd.Categorical(["adoption", "onboarding", None, "adoption"])
    seen = see(score=numbers(40, 40, 40, NAN), stage=stages)
    [[found]] = match([build(when=adopted)], seen)
    assert found.holds.tolist() == [True, False, False, False]
    assert found.fails.tolist() == [False, True, False, False]


def test_playbooks_that_ask_alike_share_one_answer() -> None:
    seen = see(key_feature_rate_20bd=numbers(0.42))
    sign = {"key": "key_feature"}
    books = [
        build(key="one", signals=[sign]),
        build(key="two", signals=[sign | {"limits": {"below": 0.4}}]),
        build(key="three", signals=[sign | {"limits": {"below": 0.45}}]),
    ]
    [one], [two], [three] = match(books, seen)
    assert one.hit is two.hit
    assert one.hit is not three.hit
    assert three.holds.tolist() == [True]


def test_the_shipped_playbooks_ask_for_all_signals_and_their_columns() -> None:
    shipped = load_shipped()
    assert {sign.key for each in shipped for sign in each.signals} == set(load_signals())
    columns = columns_of(shipped)
    assert {"touch", "stage", "logins_5bd", "days_to_deadline"} <= set(columns)
    assert "score" not in columns
    assert len(columns) == len(set(columns))


def test_a_block_without_accounts_is_no_matter() -> None:
    [[found]] = match([build()], see(score=np.zeros(0)))
    assert found.holds.tolist() == []
