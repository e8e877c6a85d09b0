"""The health model's versions. A workspace without one gets the shipped model as version 1."""

import json
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select

from bot.health.model import HealthDocument, load_default, read_document
from bot.store.tables import HealthModel
from bot.store.unit import Store, Unit

ACTIVE = "active"
SHIPPED = "shipped"


@dataclass(frozen=True)
class Version:
    """A version of the model and its document."""

    number: int
    document: HealthDocument


def find_active(unit: Unit) -> Version | None:
    """The version that scores now; None in a workspace that never scored."""
    row = unit.session.scalars(select(HealthModel).filter_by(status=ACTIVE)).one_or_none()
    return Version(row.version, _parse(json.dumps(row.document))) if row else None


def get_version(unit: Unit, number: int) -> Version:
    """The version a score was made with; sqlalchemy's NoResultFound where there is none."""
    row = unit.session.scalars(select(HealthModel).filter_by(version=number)).one()
    return Version(row.version, _parse(json.dumps(row.document)))


@lru_cache(maxsize=64)
def _parse(document: str) -> HealthDocument:
    """It is read with every card and every night, and changes a few times a year."""
    return read_document(json.loads(document))


def ensure_active(store: Store, workspace_id: int) -> Version:
    """The active version, made from the shipped model where there is none yet."""
    with store.reading(workspace_id) as unit:
        active = find_active(unit)
    if active is not None:
        return active
    with store.writing(workspace_id) as unit:
        return use_shipped(unit)


def use_shipped(unit: Unit) -> Version:
    """The shipped model as the workspace's first version."""
    document = load_default()
    unit.add(
        HealthModel(
            version=1,
            status=ACTIVE,
            document=document.model_dump(mode="json"),
            made_by=SHIPPED,
            made_at=unit.at,
        )
    )
    unit.session.flush()
    unit.audit("sakidori", "health_model_activated", "1", name=document.name)
    return Version(1, document)
