"""Uploaded files, their bytes included."""

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote

from sandbox.kinds import Json

_PRETTY = {
    "csv": "CSV",
    "tsv": "TSV",
    "xlsx": "Excel Spreadsheet",
    "png": "PNG",
    "txt": "Plain Text",
}


@dataclass
class StoredFile:
    """`content` is None between asking for an upload address and the upload itself."""

    id: str
    name: str
    user: str
    created: int
    expected_size: int
    content: bytes | None = None
    title: str = ""
    completed: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def filetype(self) -> str:
        return PurePosixPath(self.name).suffix.lstrip(".").lower() or "text"

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "text/plain"


def file_json(file: StoredFile, base_url: str, team: str) -> Json:
    """A file as `files.info` and events show it; its private address needs the bot's token."""
    private = f"{base_url}/files-pri/{team}-{file.id}/{quote(file.name)}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.filetype,
        "pretty_type": _PRETTY.get(file.filetype, file.filetype.upper()),
        "user": file.user,
        "user_team": team,
        "mode": "hosted",
        "editable": False,
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "size": len(file.content or b""),
        "url_private": private,
        "url_private_download": private,
        "permalink": f"{base_url}/files/{file.user}/{file.id}/{file.name}",
        "channels": [each for each in file.channels if each.startswith("C")],
        "groups": [each for each in file.channels if each.startswith("G")],
        "ims": [each for each in file.channels if each.startswith("D")],
    }
