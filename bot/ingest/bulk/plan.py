"""Whether a large file is regular enough to be read in pieces, and how.

Refuses everything but UTF-8 delimited daily usage with whole lines: the rest is read whole.
"""

from pathlib import Path
from zoneinfo import ZoneInfo

from bot.ingest.bulk.layout import BulkPlan
from bot.ingest.fields import Field, Type
from bot.ingest.grid import Grid
from bot.ingest.header import Header, find_header
from bot.ingest.mapping import METRIC
from bot.ingest.questions import settle_day_order
from bot.ingest.reading import Reading
from bot.ingest.registry import get_kind
from bot.ingest.request import Request
from bot.ingest.sources.delimited import sniff
from bot.ingest.values.setting import Setting

LARGE = 512 * 1024  # below it reading the file whole takes less than a second
_HEAD = 8 * 1024  # a hundred rows and more: enough to know the columns, read in no time
_LEAST_GOOD = 0.5  # of the head's rows; below it the file is not what it seems


def read_head(path: Path) -> bytes | None:
    """The first whole lines of a large file; None for others, and where they are not UTF-8."""
    if path.stat().st_size < LARGE:
        return None
    with path.open("rb") as file:
        head = file.read(_HEAD)
    head = head[: head.rfind(b"\n") + 1]
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return head if head and b"\x00" not in head else None


def find_plan(
    path: Path, head: bytes, grid: Grid, reading: Reading, request: Request
) -> BulkPlan | None:
    """The plan, from what reading the head gave; None where the file must be read whole."""
    header, lines = find_header(grid), head.splitlines(keepends=True)
    if header is None or not _is_usable(reading) or not _is_even(grid, header, lines):
        return None
    columns = {name: column for column, name in reading.mapping.items()}
    account = columns.get("account_ref") or columns.get("account_name")
    metrics = {
        column: name.removeprefix(METRIC)
        for column, name in reading.mapping.items()
        if name.startswith(METRIC)
    }
    is_long = {"metric", "value"} <= set(columns)
    if account is None or "on" not in columns or not (metrics or is_long):
        return None
    return BulkPlan(
        path=path,
        starts_at=sum(map(len, lines[: header.body])),
        first_row=header.body + 1,
        delimiter=sniff(head.decode("utf-8")),
        names=header.names,
        account=account,
        name=columns.get("account_name") if "account_ref" in columns else None,
        on=columns["on"],
        metrics={} if is_long else metrics,
        metric=columns["metric"] if is_long else None,
        value=columns["value"] if is_long else None,
        day=_day_setting(grid, header, columns["on"], request),
        number=Setting(Field("value", Type.QUANTITY, (), least=0), request.today),
        ref=Setting(get_kind("usage_daily").get("account_ref"), request.today),
    )


def _is_usable(reading: Reading) -> bool:
    """Whether the head is daily usage, by column, and mostly readable."""
    parsed = reading.count("parsed") + reading.count("duplicates")
    return (
        set(reading.tables) == {"usage_daily"}
        and not reading.file_refusals
        and parsed >= _LEAST_GOOD * reading.count("rows")
    )


def _is_even(grid: Grid, header: Header, lines: list[bytes]) -> bool:
    """Whether lines are rows of one width, and no quoted cell goes over a line's end: pieces
    could be cut inside it.
    """
    rows = grid.rows[header.body :]
    fitting = sum(len(row) == len(header.names) for row in rows)
    quoted = any(line.count(b'"') % 2 for line in lines)
    return not grid.broken and not quoted and fitting >= _LEAST_GOOD * len(rows)


def _day_setting(grid: Grid, header: Header, on: str, request: Request) -> Setting:
    at = header.names.index(on)
    cells = [row[at] for row in grid.rows[header.body :] if at < len(row)]
    order, _ = settle_day_order(cells, request.answers)
    zone = request.answers.get("zone")
    field = get_kind("usage_daily").get("on")
    return Setting(field, request.today, order, ZoneInfo(zone) if zone else None)
