"""Names that sound like companies and people, and are nobody's."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from sandbox.company.sources import read_catalogue
from sandbox.company.streams import open_stream, pick

ABROAD_SHARE = 0.22


@dataclass(frozen=True)
class Company:
    """An invented company; `slug` is its name in ids and mail domains."""

    name: str
    kana: str
    slug: str
    country: str
    industry: str
    habit: str


@dataclass(frozen=True)
class PersonName:
    """A person's name as they write it, and the part before the @."""

    name: str
    login: str


def invent_companies(seed: int, count: int) -> list[Company]:
    """So many different companies; about a fifth of them American."""
    abroad = round(count * ABROAD_SHARE)
    return _mix(seed, _invent_at_home(seed, count - abroad), _invent_abroad(seed, abroad))


def name_person(stream: np.random.Generator, language: str) -> PersonName:
    """A person of a Japanese (ja) or American (en) company."""
    words = read_catalogue("names")
    if language == "ja":
        family, given = pick(stream, words["ja_surnames"]), pick(stream, words["ja_given"])
        return PersonName(f"{family[0]} {given[0]}", f"{given[1][0]}.{family[1]}")
    first, last = pick(stream, words["en_given"]), pick(stream, words["en_surnames"])
    return PersonName(f"{first} {last}", f"{first}.{last}".lower())


def _invent_at_home(seed: int, count: int) -> list[Company]:
    words = read_catalogue("names")
    stems = words["ja_stems"][1:]  # the first stem belongs to the stories' three namesakes
    return [
        Company(
            _form(seed, words["ja_forms"], stem[0] + line[0]),
            stem[1] + line[1],
            f"{stem[2]}-{line[2]}",
            "JP",
            line[3],
            line[4],
        )
        for stem, line in _draw(seed, "home", stems, words["ja_lines"], count)
    ]


def _invent_abroad(seed: int, count: int) -> list[Company]:
    words = read_catalogue("names")
    return [
        Company(
            _form(seed, words["en_forms"], f"{stem} {line[0]}"),
            "",
            f"{stem} {line[0]}".lower().replace(" ", "-"),
            "US",
            line[1],
            line[2],
        )
        for stem, line in _draw(seed, "abroad", words["en_stems"], words["en_lines"], count)
    ]


def _draw(seed: int, where: str, stems: list[Any], lines: list[Any], count: int) -> list[Any]:
    pairs = list(product(stems, lines))
    if count > len(pairs):
        raise ValueError(f"only {len(pairs)} names {where}, {count} asked for")
    order = open_stream(seed, "names", where).permutation(len(pairs))
    return [pairs[each] for each in order[:count]]


def _form(seed: int, forms: list[str], name: str) -> str:
    return pick(open_stream(seed, "form", name), forms).format(name)


def _mix(seed: int, home: list[Company], abroad: list[Company]) -> list[Company]:
    everyone = home + abroad
    order = open_stream(seed, "names", "mix").permutation(len(everyone))
    return [everyone[each] for each in order]
