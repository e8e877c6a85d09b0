"""What was found of the measures as a person reads it: plain values, the reader's own labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.validity import Changed, Chased, Finding, Foretold, Risk, Validity


@dataclass(frozen=True)
class Proposed:
    """A step of weight that is proposed: `before` and `after` are grades, `way` is up or down.

    `variants` are in the reader's words.
    """

    finding: Finding
    way: str
    variants: Sequence[str]
    before: str
    after: str


@dataclass(frozen=True)
class ValidityPage:
    """A finished run. `labels` are by measure, `titles` by playbook; `changed` since `compared_on`,
    the run before this month, or None."""

    run_id: int
    made_at: datetime
    validity: Validity
    labels: Mapping[str, str]
    titles: Mapping[str, str]
    changed: Sequence[Changed]
    compared_on: date | None
    proposed: Sequence[Proposed]
    zone: str
    may_draft: bool = False
    may_see_risks: bool = False


@dataclass(frozen=True)
class RiskRow:
    """One renewal ahead with the account's name."""

    name: str
    risk: Risk


@dataclass(frozen=True)
class RisksPage:
    """The forecast by account, as of a day; highest first."""

    run_on: date
    foretold: Foretold
    rows: Sequence[RiskRow]


@dataclass(frozen=True)
class Warned:
    """A draft gives more weight to a measure that a playbook moves while leaving does not follow.

    `label` and `title` are the measure's and the playbook's, for readers.
    """

    label: str
    title: str
    chased: Chased
