"""One customer of the sample company, and the story some of them have."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.company.sources import read_catalogue

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Story:
    """What happens to an account, in days from the sample's today.

    `level` and `key_level` are points of a broken line: the share of usual use. `away` is when
    the champion does not log in, first and last day; `tickets` multiplies their usual number.
    """

    key: str
    level: Points = field(default_factory=list)
    key_level: Points = field(default_factory=list)
    tickets: Points = field(default_factory=list)
    away: tuple[int, int] | None = None
    quiet_from: int | None = None
    renews_in: int | None = None
    notice_in: int | None = None
    ends_at_renewal: bool = False
    age_days: int | None = None
    nps: dict[str, int] | None = None


@dataclass(frozen=True)
class Account:
    """A customer as it is; how the files show it is decided where they are written.

    `mood` is steady, growing, weak or leaving. `arr` is in whole units of `currency`.
    `churned_on` is the day after the last contract of a customer who has left.
    """

    ref: str
    tenant: str
    billing: str
    domain: str
    name: str
    kana: str
    tier: str
    country: str
    industry: str
    habit: str
    seats: int
    arr: int
    currency: str
    adopt: float
    mood: str
    started_on: date
    has_feed: bool = True
    owner: str = ""
    second: str = ""
    owner_mode: str = "dedicated"
    stage: str = "adoption"
    goal: str = ""
    criteria: str = ""
    story: Story | None = None
    churned_on: date | None = None

    @property
    def touch(self) -> str:
        """The touch model that goes with the tier."""
        return {"strategic": "high", "enterprise": "high", "mid": "low"}.get(self.tier, "tech")

    @property
    def language(self) -> str:
        return "ja" if self.country == "JP" else "en"

    @property
    def story_key(self) -> str:
        """The story's key; blank for an account without one."""
        return self.story.key if self.story else ""


def build_story(entry: dict[str, Any]) -> Story:
    """The story part of a catalogue entry; the rest of the entry describes the account."""
    known = {name: entry[name] for name in Story.__dataclass_fields__ if name in entry}
    return Story(**known)


def list_stories() -> list[dict[str, Any]]:
    """The catalogue's entries in their order; the order decides ids and is never random."""
    entries: list[dict[str, Any]] = read_catalogue("stories")
    return entries


def read_line(points: Points, offsets: NDArray[np.int64], default: float) -> NDArray[np.float64]:
    """A broken line at each day; flat before its first and after its last point."""
    if not points:
        return np.full(len(offsets), default)
    days, shares = zip(*points, strict=True)
    return np.asarray(np.interp(offsets, days, shares))
