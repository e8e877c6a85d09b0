"""The playbooks' versions. A workspace without one of a shipped key gets it as version 1."""

import json
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, select, tuple_

from bot.playbooks.document import PlaybookDocument, dump_playbook, load_shipped, read_playbook
from bot.store.tables import Episode, Playbook
from bot.store.unit import Store, Unit

ACTIVE, RETIRED = "active", "retired"


@dataclass(frozen=True)
class PlaybookVersion:
    """A version of a playbook and its document."""

    number: int
    document: PlaybookDocument


def list_active(unit: Unit) -> list[PlaybookVersion]:
    """The versions that open episodes now, in the order of their keys."""
    return _read(unit, select(Playbook).filter_by(status=ACTIVE))


def list_left(unit: Unit) -> list[PlaybookVersion]:
    """The versions whose playbook is out of use while something they opened is still open."""
    in_use = select(Playbook.key).filter_by(status=ACTIVE)
    opened = (
        select(Episode.playbook, Episode.playbook_version)
        .where(Episode.open_as.is_not(None), Episode.playbook.not_in(in_use))
        .distinct()
    )
    return _read(unit, select(Playbook).where(tuple_(Playbook.key, Playbook.version).in_(opened)))


def _read(unit: Unit, wanted: Select[Playbook]) -> list[PlaybookVersion]:
    rows = unit.session.scalars(wanted.order_by(Playbook.key, Playbook.version))
    return [PlaybookVersion(row.version, _parse(json.dumps(row.document))) for row in rows]


@lru_cache(maxsize=256)
def _parse(document: str) -> PlaybookDocument:
    """Each night reads all of them again, and hardly one has changed since."""
    return read_playbook(json.loads(document))


def get_playbook(unit: Unit, key: str, version: int) -> PlaybookDocument:
    """The document an episode or a task was made by; sqlalchemy's NoResultFound without it."""
    row = unit.session.scalars(select(Playbook).filter_by(key=key, version=version)).one()
    return _parse(json.dumps(row.document))


def ensure_shipped(store: Store, workspace_id: int) -> None:
    """Give the workspace each shipped playbook of whose key it has no version at all."""
    with store.reading(workspace_id) as unit:
        known = set(unit.session.scalars(select(Playbook.key).distinct()))
    missing = [document for document in load_shipped() if document.key not in known]
    if missing:
        with store.writing(workspace_id) as unit:
            for document in missing:
                activate(unit, document, "shipped")


def activate(unit: Unit, document: PlaybookDocument, actor: str) -> int:
    """Make the document its playbook's active version and retire the one before; its number."""
    wanted = select(Playbook).filter_by(key=document.key).order_by(Playbook.version)
    versions = list(unit.session.scalars(wanted))
    number = versions[-1].version + 1 if versions else 1
    for row in versions:
        if row.status == ACTIVE:
            row.status = RETIRED
    unit.add(
        Playbook(
            key=document.key,
            version=number,
            status=ACTIVE,
            document=dump_playbook(document),
            made_by=actor,
            made_at=unit.at,
        )
    )
    unit.audit(actor, "playbook_activated", f"{document.key}:{number}")
    return number
