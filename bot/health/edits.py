"""One change of a model document: bands, a measure, caps. Gives a new document, never half of one.

Refuses by `InvalidModel` what the document's own rules refuse.
"""

from collections.abc import Sequence
from typing import Any

from bot.health.model import HealthDocument, read_document

Raw = dict[str, Any]


def with_bands(document: HealthDocument, red_below: float, green_from: float) -> HealthDocument:
    """The same with other edges of the bands."""
    raw = document.model_dump(mode="json")
    return read_document({**raw, "bands": {"red_below": red_below, "green_from": green_from}})


def with_measure(document: HealthDocument, variant: str, measure: Raw) -> HealthDocument:
    """The same with this measure in the variant: in its place, or as the last one."""
    raw, part = _open(document, variant)
    names = [each["measure"] for each in part["measures"]]
    if measure["measure"] in names:
        part["measures"][names.index(measure["measure"])] = measure
    else:
        part["measures"].append(measure)
    return read_document(raw)


def without_measure(document: HealthDocument, variant: str, measure: str) -> HealthDocument:
    """The same without this measure in the variant."""
    raw, part = _open(document, variant)
    part["measures"] = [each for each in part["measures"] if each["measure"] != measure]
    return read_document(raw)


def with_caps(document: HealthDocument, variant: str, caps: Sequence[Raw]) -> HealthDocument:
    """The same with these caps in the variant, in this order."""
    raw, part = _open(document, variant)
    part["caps"] = list(caps)
    return read_document(raw)


def _open(document: HealthDocument, variant: str) -> tuple[Raw, Raw]:
    """A copy to write on, and the variant in it; KeyError where there is none of that name."""
    raw = document.model_dump(mode="json")
    for each in raw["variants"]:
        if each["name"] == variant:
            return raw, each
    raise KeyError(variant)
