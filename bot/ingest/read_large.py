"""Large regular usage files: understood by their first lines, their rows left on disk.

Refuses whatever is not plainly laid out; the caller reads such a file whole.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.ingest.bulk.plan import find_plan, read_head
from bot.ingest.read import known_kind, read_book
from bot.ingest.reading import Reading
from bot.ingest.request import Request
from bot.ingest.sources.delimited import read_delimited


def read_large(
    source: Path,
    *,
    kind: str | None,
    answers: Mapping[str, str],
    mapping: Mapping[str, str] | None,
    today: date,
) -> Reading | None:
    """Columns, questions and the plan (`bulk`) of a daily usage file from half a megabyte on; None
    for all other files.  Arguments as of `read`; `bot.ingest.stage.stage` reads the rows, piece
    by piece.
    """
    head = read_head(source)
    if head is None:
        return None
    request = Request(source.stem, known_kind(kind), answers, mapping or {}, today)
    book = read_delimited(head)
    seen = read_book(book, request)
    plan = find_plan(source, head, book.grids[0], seen, request) if book.grids else None
    if plan is None:
        return None
    return Reading(
        questions=seen.questions,
        settled=seen.settled,
        notes=seen.notes,
        mapping=seen.mapping,
        unmapped=seen.unmapped,
        answers=seen.answers,
        fingerprint=seen.fingerprint,
        bulk=plan,
    )
