"""The closed set of what can be said of a measure.  Each has its sentence in templates/insight."""

from enum import StrEnum


class Verdict(StrEnum):
    """In the order in which they are asked: the first that holds is the verdict."""

    REFUSED_EMPTY = "refused_empty"
    REFUSED_CONSTANT = "refused_constant"
    REFUSED_LEAK = "refused_leak"
    REFUSED_IDENTIFIER = "refused_identifier"
    TOO_FEW = "too_few"
    NOT_SHOWN = "not_shown"
    UNSTABLE = "unstable"
    REDUNDANT = "redundant"
    GOES_ALONG = "goes_along"
    VALID = "valid"

    @property
    def is_refused(self) -> bool:
        """Whether the column was not judged at all."""
        return self.name.startswith("REFUSED")
