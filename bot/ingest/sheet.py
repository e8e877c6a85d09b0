"""One sheet on its way to facts: header, columns, data rows, and what was said about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.ingest.fault import Fault
from bot.ingest.fields import Field, Kind, Type
from bot.ingest.fold import as_written
from bot.ingest.grid import Grid
from bot.ingest.header import Header
from bot.ingest.mapping import METRIC
from bot.ingest.parse import parse_column
from bot.ingest.questions import settle_day_order, settle_money, what_is_said
from bot.ingest.reading import Reading, Tally, refuse_row
from bot.ingest.rows import Body, sort_rows
from bot.ingest.values.setting import MoneyRule, Setting

_DAYS = (Type.DATE, Type.MOMENT, Type.MONTH)
_ANCHORS = ("account_ref", "email", "account_name", "name")


@dataclass(slots=True)
class Sheet:
    """A grid whose kind and columns are known.

    `columns` maps column index to field name; `days` to the day or month it is a column of.
    """

    grid: Grid
    header: Header
    kind: Kind
    columns: dict[int, str]
    today: date
    answers: Mapping[str, str]
    reading: Reading
    days: dict[int, date] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    body: Body = field(default_factory=Body)

    def sort(self) -> None:
        """Find the data rows; call once, first."""
        anchors = [self.at(name) for name in _ANCHORS]
        anchor = next((at for at in anchors if at is not None), None)
        self.tally.sheet, self.tally.kind = self.grid.name, self.kind.name
        self.body = sort_rows(self.grid, self.header, anchor, self.tally)

    def fields(self) -> Iterator[tuple[int, Field]]:
        """(column, field) of every column that is a field of the kind."""
        names = set(self.kind.names())
        return ((at, self.kind.get(name)) for at, name in self.columns.items() if name in names)

    def metrics(self) -> dict[int, str]:
        """Column to metric name, of the columns that hold one metric each."""
        return {
            at: name.removeprefix(METRIC)
            for at, name in self.columns.items()
            if name.startswith(METRIC)
        }

    def at(self, name: str) -> int | None:
        """The column of a field, None where the file has none."""
        return next((at for at, held in self.columns.items() if held == name), None)

    def parse(self) -> dict[str, list[object]]:
        """Values of every mapped field, row by row; faults are left on the rows."""
        day_order = self._day_order()
        return {
            each.name: parse_column(self.body, at, self._setting(at, each, day_order))
            for at, each in self.fields()
        }

    def refuse_faulty(self) -> set[int]:
        """Report the rows with faults; their indexes."""
        for row, faults in sorted(self.body.faults.items()):
            self._report(row, faults)
        self.tally.refused += len(self.body.faults)
        return set(self.body.faults)

    def refuse(self, row: int, column: str, fault: Fault) -> None:
        """Put a fault on data row `row`, at the column of field `column` (the first if none)."""
        at = self.at(column)
        self.body.add_fault(row, -1 if at is None else at, fault)

    def lacks(self, row: int, values: Mapping[str, object], *names: str) -> None:
        """Put a fault on data row `row` where none of `names` says anything or is at fault."""
        if any(values.get(name) is not None for name in names):
            return
        columns = {self.at(name) for name in names}
        if not columns & {at for at, _ in self.body.faults.get(row, [])}:
            self.refuse(row, names[0], Fault("missing", {"field": names[0]}))

    def _report(self, row: int, faults: list[tuple[int, Fault]]) -> None:
        written = self.body.written[row]
        names = [*self.header.names, *[f"#{at}" for at in range(len(written))]]
        cells = {name: as_written(cell) for name, cell in zip(names, written, strict=False)}
        named = [("" if at < 0 else self.header.names[at], fault) for at, fault in faults]
        number = self.body.numbers[row]
        self.reading.refused_rows.append(refuse_row(number, self.grid.name, cells, named))

    def _setting(self, at: int, held: Field, day_order: str | None) -> Setting:
        zone = self.answers.get("zone")
        return Setting(
            held,
            self.today,
            day_order,
            ZoneInfo(zone) if zone else None,
            self._money(at, held) if held.type is Type.MONEY else MoneyRule(),
        )

    def _money(self, at: int, held: Field) -> MoneyRule:
        said = what_is_said(" ".join(self.header.parts[at]), self.header.title)
        beside = self.at("currency")
        currencies = None if beside is None else self.body.column(beside)
        rule, questions = settle_money(held, said, self.body.column(at), currencies, self.answers)
        for question in questions:
            params = {**question.params, "column": self.header.names[at]}
            self.reading.ask(replace(question, params=params))
        return rule

    def _day_order(self) -> str | None:
        columns = [at for at, each in self.fields() if each.type in _DAYS]
        cells = [cell for at in columns for cell in self.body.column(at)]
        order, questions = settle_day_order(cells, self.answers)
        for question in questions:
            self.reading.ask(question)
        return order
