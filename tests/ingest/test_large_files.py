"""Large regular usage files: read in pieces, and told like small ones."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from bot.ingest.bulk import pieces, plan
from bot.ingest.read import read
from bot.ingest.read_large import read_large
from bot.ingest.reading import Reading
from bot.ingest.stage import stage
from bot.ingest.staged import Staged
from tests.ingest.files import TODAY

DAYS = [date(2026, 8, 23) + timedelta(days=at) for at in range(90)]
ACCOUNTS = [f"A{at:05d}" for at in range(1200)]


def wide_lines(days: Sequence[date] = DAYS) -> list[str]:
    return [
        f"{account},{day.isoformat()},{(at * 7 + day.day) % 50},{day.month}"
        for day in days
        for at, account in enumerate(ACCOUNTS)
    ]


def write(
    folder: Path, lines: Sequence[str], header: str = "account_id,date,logins,exports"
) -> Path:
    path = folder / "usage.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def large(path: Path, **answers: str) -> Reading | None:
    return read_large(path, kind=None, answers=answers, mapping=None, today=TODAY)


def staged(path: Path, folder: Path) -> Staged:
    reading = large(path)
    assert reading is not None
    made = stage(reading, folder)
    for tally in made.report.tallies:
        assert tally.accounted() == tally.rows, tally
    assert made.report.refused_rows == made.report.count("refused")
    return made


def numbers(made: Staged) -> dict[tuple[str, str, str], float]:
    held = {}
    for block in made.usage_blocks():
        for account, metric, day in np.argwhere(~np.isnan(block.values)):
            on = block.first_on + timedelta(days=int(day))
            key = (block.account_refs[account], block.metrics[metric], on.isoformat())
            held[key] = float(block.values[account, metric, day])
    return held


def test_a_large_file_gives_the_same_numbers_as_reading_it_whole(tmp_path: Path) -> None:
    path = write(tmp_path, wide_lines())
    made = staged(path, tmp_path / "pieces")
    whole = stage(read(path, kind=None, answers={}, mapping=None, today=TODAY), tmp_path / "whole")
    assert numbers(made) == numbers(whole)
    assert made.report.usage is not None
    assert made.report.usage.by_row
    assert [(part[0], part[1]) for part in made.report.usage.parts] == [(0, 1000), (1000, 200)]
    assert made.report.fingerprint == whole.report.fingerprint
    assert made.report.mapping == whole.report.mapping


def test_applying_can_go_on_from_a_blocks_end(tmp_path: Path) -> None:
    made = staged(write(tmp_path, wide_lines()), tmp_path / "staging")
    first, second = made.usage_blocks()
    (resumed,) = made.usage_blocks(start=first.next_offset)
    assert resumed.account_refs == second.account_refs
    assert Staged.open(made.folder).report == made.report


@pytest.mark.row("B1")
def test_bad_rows_in_the_midst_of_a_million_are_told_one_by_one(tmp_path: Path) -> None:
    lines = wide_lines()
    bad = {
        5_000: ("A00001,2026/13/01,1,1", "date", "date"),
        5_001: (",2026-11-01,1,1", "account_id", "missing"),
        5_002: ("A00001,,1,1", "date", "missing"),
        5_003: ("A00001,2026-12-25,1,1", "date", "date_in_future"),
        5_004: ("A00001,2026-11-01,12O,1", "logins", "number"),
        5_005: ("A00001,2026-11-01,-4,1", "logins", "too_small"),
        5_006: ("A00001,2026-11-01,1", "", "row_too_short"),
        5_007: ("A00001,2026-11-01,1,1,1", "", "row_too_long"),
        5_008: ("〃,2026-11-01,1,1", "account_id", "ditto_first"),
        5_009: ("A00001,2026-11-01,inf,1", "logins", "number"),
        90_000: ("A00001,2026-02-30,1,1", "date", "date"),
    }
    for at, (line, _, _) in bad.items():
        lines[at] = line
    lines[6_000], lines[6_001], lines[6_002] = "", "合計,,99,9", "A00003,2026-11-01,,"
    lines[6_003] = "account_id,date,logins,exports"
    made = staged(write(tmp_path, lines), tmp_path / "staging")
    told = [
        (row.row, each.column, each.code) for row in made.refused_rows() for each in row.refusals
    ]
    assert told == [(at + 2, column, code) for at, (_, column, code) in bad.items()]
    tally = made.report.tallies[0]
    assert (tally.blank, tally.totals, tally.remarks, tally.rows) == (2, 1, 1, len(lines))
    assert next(row for row in made.refused_rows() if row.row == 5_006).cells["logins"] == "12O"
    assert made.report.codes["number"] == 2
    mends = [each.mend for row in made.report.first_refused for each in row.refusals]
    assert mends[4] == "120"


def test_a_line_that_spoils_its_piece_is_refused_alone(tmp_path: Path) -> None:
    lines = wide_lines()
    lines[40_000] = 'A00001,"2026-11-01,1,1'
    made = staged(write(tmp_path, lines), tmp_path / "staging")
    assert [row.row for row in made.refused_rows()] == [40_002]
    assert made.report.count("parsed") == len(lines) - 1


def test_repeats_are_counted_joined_or_refused_with_both_row_numbers(tmp_path: Path) -> None:
    lines = wide_lines()
    lines += [lines[0], lines[1], "A00002,2026-08-23,999,8", "B1,2026-11-01,5,", "B1,2026-11-01,,6"]
    made = staged(write(tmp_path, lines), tmp_path / "staging")
    tally = made.report.tallies[0]
    assert (tally.duplicates, tally.refused) == (2, 2)
    clash = [(row.row, row.refusals[0].params["other"]) for row in made.refused_rows()]
    assert clash == [(4, str(len(lines) - 1)), (len(lines) - 1, "4")]
    held = numbers(made)
    assert ("A00002", "logins", "2026-08-23") not in held
    assert (held["B1", "logins", "2026-11-01"], held["B1", "exports", "2026-11-01"]) == (5, 6)


def test_long_files_with_spelled_metrics_slashed_days_and_quotes(tmp_path: Path) -> None:
    lines = [
        f'"{account}","{metric}","{day:%Y/%m/%d}","{day.day}"'
        for day in DAYS
        for account in ACCOUNTS[:400]
        for metric in ("ログイン数", "検索回数")
    ]
    lines += ['"Z1","ログイン数","2026/11/20","削除"', '"A00001","検索回数","2026/11/20",""']
    path = write(tmp_path, lines, '"顧客ID","指標","日付","値"')
    made = staged(path, tmp_path / "staging")
    assert made.report.usage is not None
    assert made.report.usage.metrics == ("logins", "検索回数")
    assert not made.report.usage.by_row
    block = next(made.usage_blocks())
    assert block.deleted is not None
    assert np.argwhere(block.deleted).tolist() == [[400, 0, 89]]
    assert [row.refusals[0].code for row in made.refused_rows()] == ["missing"]
    assert numbers(made)["A00399", "検索回数", "2026-11-19"] == 19


def test_a_typing_error_of_a_far_day_does_not_make_a_giant_matrix(tmp_path: Path) -> None:
    lines = [*wide_lines(), "A00007,1999-01-01,5,5"]
    made = staged(write(tmp_path, lines), tmp_path / "staging")
    assert numbers(made)["A00007", "logins", "1999-01-01"] == 5
    assert all(block.values.nbytes < 64_000_000 for block in made.usage_blocks())


@pytest.mark.parametrize(
    "header", ["account_id,date,score", "顧客ID,顧客名,席数", "name,when,where"]
)
def test_other_large_files_are_left_to_be_read_whole(tmp_path: Path, header: str) -> None:
    path = write(tmp_path, ["A00001,2026-11-01,text"] * 120_000, header)
    assert large(path) is None


def test_small_files_and_other_encodings_are_left_to_be_read_whole(tmp_path: Path) -> None:
    small = write(tmp_path, wide_lines()[:100])
    assert large(small) is None
    text = "顧客ID,日付,ログイン数\n" + "アクメ,2026-11-01,1\n" * 150_000
    foreign = tmp_path / "sjis.csv"
    foreign.write_bytes(text.encode("cp932"))
    assert foreign.stat().st_size > plan.LARGE
    assert large(foreign) is None


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_pieces_hold_whole_lines_whatever_their_size(tmp_path: Path, size: int) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"head\n" + b"".join(b"%d\n" % at * 3 for at in range(300)) + b"last")
    found = list(pieces.cut(path, 5, size))
    assert b"".join(found) == path.read_bytes()[5:]
    assert all(piece.endswith(b"\n") for piece in found[:-1])
    assert sum(map(pieces.count_lines, found)) == 901
