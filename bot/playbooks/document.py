"""A playbook as a document: when, who, what. Free of numpy; refuses what cannot be meant."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from bot.core.vocabulary import Mover
from bot.playbooks.parts import (
    Key,
    OwnerRule,
    Part,
    Result,
    Runs,
    Sign,
    Step,
    When,
    Words,
    must_be_told_in_numbers,
)

_DOCUMENTS = Path(__file__).parent / "documents"


class PlaybookDocument(Part):
    """A version of a playbook.

    It opens where one of `signals` holds (what stands first is told first) and `when` does, too.
    `is_watch` is told in the digest alone. After an episode is closed, none of the same account
    opens for `cool_down_days`. After `recovers_after_runs` without any signal closing is proposed;
    None where only an outcome ends it. `moves` is the column whose value is measured then and now,
    or `score`. Nothing opens while the account has an open episode of a playbook it `yields_to`.
    """

    key: Key
    name: Words
    is_watch: bool = False
    signals: tuple[Sign, ...] = Field(min_length=1)
    when: When = When()
    recovers_after_runs: Runs | None = 3
    cool_down_days: Annotated[int, Field(ge=0, le=365)] = 30
    mover: Mover = Mover.US
    hypothesis: Words
    moves: str = "score"
    owner: tuple[OwnerRule, ...] = Field(default=tuple(OwnerRule), min_length=1)
    yields_to: tuple[Key, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    results: tuple[Result, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        must_be_told_in_numbers(self.moves)
        _must_be_there_once("signals", [each.key for each in self.signals])
        _must_be_there_once("steps", [each.key for each in self.steps])
        _must_be_there_once("results", [each.key for each in self.results])
        _must_be_there_once("owner", list(self.owner))
        if self.key in self.yields_to:
            raise ValueError(f"yields_to: {self.key} cannot yield to itself; leave it out")
        if self.has_deadline and "renewal" not in {each.key for each in self.signals}:
            raise ValueError("steps: days_before_deadline needs the signal renewal; add it")
        return self

    @property
    def has_deadline(self) -> bool:
        """Whether a step is counted back from a deadline."""
        return any(step.days_before_deadline is not None for step in self.steps)

    def find_step(self, key: str) -> Step | None:
        """The step of that key."""
        return next((step for step in self.steps if step.key == key), None)

    def find_result(self, key: str) -> Result | None:
        """The playbook's own result of that key."""
        return next((result for result in self.results if result.key == key), None)


class InvalidPlaybook(ValueError):
    """A document that is no playbook; `problems` name the field and the mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def read_playbook(raw: dict[str, Any]) -> PlaybookDocument:
    """The playbook of a stored or written document; InvalidPlaybook lists all its problems."""
    try:
        return PlaybookDocument.model_validate(raw)
    except ValidationError as problem:
        raise InvalidPlaybook([_tell(each) for each in problem.errors()]) from None


def dump_playbook(document: PlaybookDocument) -> dict[str, Any]:
    """The document as it is stored, defaults spelled out; `read_playbook` reads it back."""
    return document.model_dump(mode="json", by_alias=True)


@cache
def load_shipped() -> tuple[PlaybookDocument, ...]:
    """The playbooks the bot ships with, in the order of their keys."""
    found = []
    for path in sorted(_DOCUMENTS.glob("*.yaml")):
        document = read_playbook(yaml.safe_load(path.read_text(encoding="utf-8")))
        if document.key != path.stem:
            raise ValueError(f"{path.name} declares {document.key!r}; name both alike")
        found.append(document)
    return tuple(found)


def _must_be_there_once(field: str, names: Sequence[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{field}: {twice[0]} is there twice; keep one")


def _tell(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"]) or "document"
    return f"{where}: {error['msg'].removeprefix('Value error, ')}"
