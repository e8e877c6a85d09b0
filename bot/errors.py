"""Unknown failures: what a person is told is a reference, and the log holds the same one."""

import logging
import secrets

log = logging.getLogger(__name__)


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
