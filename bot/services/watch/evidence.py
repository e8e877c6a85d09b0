"""What was seen of one account, as an episode keeps it: plain values, worst first."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.playbooks.matching import Match

_EPOCH = date(1970, 1, 1)
_DIGITS = 4


def build_evidence(matches: Sequence[Match], at: int) -> list[dict[str, Any]]:
    """The signals that hold for the account at place `at`, in the order of the playbook."""
    return [
        {"signal": match.sign.key, "values": list_values(match, at)}
        for match in matches
        if match.holds[at]
    ]


def list_values(match: Match, at: int) -> dict[str, Any]:
    """A signal's values for one account: days as ISO text, None where unknown."""
    values = match.hit.values.items()
    return {name: _plain(name, float(by_account[at])) for name, by_account in values}


def find_deadline(matches: Sequence[Match], at: int) -> date | None:
    """The deadline that the playbook's steps are counted back from."""
    for match in matches:
        if match.sign.key == "renewal" and match.holds[at]:
            return date.fromisoformat(list_values(match, at)["deadline_on"])
    return None


def find_step(matches: Sequence[Match], at: int) -> int:
    """The stage the account is at; 0 where no signal has stages."""
    steps = [int(match.hit.step[at]) for match in matches if match.hit.step is not None]
    return next((step for step in steps if step), 0)


def _plain(name: str, value: float) -> Any:
    if value != value:
        return None
    if name.endswith("_on"):
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    return int(value) if value.is_integer() else round(value, _DIGITS)
