"""Daily usage files, small and large, and the way of a large file forced on a small one."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bot.ingest.bulk.plan import LARGE, find_plan
from bot.ingest.read import read_book
from bot.ingest.reading import Reading
from bot.ingest.request import Request
from bot.ingest.sources.delimited import read_delimited
from bot.ingest.stage import stage
from bot.services.imports.opening import Opened
from tests.imports.office import TODAY

HEADER = "account_id,date,logins,exports,key_actions"
FIRST_ON = date(2026, 9, 1)


def open_in_pieces(path: Path, folder: Path) -> Opened:
    """As a large file is opened, whatever the size of this one."""
    request = Request(path.stem, None, {}, {}, TODAY)
    head = path.read_bytes()
    book = read_delimited(head)
    seen = read_book(book, request)
    plan = find_plan(path, head, book.grids[0], seen, request)
    assert plan is not None
    reading = Reading(
        questions=seen.questions,
        notes=seen.notes,
        mapping=seen.mapping,
        unmapped=seen.unmapped,
        answers=seen.answers,
        fingerprint=seen.fingerprint,
        bulk=plan,
    )
    return Opened(reading, staged=stage(reading, folder))


def large_text(refs: Sequence[str], days: int, seed: int = 1) -> str:
    """A file of more than the size from which files are read in pieces, ordered by day."""
    stream = np.random.default_rng(seed)
    lines = [HEADER]
    for on in (FIRST_ON + timedelta(days=at) for at in range(days)):
        values = stream.poisson((12, 4, 3000), (len(refs), 3)).tolist()
        lines += [f"{ref},{on},{a},{b},{c}" for ref, (a, b, c) in zip(refs, values, strict=True)]
    text = "\n".join(lines) + "\n"
    assert len(text) > LARGE
    return text
