"""Everything the first hour shows, full of whatever people wrote."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from bot.core.account_card import BookRow
from bot.core.diagnosis import Diagnosis, Missing, Sign, Worst
from bot.core.focus import Focus
from bot.core.revision import Thresholds
from bot.core.say import Say
from bot.core.setup import Gap, Holding, Landing, MetricUse, OwnerGap, Place, Progress, Step
from bot.core.vocabulary import Band, Touch
from bot.texts import escape
from bot.views.channel import build_test_post
from bot.views.diagnosis import build_begun, build_diagnosis
from bot.views.reply import Message, View
from bot.views.setup import build_started, build_step
from bot.views.setup_bands import Preview, build_bands, build_revision, build_start
from bot.views.setup_steps import (
    PAGE,
    build_channels,
    build_data,
    build_features,
    build_owners,
)
from tests.views.samples_of_focus import list_focus_views
from tests.views.samples_of_use import list_use_views

TODAY = date(2026, 11, 20)


def list_first_hour(
    say: Say, text: str, size: int, row: BookRow
) -> Iterator[tuple[str, Message | View]]:
    """Steps, revision and diagnosis, full and empty."""
    progress = Progress(Step.BANDS, frozenset(Step), None)
    started = Progress(Step.START, frozenset(Step), TODAY)
    gaps = [
        OwnerGap(kind, f"{kind}{number}", text, size, text[:255])
        for number in range(PAGE // len(Gap))
        for kind in Gap
    ]
    places = [Place(number, text, size, None) for number in range(PAGE)]
    metrics = [MetricUse(f"metric {n}", n == 0, n, size) for n in range(min(size, 120))]
    landings = {band: Landing(size, Decimal(10) ** 9) for band in Band}
    preview = Preview(Thresholds(50, 70), landings, "JPY", TODAY)
    kinds = ("accounts", "usage_daily", "nps", "members", "invoices")
    held = [Holding(kind, size, TODAY - timedelta(days=30)) for kind in kinds]
    steps = {
        Step.DATA: build_data(say, held, "C0OPS", TODAY),
        Step.OWNERS: build_owners(say, gaps, size),
        Step.CHANNELS: build_channels(say, places, size),
        Step.FEATURES: build_features(say, metrics, 5),
        Step.BANDS: build_bands(say, preview, is_provisional=True, contact_days={Touch.HIGH: 21}),
        Step.START: build_start(say, preview, people=[text] * 20, started_on=None),
    }
    for step, blocks in steps.items():
        yield f"setup {step}", build_step(say, step, progress, blocks, notice=escape(text[:500]))
    already = build_start(say, preview, people=[], started_on=TODAY)
    yield "setup started", build_step(say, Step.START, started, already, submit=None)
    yield "setup nothing", build_step(say, Step.DATA, progress, build_data(say, [], None, TODAY))
    yield "started", build_started(say, 1, 4)
    yield "test post", build_test_post(say, [text] * PAGE)
    yield from _afterwards(say, text, row, preview)


def _afterwards(
    say: Say, text: str, row: BookRow, preview: Preview
) -> Iterator[tuple[str, Message | View]]:
    landings = preview.landings
    other = Preview(Thresholds(45, 70), landings, "JPY", TODAY)
    for well, then in ((True, preview), (False, preview), (False, other)):
        yield "revision", build_revision(say, preview, then, 4, sorts_well=well)
    worst = [Worst(row, [Sign(text[:40], "share", 0.5, -12.0)] * 2)] * 10
    missing = Missing(3, 4, 5, 6, ("nps", "voc"))
    yield (
        "diagnosis",
        build_diagnosis(
            say, Diagnosis(TODAY, TODAY, "JPY", landings, worst, missing, 3, is_provisional=True)
        ),
    )
    nothing = Missing(0, 0, 0, 0, ())
    yield (
        "empty diagnosis",
        build_diagnosis(
            say, Diagnosis(TODAY, None, "JPY", {}, (), nothing, 9, is_provisional=False)
        ),
    )
    for focus in Focus:
        found = Diagnosis(
            TODAY, TODAY, "JPY", landings, worst, missing, 3, is_provisional=True, focus=focus
        )
        yield f"diagnosis with focus {focus}", build_diagnosis(say, found)
    yield from list_focus_views(say, text, row)
    yield from list_use_views(say, text)
    yield "begun", build_begun(say, 7, 10)
