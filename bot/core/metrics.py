"""The usage metrics most products can deliver, and how their days may be put together.

Refuses to guess for others: an unknown metric counts as additive until somebody says otherwise.
"""

from dataclasses import dataclass
from enum import StrEnum


class MetricKind(StrEnum):
    """Additive days are summed, levels averaged; distinct people do not add up over days."""

    ADDITIVE = "additive"
    LEVEL = "level"
    DISTINCT = "distinct"


@dataclass(frozen=True)
class MetricTraits:
    """`is_key`: counts uses of the features the product is bought for."""

    kind: MetricKind = MetricKind.ADDITIVE
    unit: str = "count"
    is_key: bool = False


STANDARD = {
    "logins": MetricTraits(),
    "active_users": MetricTraits(MetricKind.DISTINCT, "people"),
    "key_actions": MetricTraits(is_key=True),
    "features_used": MetricTraits(MetricKind.LEVEL, "features"),
    "exports": MetricTraits(),
    "usage_minutes": MetricTraits(unit="minutes"),
}


def traits_of(name: str) -> MetricTraits:
    """What is known of a metric by its name."""
    return STANDARD.get(name, MetricTraits())
