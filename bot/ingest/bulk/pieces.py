"""Pieces of a large file, cut at line ends.  Refuses to hold more than one piece."""

from collections.abc import Iterator, Sequence
from pathlib import Path

PIECE = 2 * 1024 * 1024


def cut(path: Path, starts_at: int, size: int = PIECE) -> Iterator[bytes]:
    """Bytes from `starts_at` on in pieces of whole lines, each of about `size` bytes."""
    with path.open("rb") as file:
        file.seek(starts_at)
        rest = b""
        while read := file.read(size):
            end = read.rfind(b"\n") + 1
            if end:
                yield rest + read[:end]
                rest = read[end:]
            else:
                rest += read
        if rest:
            yield rest


def count_lines(piece: bytes) -> int:
    """Lines of a piece; the last may lack its line end."""
    return piece.count(b"\n") + (not piece.endswith(b"\n"))


def halves(piece: bytes) -> tuple[bytes, bytes]:
    """A piece of at least two lines as two pieces of whole lines."""
    middle = piece.rfind(b"\n", 0, len(piece) // 2) + 1
    middle = middle or piece.find(b"\n") + 1
    return piece[:middle], piece[middle:]


def lines_at(path: Path, starts_at: int, first_row: int, rows: Sequence[int]) -> dict[int, str]:
    """The text of some rows (numbers as in the file), read by going through it once more."""
    wanted, row = set(rows), first_row
    found: dict[int, str] = {}
    for piece in cut(path, starts_at) if wanted else ():
        count = count_lines(piece)
        here = [each for each in wanted if row <= each < row + count]
        if here:
            lines = piece.split(b"\n")
            found |= {each: lines[each - row].decode("utf-8", "replace") for each in here}
        row += count
    return found
