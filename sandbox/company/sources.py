"""Reads the catalogue: the names, stories and sentences the sample company is made of."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Fact = dict[str, Any]
"""One record of one kind, by canonical field names; dates are `date`, nothing is text yet."""

CATALOGUE = Path(__file__).parent / "catalogue"


@cache
def read_catalogue(name: str) -> Any:
    """A catalogue file as YAML gives it; callers only read it."""
    return yaml.safe_load((CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def list_remarks() -> tuple[dict[str, str], ...]:
    """What customers say: lang, text, sentiment, read_as, category, churn_signal."""
    with (CATALOGUE / "voc.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def known_on(facts: list[Fact], happened: tuple[str, ...], day: date) -> list[Fact]:
    """The facts as they were known at the end of a day.

    `happened` names the date fields that come true one after the other; what has not happened
    by that day is blank, and a fact whose first date is still ahead is not there.
    """
    born, *later = happened
    seen = [fact for fact in facts if fact[born] <= day]
    return [_without_future(fact, later, day) for fact in seen]


def split_changes(facts: list[Fact], happened: tuple[str, ...]) -> dict[date, list[Fact]]:
    """Per day the facts that appeared or moved on it, as `known_on` shows them then."""
    touched: dict[date, list[Fact]] = defaultdict(list)
    for fact in facts:
        for day in {fact[field] for field in happened} - {None}:
            touched[day].append(fact)
    return {day: known_on(moved, happened, day) for day, moved in touched.items()}


def _without_future(fact: Fact, later: list[str], day: date) -> Fact:
    ahead = {field: None for field in later if fact[field] is not None and fact[field] > day}
    return {**fact, **ahead} if ahead else fact
