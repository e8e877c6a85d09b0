"""Playbooks as documents: what ships, what is refused and how it is said."""

import subprocess
import sys
from typing import Any

import pytest

from bot.core.vocabulary import CommonResult, Mover
from bot.frame.catalogue import load_catalogue
from bot.playbooks.document import (
    InvalidPlaybook,
    PlaybookDocument,
    dump_playbook,
    load_shipped,
    read_playbook,
)
from bot.signals.catalogue import load_signals
from tests.architecture.words import JAPANESE

SHIPPED = {document.key: document for document in load_shipped()}


def words(ja: str = "名前", en: str = "Name") -> dict[str, str]:
    return {"ja": ja, "en": en}


def document(**changes: Any) -> dict[str, Any]:
    usual = {
        "key": "example",
        "name": words(),
        "signals": [{"key": "threshold"}],
        "hypothesis": words(),
        "steps": [{"key": "call", "name": words(), "within_business_days": 2}],
        "results": [{"key": "met", "name": words()}],
    }
    return usual | changes


def refusal(**changes: Any) -> str:
    with pytest.raises(InvalidPlaybook) as refused:
        read_playbook(document(**changes))
    return str(refused.value)


@pytest.mark.row("B23", "B24", "B25", "C14", "C16", "D33", "D40", "E28")
def test_seven_playbooks_ship() -> None:
    assert set(SHIPPED) == {
        *("usage_drop", "key_feature", "slow_decline", "late_payment", "renewal"),
        *("re_onboarding", "voc_hearing"),
    }
    assert [key for key, each in SHIPPED.items() if each.is_watch] == ["slow_decline"]
    assert [key for key, each in SHIPPED.items() if each.mover is Mover.THEM] == ["voc_hearing"]


@pytest.mark.row("B23")
@pytest.mark.parametrize("shipped", load_shipped(), ids=lambda each: each.key)
def test_a_shipped_playbook_says_when_who_and_what_in_both_languages(
    shipped: PlaybookDocument,
) -> None:
    said = [shipped.name, shipped.hypothesis, *(step.name for step in shipped.steps)]
    said += [result.name for result in shipped.results]
    for each in said:
        assert JAPANESE.search(each.ja)
        assert not JAPANESE.search(each.en)
    assert [rule.value for rule in shipped.owner] == ["owner", "second", "lead"]
    assert {sign.key for sign in shipped.signals} <= set(load_signals())
    assert set(shipped.when.columns()) <= set(load_catalogue())
    assert shipped.moves == "score" or shipped.moves in load_catalogue()
    assert set(shipped.yields_to) <= set(SHIPPED)


@pytest.mark.parametrize("shipped", load_shipped(), ids=lambda each: each.key)
def test_a_shipped_playbook_survives_storing_with_its_defaults_spelled_out(
    shipped: PlaybookDocument,
) -> None:
    stored = dump_playbook(shipped)
    assert read_playbook(stored) == shipped
    assert {"cool_down_days", "recovers_after_runs", "mover"} <= set(stored)


@pytest.mark.row("C16", "D40")
def test_sharp_falls_bad_words_late_payment_and_renewals_open_at_once() -> None:
    at_once = {sign.key for each in SHIPPED.values() for sign in each.signals if sign.for_runs == 1}
    assert at_once == {
        *("sharp_drop", "late_payment", "renewal", "detractor", "negative_voc", "incident"),
    }


@pytest.mark.row("D33")
def test_a_renewal_has_three_dated_steps_and_is_not_over_by_itself() -> None:
    renewal = SHIPPED["renewal"]
    assert [each.days_before_deadline for each in renewal.steps] == [83, 53, 23]
    assert renewal.has_deadline
    assert renewal.recovers_after_runs is None
    assert not SHIPPED["usage_drop"].has_deadline


def test_a_step_and_a_result_are_found_by_their_key() -> None:
    usage = SHIPPED["usage_drop"]
    step, result = usage.find_step("reach_out"), usage.find_result("met")
    assert step is not None
    assert step.name.by_locale() == {"ja": "打ち合わせを打診", "en": "Offer a meeting"}
    assert result is not None
    assert usage.find_step("no_such") is None
    assert usage.find_result("waiting") is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"signals": [{"key": "rain"}]}, "signals.0: no signal is called rain; known are"),
        (
            {"signals": [{"key": "key_feature", "limits": {"under": 0.4}}]},
            "signals.0: key_feature has no limit under; it has below",
        ),
        (
            {"signals": [{"key": "threshold", "limits": {"below": 40}}]},
            "threshold has no limit below; it has none",
        ),
        ({"signals": [{"key": "threshold", "for_runs": 0}]}, "signals.0.for_runs: "),
        (
            {"signals": [{"key": "threshold"}, {"key": "threshold"}]},
            "signals: threshold is there twice; keep one",
        ),
        ({"signals": []}, "signals: "),
        ({"when": {"all": [{"column": "stage", "below": 3}]}}, "stage cannot be asked with below"),
        ({"when": {"all": [{"column": "stage"}]}}, "stage: give one of below, above"),
        (
            {"when": {"any": [{"column": "arr", "below": 3, "above": 1}]}},
            "when.any.0: arr: give one of",
        ),
        (
            {"when": {"all": [{"column": "stage", "in": ["dating"]}]}},
            "stage is never dating; it is one of onboarding, adoption, expansion",
        ),
        ({"when": {"all": [{"column": "luck", "above": 1}]}}, "no column is called luck"),
        ({"when": {"all": [{"column": "usage_expected", "above": 0}]}}, "use is"),
        ({"moves": "stage"}, "moves: stage is no number; name score or a measure of numbers"),
        ({"moves": "luck"}, "no column is called luck; known are score, active_user_rate"),
        (
            {"steps": [{"key": "call", "name": words()}]},
            "steps.0: step call: give within_business_days or days_before_deadline, one of them",
        ),
        (
            {"steps": [{"key": "call", "name": words(), "days_before_deadline": 30}]},
            "steps: days_before_deadline needs the signal renewal; add it",
        ),
        ({"steps": []}, "steps: "),
        (
            {"results": [{"key": "waiting", "name": words()}]},
            "results.0: result waiting is there for every task; leave it out",
        ),
        ({"owner": ["owner", "owner"]}, "owner: owner is there twice; keep one"),
        ({"yields_to": ["example"]}, "yields_to: example cannot yield to itself; leave it out"),
        ({"name": {"ja": "名前"}}, "name.en: "),
        ({"name": words(en="")}, "name.en: "),
        ({"colour": "red"}, "colour: "),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_field_and_the_mend(
    changes: dict[str, Any], told: str
) -> None:
    assert told in refusal(**changes)


def test_all_problems_are_told_at_once() -> None:
    told = refusal(moves=3, signals=[{"key": "rain"}])
    assert "moves: " in told
    assert "signals.0: " in told


@pytest.mark.parametrize("common", list(CommonResult))
def test_no_playbook_names_a_result_every_task_has(common: CommonResult) -> None:
    assert not any(each.find_result(common.value) for each in SHIPPED.values())


def test_documents_and_signals_load_without_numpy() -> None:
    code = (
        "import sys, bot.services.playbooks, bot.playbooks.document as d, bot.signals.catalogue;"
        "d.load_shipped();"
        "sys.exit(bool({'numpy', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
