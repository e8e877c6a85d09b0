"""What each step of the setup shows, read anew whenever it is shown."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from bot.ask import Ask
from bot.core.revision import Thresholds
from bot.core.setup import Progress, Step
from bot.first_diagnosis import list_told
from bot.services.cadence import read_contact_days
from bot.services.setup.features import MOST, list_use
from bot.services.setup.gaps import list_gaps
from bot.services.setup.places import list_places
from bot.services.setup.progress import read_progress
from bot.services.setup.thresholds import is_provisional, read_thresholds
from bot.store.holdings import list_holdings
from bot.store.spread import read_spread
from bot.store.standing import last_run_on
from bot.store.unit import Unit
from bot.views.reply import View
from bot.views.setup import build_step
from bot.views.setup_bands import Preview, build_bands, build_start
from bot.views.setup_steps import (
    PAGE,
    build_channels,
    build_data,
    build_features,
    build_owners,
)

SKIP = "skip"
READY = "ready"


def show(ask: Ask, step: Step, *, skip: int = 0, notice: str = "") -> View:
    """The form of a step; `skip` are the rows of earlier pages."""
    return _PAGES[step](ask, skip, notice)


def read_preview(unit: Unit, ask: Ask, wanted: Thresholds) -> Preview:
    """Who lands where with these thresholds."""
    spread = read_spread(unit, ask.today)
    return Preview(
        thresholds=wanted,
        landings=spread.land(wanted.red_below, wanted.green_from),
        currency=unit.workspace.base_currency,
        run_on=unit.session.scalar(select(last_run_on(ask.today))),
    )


def show_bands(ask: Ask, wanted: Thresholds | None = None, notice: str = "") -> View:
    """The thresholds in force, or those typed, with who lands where."""
    with ask.reading() as unit:
        progress, provisional = read_progress(unit.workspace), is_provisional(unit.workspace)
        preview = read_preview(unit, ask, wanted or read_thresholds(unit))
        contact_days = read_contact_days(unit.workspace)
    blocks = build_bands(ask.say, preview, is_provisional=provisional, contact_days=contact_days)
    # The way a field is read anew: Slack keeps what was typed where its block stays.
    return build_step(ask.say, Step.BANDS, progress, blocks, notice=notice)


def carry(skip: int) -> Mapping[str, str]:
    """What a form brings back of its page."""
    return {SKIP: str(skip)}


def _data(ask: Ask, skip: int, notice: str) -> View:
    with ask.reading() as unit:
        progress, holdings = read_progress(unit.workspace), list_holdings(unit)
        channel = unit.workspace.ops_channel
    blocks = build_data(ask.say, holdings, channel, ask.today)
    return build_step(ask.say, Step.DATA, progress, blocks, notice=notice)


def _owners(ask: Ask, skip: int, notice: str) -> View:
    with ask.reading() as unit:
        progress, gaps = read_progress(unit.workspace), list_gaps(unit)[skip:]
    blocks = build_owners(ask.say, gaps[:PAGE], max(len(gaps) - PAGE, 0))
    return _paged(ask, Step.OWNERS, progress, blocks, skip, notice)


def _channels(ask: Ask, skip: int, notice: str) -> View:
    with ask.reading() as unit:
        progress, places = read_progress(unit.workspace), list_places(unit)[skip:]
    blocks = build_channels(ask.say, places[:PAGE], max(len(places) - PAGE, 0))
    return _paged(ask, Step.CHANNELS, progress, blocks, skip, notice)


def _features(ask: Ask, skip: int, notice: str) -> View:
    with ask.reading() as unit:
        progress, metrics = read_progress(unit.workspace), list_use(unit)
    blocks = build_features(ask.say, metrics, MOST)
    return build_step(ask.say, Step.FEATURES, progress, blocks, notice=notice)


def _bands(ask: Ask, skip: int, notice: str) -> View:
    return show_bands(ask, notice=notice)


def _start(ask: Ask, skip: int, notice: str) -> View:
    with ask.reading() as unit:
        progress, people = read_progress(unit.workspace), [one.name for one in list_told(unit)]
        preview = read_preview(unit, ask, read_thresholds(unit))
    blocks = build_start(ask.say, preview, people=people, started_on=progress.started_on)
    is_ready = preview.run_on is not None
    submit = None if progress.started_on else "finish" if is_ready else "look_again"
    # What was shown decides what the press means: to look again must never start anything.
    carried = {READY: submit} if submit == "finish" else {}
    return build_step(
        ask.say, Step.START, progress, blocks, submit=submit, notice=notice, carried=carried
    )


def _paged(
    ask: Ask,
    step: Step,
    progress: Progress,
    blocks: list[dict[str, object]],
    skip: int,
    notice: str,
) -> View:
    return build_step(ask.say, step, progress, blocks, notice=notice, carried=carry(skip))


_PAGES: Mapping[Step, Callable[[Ask, int, str], View]] = {
    Step.DATA: _data,
    Step.OWNERS: _owners,
    Step.CHANNELS: _channels,
    Step.FEATURES: _features,
    Step.BANDS: _bands,
    Step.START: _start,
}
