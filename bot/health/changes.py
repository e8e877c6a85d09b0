"""What differs between two model documents, part by part. Variants are the same by their name."""

from collections.abc import Iterator
from typing import Any

from bot.core.model_change import ModelChange
from bot.health.model import HealthDocument

Raw = dict[str, Any]

# Of the document as a whole.
_PLAIN = ("name", "neutral", "least_coverage")
_BANDS = ("red_below", "green_from")


def list_changes(before: HealthDocument, after: HealthDocument) -> list[ModelChange]:
    """From one document to the other; empty where they are the same."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return [
        *_list_values(old, new, _PLAIN),
        *_list_values(old["bands"], new["bands"], _BANDS),
        *_list_variants(old["variants"], new["variants"]),
    ]


def is_of_bands_alone(before: HealthDocument, after: HealthDocument) -> bool:
    """Whether every score stays as it is, and only the band it is read as may differ."""
    return before.model_copy(update={"bands": after.bands, "name": after.name}) == after


def _list_values(old: Raw, new: Raw, names: tuple[str, ...]) -> Iterator[ModelChange]:
    for name in names:
        if old[name] != new[name]:
            yield ModelChange(name, before=old[name], after=new[name])


def _list_variants(old: list[Raw], new: list[Raw]) -> Iterator[ModelChange]:
    was, now = ({each["name"]: each for each in part} for part in (old, new))
    for name in was:
        if name not in now:
            yield ModelChange("variant_removed", name)
    for name, variant in now.items():
        if name not in was:
            yield ModelChange("variant_added", name)
        else:
            yield from _list_in_variant(name, was[name], variant)
    left, right = [name for name in was if name in now], [name for name in now if name in was]
    if left != right:
        yield ModelChange("order", before=list(was), after=list(now))


def _list_in_variant(name: str, old: Raw, new: Raw) -> Iterator[ModelChange]:
    if old["label"] != new["label"]:
        yield ModelChange("label", name, before=old["label"], after=new["label"])
    if old["when"] != new["when"]:
        yield ModelChange("when", name, before=old["when"], after=new["when"])
    was, now = ({each["measure"]: each for each in part["measures"]} for part in (old, new))
    for measure, each in was.items():
        if measure not in now:
            yield ModelChange("measure_removed", name, measure, before=each["grade"])
    for measure, each in now.items():
        if measure not in was:
            yield ModelChange("measure_added", name, measure, after=each["grade"])
            continue
        for part in ("grade", "curve"):
            if was[measure][part] != each[part]:
                yield ModelChange(part, name, measure, was[measure][part], each[part])
    if old["caps"] != new["caps"]:
        yield ModelChange("caps", name, before=old["caps"], after=new["caps"])
