"""What was seen of one account, as an episode keeps it: plain values, worst first."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.playbooks.matching import Match
from bot.services.watch.standing import Standing

Evidence = dict[str, Any]

_EPOCH = date(1970, 1, 1)
_DIGITS = 4


def build_evidence(standings: Sequence[Standing], at: int) -> list[Evidence]:
    """The signals that hold for the account at place `at`, in the order of the playbook."""
    return [build_seen(each, at) for each in standings if each.match.holds[at]]


def build_seen(standing: Standing, at: int) -> Evidence:
    """A signal's values for one account, and the first run of those on which it held."""
    return {
        "signal": standing.match.sign.key,
        "values": list_values(standing.match, at),
        "since_on": (_EPOCH + timedelta(days=int(standing.since[at]))).isoformat(),
    }


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
