"""What is wrong with a health model, as a code with its place, value and mend.

Refuses to hold the sentence: that is the block of the code in `templates/model_problems`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ModelProblem:
    """`where` names variant, measure, field and corner, "" for the whole; `part` is the last.

    `params` are what the sentence shows: what stands there (`value`) and what would do.
    """

    code: str
    where: str = ""
    part: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = ", ".join(f"{name} {value}" for name, value in self.params.items())
        return f"{self.where or 'document'}: {self.code}{f' ({shown})' if shown else ''}"


class InvalidModel(ValueError):
    """A document that is no model; `problems` name the field and the mend, all of them at once."""

    def __init__(self, problems: Sequence[ModelProblem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)
