"""Small files as people keep them, written for a test."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from bot.ingest.read import read
from bot.ingest.reading import Reading
from bot.texts import Texts

VOICES = [Texts().speak("ja"), Texts().speak("en")]
TODAY = date(2026, 11, 20)


def write_text(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A text file in some encoding; line ends as given."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def write_book(
    folder: Path,
    sheets: Mapping[str, Sequence[Sequence[object]]],
    merged: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """A workbook with these sheets; `merged` are cell ranges to merge per sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    path = folder / "book.xlsx"
    book.save(path)
    return path


def read_file(
    path: Path,
    kind: str | None = None,
    mapping: Mapping[str, str] | None = None,
    **answers: str,
) -> Reading:
    """The reading as of 20 November 2026; answers by key, with `__` for the colon."""
    given = {key.replace("__", ":"): answer for key, answer in answers.items()}
    reading = read(path, kind=kind, answers=given, mapping=mapping, today=TODAY)
    check_reading(reading)
    return reading


def check_reading(reading: Reading) -> None:
    """What holds for every reading: no row is lost, and all of it can be said in two languages."""
    for tally in reading.tallies:
        assert tally.accounted() == tally.rows, tally
    assert len(reading.refused_rows) == reading.count("refused")
    for say in VOICES:
        for refusal in reading.refused:
            assert say("ingest_report", refusal.code, **refusal.params)
        for note in reading.notes:
            assert say("ingest_report", note.code, **note.params)
        for question in [*reading.questions, *reading.settled]:
            if question.answer in question.options:
                shown = say("ingest_report", f"option_{question.code}_{question.answer}")
                params = {**question.params, "answer": shown}
                assert shown in say("ingest_report", f"settled_{question.code}", **params)
            assert say("ingest_report", f"question_{question.code}", **question.params)
            for option in question.options:
                assert say("ingest_report", f"option_{question.code}_{option}")


def read_text(
    folder: Path, text: str, kind: str | None = None, encoding: str = "utf-8", **answers: str
) -> Reading:
    """As `read_file`, of a text."""
    return read_file(write_text(folder, text, encoding=encoding), kind, None, **answers)


def rows_of(reading: Reading, kind: str) -> list[dict[str, object]]:
    """The facts of a kind as dictionaries."""
    return [
        {str(name): value for name, value in row.items()}
        for row in reading.tables[kind].to_dict("records")
    ]


def codes(reading: Reading) -> list[tuple[int, str, str]]:
    """(row, column, code) of every refusal."""
    return [(each.row, each.column, each.code) for each in reading.refused]
