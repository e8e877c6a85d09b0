"""`insight validity` and `insight survival`: what goes with an outcome, and how long people stay.

On any table; nothing is stored and no database is needed.
"""

import html
import importlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.console import Problem, show
from bot.core.refusal import Refusal
from bot.core.vocabulary import Locale
from bot.texts import Texts, Voice

if TYPE_CHECKING:
    from bot.insight.examine import Examined
    from bot.insight.shuffled import Shuffled

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, TSV, Excel, JSON.")]
Outcome = Annotated[str, typer.Option(help="Column that tells whether it happened.")]
Happened = Annotated[
    str | None, typer.Option(help="The value that says it happened; every other says it did not.")
]
Segment = Annotated[
    list[str] | None, typer.Option(help="Column every measure is held against; repeatable.")
]
Volume = Annotated[str | None, typer.Option(help="Column of size every measure is held against.")]
ByTime = Annotated[str | None, typer.Option(help="Column of dates or numbers.")]
Cut = Annotated[
    str | None, typer.Option(help="Learn from rows up to this time, judge on later ones.")
]
Group = Annotated[
    str | None, typer.Option(help="Column naming the customer, where one has several rows.")
]
LeaveOut = Annotated[list[str] | None, typer.Option(help="Column that is no measure; repeatable.")]
KnownBefore = Annotated[
    list[str] | None, typer.Option(help="Column whose name looks like a leak but was known before.")
]
Where = Annotated[
    list[str] | None,
    typer.Option(help='Only rows such as "Contract=One year", "seats>=50", "plan!=" (not blank).'),
]
ErrorRate = Annotated[
    float, typer.Option(min=1e-6, max=0.2, help="Chance to call any worthless measure valid.")
]
Dealt = Annotated[
    int,
    typer.Option(
        "--shuffled",
        min=0,
        max=1000,
        help="So many times over deal the outcome out by lot, and count what is called valid.",
    ),
]
Time = Annotated[str, typer.Option(help="Column of how long each was seen, from 0.")]
Event = Annotated[str, typer.Option(help="Column that tells whether it ended then.")]
By = Annotated[str | None, typer.Option(help="Column to compare groups by.")]
At = Annotated[str, typer.Option(help="Times to tell, with commas between.")]
Sheet = Annotated[str | None, typer.Option(help="Sheet, where a workbook has several.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Pictures = Annotated[
    Path | None, typer.Option(file_okay=False, help="Folder to write pictures (PNG) into.")
]
Language = Annotated[Locale, typer.Option(help="Language of what is printed and drawn.")]


def add_to(app: typer.Typer) -> None:
    """Declare the commands."""
    insight = typer.Typer(no_args_is_help=True, help="What goes with staying and leaving.")
    insight.callback()(lambda: None)
    insight.command("validity")(validity)
    insight.command("survival")(survival)
    app.add_typer(insight, name="insight")


def validity(
    file: File,
    outcome: Outcome,
    happened: Happened = None,
    segment: Segment = None,
    volume: Volume = None,
    by_time: ByTime = None,
    cut: Cut = None,
    group: Group = None,
    leave_out: LeaveOut = None,
    known_before: KnownBefore = None,
    where: Where = None,
    error_rate: ErrorRate = 0.01,
    shuffled: Dealt = 0,
    sheet: Sheet = None,
    as_json: AsJson = False,
    pictures: Pictures = None,
    language: Language = Locale.EN,
) -> None:
    """Which columns separate rows where it happened from the others, and what can be foretold."""
    from bot.cli.insight_table import read_table
    from bot.insight.examine import Asked, examine, list_named
    from bot.insight.shuffled import shuffle
    from bot.insight.where import read_condition

    with _speaking(language) as voice:
        asked = Asked(
            *(outcome, happened, list_named(segment or ()), volume, by_time, cut, group),
            leave_out=list_named(leave_out or ()),
            known_before=list_named(known_before or ()),
            where=tuple(read_condition(each) for each in where or ()),
            error_rate=error_rate,
        )
        table = read_table(file, sheet).cells
        found = examine(table, asked)
        drawn = _drawing().draw_validity(pictures, found, voice) if pictures else []
        dealt = shuffle(table, asked, shuffled) if shuffled else None
        _tell_validity(found, dealt, file, drawn, voice, as_json=as_json)


def _tell_validity(
    found: "Examined",
    dealt: "Shuffled | None",
    file: Path,
    drawn: Sequence[Path],
    voice: Voice,
    *,
    as_json: bool,
) -> None:
    from bot.cli.insight_json import validity_json
    from bot.cli.insight_text import validity_lines

    if as_json:
        show(_as_json(validity_json(found, file.name, voice, dealt)))
    else:
        lines = validity_lines(found, file.name, voice, dealt)
        show(*lines, *[f"→ {path}" for path in drawn])


def survival(
    file: File,
    time: Time,
    event: Event,
    happened: Happened = None,
    where: Where = None,
    by: By = None,
    at: At = "",
    sheet: Sheet = None,
    as_json: AsJson = False,
    pictures: Pictures = None,
    language: Language = Locale.EN,
) -> None:
    """How many stay for how long (Kaplan-Meier), and whether groups differ (log-rank)."""
    from bot.cli.insight_json import survival_json
    from bot.cli.insight_table import read_table
    from bot.cli.insight_text import survival_lines
    from bot.insight.stay import examine_stay
    from bot.insight.where import read_condition

    with _speaking(language) as voice:
        table = read_table(file, sheet)
        found = examine_stay(
            *(table.cells, table.numbers, time, event, happened, by),
            conditions=[read_condition(each) for each in where or ()],
            at=at,
        )
        drawn = _drawing().draw_stay(pictures, found, voice) if pictures else []
        if as_json:
            show(_as_json(survival_json(found, file.name, voice)))
        else:
            show(*survival_lines(found, file.name, voice), *[f"→ {path}" for path in drawn])


@contextmanager
def _speaking(language: Locale) -> Iterator[Voice]:
    """A voice; what is refused meanwhile becomes a sentence in its language."""
    from bot.views.notices import render_refusal

    voice = Texts().speak(language)
    try:
        yield voice
    except Refusal as refusal:
        # Texts are escaped for Slack; a terminal shows the signs themselves.
        raise Problem(html.unescape(render_refusal(voice, refusal))) from refusal


def _drawing() -> ModuleType:
    """matplotlib takes a second to load: only where a picture is asked for."""
    return importlib.import_module("bot.cli.insight_pictures")


def _as_json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1)
