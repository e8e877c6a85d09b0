"""The health model as a file: written for whoever asks, and a draft where one comes back.

Refuses to put a file over what somebody else has changed since it was written.
"""

from pathlib import Path

from sqlalchemy import select

from bot.core.refusal import Refusal
from bot.health.model import HealthDocument, read_document
from bot.health.yaml_text import read_head, read_yaml, write_yaml
from bot.services.models.drafts import change_draft, find_draft, name_of, start_draft
from bot.store.tables import HealthModel
from bot.store.unit import Unit

KINDS = (".yaml", ".yml")


def describe(unit: Unit, version: int) -> tuple[str, int]:
    """The version as YAML, and its revision."""
    row = unit.session.scalars(select(HealthModel).filter_by(version=version)).one_or_none()
    if row is None:
        raise Refusal("no_such_model_draft")
    return write_yaml(read_document(row.document), row.version, row.revision), row.revision


def write_file(unit: Unit, folder: Path, version: int) -> tuple[Path, int]:
    """The version as YAML in our own folder, with its revision."""
    text, revision = describe(unit, version)
    path = folder / "models" / str(unit.workspace_id) / f"health-model-{version}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path, revision


def check_text(data: bytes) -> HealthDocument:
    """The model a file holds; InvalidModel where it is none, with all that is wrong."""
    return read_document(read_yaml(data))


def take_text(unit: Unit, data: bytes, actor: str, note: str | None = None) -> int:
    """The draft's number. InvalidModel where the file is no model, with all that is wrong.

    Where there is a draft, the file must be of it as it stands, or be its last editor's own.
    """
    document = check_text(data)
    row = find_draft(unit)
    if row is None:
        return start_draft(unit, document, actor, note or "").version
    if row.changed_by != actor and read_head(data) != (row.version, row.revision):
        name = name_of(unit, row.changed_by)
        raise Refusal("model_file_outdated", version=row.version, name=name)
    return change_draft(unit, row.version, row.revision, document, actor, note).version
