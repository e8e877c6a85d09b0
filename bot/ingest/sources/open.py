"""Which reader a file needs, by its first bytes; its name is not trusted."""

from pathlib import Path

from bot.ingest.fault import Fault
from bot.ingest.grid import Book
from bot.ingest.sources.delimited import read_delimited
from bot.ingest.sources.json_lines import read_json

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # xls, and xlsx with a password
_JSON = (b"{", b"[")


def open_book(path: Path) -> Book:
    """The file's sheets; OSError where it cannot be read at all."""
    data = path.read_bytes()
    if data.startswith(_ZIP):
        # openpyxl loads a library of pictures; most files are plain text and need neither.
        from bot.ingest.sources.workbook import read_workbook

        return read_workbook(data)
    if data.startswith(_OLE):
        return Book(fault=Fault("workbook_locked_or_old"))
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_JSON):
        return read_json(data)
    return read_delimited(data)
