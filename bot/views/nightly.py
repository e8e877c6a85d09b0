"""What ops is told after a night: who stands where, what alerts did, which data is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.refusal import Refusal
from bot.core.say import Say
from bot.core.vocabulary import Band
from bot.views.blocks import section
from bot.views.limits import unescape
from bot.views.notices import render_refusal
from bot.views.reply import Message
from bot.views.surfaces import message


@dataclass(frozen=True)
class Night:
    """A finished run: all accounts of the day by band, and the last whole day of usage.

    `opened` and `cleared` count alerts, watched ones too; a cleared one has no signs any more.
    """

    run_on: date
    by_band: Mapping[Band, int]
    changed: int
    data_on: date | None
    opened: int
    cleared: int

    @property
    def total(self) -> int:
        """All accounts, scored or not."""
        return sum(self.by_band.values())


def build_night(say: Say, night: Night) -> Message:
    """Figures that add up, and what has become of alerts."""
    counts = {band.value: night.by_band.get(band, 0) for band in Band}
    block = "done" if night.total else "empty"
    return _told(
        say(
            "nightly",
            block,
            run_on=night.run_on,
            total=night.total,
            changed=night.changed,
            data_on=night.data_on,
            opened=night.opened,
            cleared=night.cleared,
            **counts,
        )
    )


def build_gap(say: Say, run_on: date, data_on: date) -> Message:
    """Usage has stopped; said once for each day it stopped at."""
    return _told(say("nightly", "gap", run_on=run_on, data_on=data_on))


def build_gap_over(say: Say, data_on: date) -> Message:
    """Usage comes again."""
    return _told(say("nightly", "gap_over", data_on=data_on))


def build_postponed(say: Say, run_on: date, refusal: Refusal) -> Message:
    """The run did not begin: why not, and what to do about it where a person must."""
    # It goes through a voice twice here, and must be escaped once.
    cause = unescape(render_refusal(say, refusal))
    is_import = refusal.code == "import_under_way"
    return _told(say("nightly", "postponed", run_on=run_on, cause=cause, is_import=is_import))


def build_failed(say: Say, run_on: date, reference: str) -> Message:
    """The run broke off; the reference is in the log too."""
    return _told(say("nightly", "failed", run_on=run_on, reference=reference))


def _told(text: str) -> Message:
    return message(text, [section(text)])
