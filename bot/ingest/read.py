"""From a file to facts, refusals and questions: the front door of the room.

Refuses nothing with an exception but a file that cannot be opened: what is wrong is in the
reading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.ingest.both import ACCOUNTS, CONTRACTS, account_columns, is_both, may_be_both, read_both
from bot.ingest.detect import Guess, guess_kinds, is_clear, lacks
from bot.ingest.fault import Fault
from bot.ingest.fields import Kind, Shape
from bot.ingest.fold import as_written, is_missing, show, show_words
from bot.ingest.grid import Book, Grid
from bot.ingest.header import Header, find_header
from bot.ingest.logins import read_logins
from bot.ingest.mapping import IGNORED, METRIC, fingerprint, map_columns, own_words
from bot.ingest.reading import Question, Reading, Tally, refuse_row
from bot.ingest.registry import get_kind, list_kinds
from bot.ingest.request import Request
from bot.ingest.several_sheets import settle_sheets
from bot.ingest.sheet import Sheet
from bot.ingest.sources.open import open_book
from bot.ingest.table import read_table
from bot.ingest.usage import read_usage, settle_usage_kind

_LEAST_KNOWN = 2  # columns; below it a further sheet is a legend, not a table with a gap
_READERS = {Shape.TABLE: read_table, Shape.USAGE: read_usage, Shape.LOGINS: read_logins}


def read(
    source: Path,
    *,
    kind: str | None,
    answers: Mapping[str, str],
    mapping: Mapping[str, str] | None,
    today: date,
) -> Reading:
    """Everything the file says.

    `kind` as in the registry, `usage` for daily or monthly, None to find out.  `answers` by
    question key; `zone` in it is the time zone moments with an offset are told in.  `mapping`
    (header to field, `metric:NAME`, or "" to ignore) wins over guesses.  `today` bounds facts of
    the past.  Raises OSError where the file cannot be read, KeyError for an unknown `kind`.
    """
    request = Request(source.stem, known_kind(kind), answers, mapping or {}, today)
    return read_book(open_book(source), request)


def read_book(book: Book, request: Request) -> Reading:
    """As `read`, from sheets already open."""
    reading = Reading(answers=dict(request.answers), notes=list(book.notes))
    if book.fault:
        reading.refuse(book.fault.code, **book.fault.params)
    found = [(grid, find_header(grid)) for grid in book.grids]
    headers = [header for _, header in found if header]
    guessed = [_guess(grid, header, request) if header else [] for grid, header in found]
    both = may_be_both(guessed) and not request.kind
    for (grid, header), guesses in zip(found, guessed, strict=True):
        if header and both and _holds_both(grid, guesses, request, len(headers)):
            _read_both(reading, grid, header, request, len(headers))
        elif header:
            _read_sheet(reading, grid, header, guesses, request, len(headers))
        else:
            _no_header(reading, grid, bool(headers))
    if not book.fault and reading.count("rows") == reading.count("blank"):
        reading.refuse("no_rows")
    settle_sheets(reading)
    reading.fingerprint = fingerprint(headers)
    return reading


def known_kind(kind: str | None) -> str | None:
    """`kind` where it is one, or `usage`, or None; KeyError for others."""
    if kind in (None, "usage"):
        return kind
    return get_kind(str(kind)).name


def _read_sheet(
    reading: Reading,
    grid: Grid,
    header: Header,
    guesses: Sequence[Guess],
    request: Request,
    tables: int,
) -> None:
    saved = _saved_here(request.mapping, grid)
    kind = _choose(reading, grid, header, guesses, request, tables)
    if kind is None:
        return
    columns = map_columns(header, kind, saved)
    sheet = Sheet(grid, header, kind, columns, request.today, request.answers, reading)
    if kind.shape is Shape.USAGE:
        settle_usage_kind(sheet)
    missing = [name for name in lacks(sheet.kind, set(columns.values())) if not sheet.days]
    if missing and tables > 1 and len(columns) < _LEAST_KNOWN:
        reading.note("sheet_skipped", sheet=grid.name)
        _set_aside(reading, grid, header, "skipped")
        return
    _list_columns(reading, sheet, tables, (sheet.kind,))
    if missing:
        _lacking(reading, sheet, missing)
        return
    reading.tallies.append(sheet.tally)
    sheet.sort()
    _READERS[sheet.kind.shape](sheet)


def _guess(grid: Grid, header: Header, request: Request) -> list[Guess]:
    name = f"{grid.name or request.name} {header.title}"
    return guess_kinds(grid, header, _saved_here(request.mapping, grid), name)


def _holds_both(grid: Grid, guesses: Sequence[Guess], request: Request, tables: int) -> bool:
    """Whether a sheet is of customers and their contracts, and nobody has said which it is."""
    return is_both(guesses) and not request.answers.get(_kind_key(grid, tables))


def _read_both(reading: Reading, grid: Grid, header: Header, request: Request, tables: int) -> None:
    saved = _saved_here(request.mapping, grid)
    customers, kind = get_kind(ACCOUNTS), get_kind(CONTRACTS)
    columns = map_columns(header, kind, own_words(saved, kind))
    theirs = map_columns(header, customers, own_words(saved, customers))
    theirs = account_columns(theirs, columns)
    sheet = Sheet(grid, header, kind, columns, request.today, request.answers, reading)
    _list_columns(reading, replace(sheet, columns={**theirs, **columns}), tables, (kind, customers))
    reading.note("sheet_both", sheet=grid.name)
    reading.tallies.append(sheet.tally)
    sheet.sort()
    read_both(sheet, theirs)


def _kind_key(grid: Grid, tables: int) -> str:
    return f"kind:{grid.name}" if grid.name and tables > 1 else "kind"


def _choose(
    reading: Reading,
    grid: Grid,
    header: Header,
    guesses: Sequence[Guess],
    request: Request,
    tables: int,
) -> Kind | None:
    """The sheet's kind; None after asking for it, or after leaving out a sheet that is no table."""
    key = _kind_key(grid, tables)
    answer = request.answers.get(key, "")
    wanted = answer or request.kind
    fitting = tuple(each.kind.name for each in guesses[:4])
    if answer in fitting:
        reading.ask(Question(key, "kind", fitting, {"sheet": grid.name}, answer))
    if wanted == "skip":
        _set_aside(reading, grid, header, "skipped")
        return None
    if wanted and wanted != "usage":
        return get_kind(wanted)
    if wanted == "usage":
        guesses = [each for each in guesses if each.kind.shape is Shape.USAGE]
        return guesses[0].kind if guesses else get_kind("usage_daily")
    if guesses and is_clear(guesses):
        return guesses[0].kind
    if not guesses and tables > 1 and grid.name:
        reading.note("sheet_skipped", sheet=grid.name)
        _set_aside(reading, grid, header, "skipped")
        return None
    options = list(fitting) or [each.name for each in list_kinds()]
    if key != "kind":
        options.append("skip")
    reading.ask(Question(key, "kind", tuple(options), {"sheet": grid.name}))
    _set_aside(reading, grid, header, "waiting")
    return None


