"""What a bot may answer inside an acknowledgement: type-ahead options and form errors."""

from typing import Any

from sandbox.kinds import Json
from sandbox.rules.engine import ListOf, Shape, exactly_one, wrong_type
from sandbox.rules.objects import OPTION, OPTION_GROUP
from sandbox.rules.problem import Problem

_SUGGESTIONS = Shape(
    {"options": ListOf(OPTION, 100, fewest=0), "option_groups": ListOf(OPTION_GROUP, 100, 0)},
    (),
    (exactly_one("options", "option_groups"),),
)


def check_suggestions(answer: Any) -> list[Problem]:
    """Type-ahead answers: at most 100 options or groups of at most 100."""
    return list(_SUGGESTIONS.check(answer, ""))


def check_form_errors(errors: Any, blocks: list[Json]) -> list[Problem]:
    """Errors of a refused form name its input blocks and say something."""
    if not isinstance(errors, dict) or not errors:
        return [wrong_type("/errors", "an object with a message per block_id", errors)]
    inputs = {block.get("block_id") for block in blocks if block["type"] == "input"}
    problems = []
    for name, message in errors.items():
        if name not in inputs:
            reason = "is not the block_id of an input block"
            problems.append(Problem(f"/errors/{name}", "unknown_field", reason))
        if not isinstance(message, str) or not message:
            problems.append(Problem(f"/errors/{name}", "wrong_type", "must be a sentence"))
    return problems
