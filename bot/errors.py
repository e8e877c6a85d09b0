"""Unknown failures: what a person is told is a reference, and the log holds the same one."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Failure:
    """Something broke; the log has the trace under `reference`."""

    reference: str


def reference_of(problem: BaseException, **where: str) -> str:
    """Log `problem` with its trace and give the short reference that people are told."""
    reference = secrets.token_hex(4)
    log.error(
        "failure %s",
        reference,
        exc_info=problem,
        extra={"action": "failure", "ref": reference, **where},
    )
    return reference


def attempt(work: Callable[[], T], **where: str) -> T | Failure:
    """The result of `work`, or the reference of what broke: one fault must not stop the others."""
    try:
        return work()
    except Exception as problem:  # noqa: BLE001  whoever calls goes on with the next piece of work
        return Failure(reference_of(problem, **where))