def _set_aside(reading: Reading, grid: Grid, header: Header, count: str) -> None:
    body = grid.rows[header.body :]
    blank = sum(all(is_missing(cell) for cell in row) for row in body)
    tally = Tally(grid.name, rows=len(body), blank=blank)
    setattr(tally, count, len(body) - blank)
    reading.tallies.append(tally)


def _no_header(reading: Reading, grid: Grid, has_tables: bool) -> None:
    rows = [(number, cells) for number, cells in grid.numbered() if not _is_blank(cells)]
    tally = Tally(grid.name, rows=len(grid.rows), blank=len(grid.rows) - len(rows))
    reading.tallies.append(tally)
    if has_tables:
        reading.note("sheet_skipped", sheet=grid.name)
        tally.skipped = len(rows)
        return
    for number, cells in rows:
        held = {f"#{at}": as_written(cell) for at, cell in enumerate(cells, 1)}
        fault = grid.broken.get(number, Fault("no_header", {"value": show(cells[0])}))
        reading.refused_rows.append(refuse_row(number, grid.name, held, [("", fault)]))
    tally.refused = len(rows)


def _lacking(reading: Reading, sheet: Sheet, missing: list[str]) -> None:
    """The kind is known but a needed column is not there: the sheet waits for a mapping."""
    for name in missing:
        words = sheet.kind.get(name).words
        told = {"words": show_words(words), "words_ja": show_words(words, "ja")}
        reading.refuse("column_missing", sheet.grid.name, field=name, **told)
    _set_aside(reading, sheet.grid, sheet.header, "waiting")
    reading.tallies[-1].kind = sheet.kind.name


def _is_blank(cells: object) -> bool:
    return isinstance(cells, list | tuple) and all(is_missing(cell) for cell in cells)


def _saved_here(mapping: Mapping[str, str], grid: Grid) -> dict[str, str]:
    """The saved mapping of this sheet: `Sheet!Header` beats a bare header."""
    before = f"{grid.name}!"
    own = {key.removeprefix(before): name for key, name in mapping.items() if before in key[:40]}
    return {**mapping, **own} if grid.name else dict(mapping)


def _list_columns(reading: Reading, sheet: Sheet, tables: int, kinds: Sequence[Kind]) -> None:
    before = f"{sheet.grid.name}!" if tables > 1 and sheet.grid.name else ""
    known = {name for kind in kinds for name in kind.names()}
    for at, header in enumerate(sheet.header.names):
        name = sheet.columns.get(at)
        if name is not None:
            reading.mapping[f"{before}{header}"] = name
        elif at not in sheet.days and any(sheet.header.parts[at]):
            reading.unmapped.append(f"{before}{header}")
        if name and name.startswith(METRIC):
            reading.note("metric_column", column=header, metric=name.removeprefix(METRIC))
        elif name not in (None, IGNORED) and name not in known:
            raise KeyError(f"mapping of {header}: {name} is no field of {sheet.kind.name}")
