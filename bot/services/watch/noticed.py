"""What the signs of an open alert have become. Refuses to renew what no reader would notice.

Noticed are: another sign, one that is over or began anew, a figure that moved by a tenth, another
day, and of what the calendar moves by itself (`Signal.moving`) five days.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.services.watch.evidence import Evidence, build_seen
from bot.services.watch.standing import Standing
from bot.signals.catalogue import get_signal

_SHARE = 0.1
_DAYS = 5


def find_noticed(
    kept: Sequence[Evidence], standings: Sequence[Standing], at: int, run_on: date
) -> list[Evidence] | None:
    """Evidence with the figures of this run where a sign holds; None where nothing is noticed.

    `first` are the values of the opening, where others have come since: None for a sign that came
    later. `over_on` is the first run on which a sign was gone.
    """
    by_key = {each.match.sign.key: each for each in standings}
    known = {each["signal"] for each in kept}
    made = [_follow(each, by_key.get(each["signal"]), at, run_on) for each in kept]
    made += [
        {**build_seen(each, at), "first": None}
        for key, each in by_key.items()
        if key not in known and each.match.holds[at]
    ]
    return made if made != list(kept) else None


def _follow(was: Evidence, standing: Standing | None, at: int, run_on: date) -> Evidence:
    if standing is None:
        return was
    if not standing.lasts[at]:
        return was if "over_on" in was else {**was, "over_on": run_on.isoformat()}
    if not standing.match.holds[at]:
        return was
    seen = build_seen(standing, at)
    began_anew = "over_on" in was or was.get("since_on") != seen["since_on"]
    if not began_anew and not _is_noticed(was["signal"], was["values"], seen["values"]):
        return was
    return {**seen, "first": was.get("first", was["values"])}


def _is_noticed(key: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    moving = get_signal(key).moving
    return any(_has_moved(was.get(name), now[name], name in moving) for name in now)


def _has_moved(was: Any, now: Any, by_itself: bool) -> bool:
    if was is None or now is None or isinstance(now, str):
        return was != now and not by_itself
    moved = abs(now - was)
    if by_itself:
        return bool(moved >= _DAYS)
    return bool(moved and moved >= _SHARE * abs(was))
