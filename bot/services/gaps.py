"""Where collecting and acting stand: sources and their rhythm, what is known, what lies."""

from datetime import date, timedelta

from bot.core.gaps import Collecting, Gaps
from bot.core.sources import Source, build_file_source, build_metric_source
from bot.people import build_calendar
from bot.services.playbooks import list_active
from bot.signals.catalogue import load_signals
from bot.store import gaps as store
from bot.store.breaks import list_open_breaks
from bot.store.unit import Unit

# Daily usage is looked at by metric, and by whole days rather than by files.
_BY_METRIC = "usage_daily"


def read_gaps(unit: Unit, today: date) -> Gaps:
    """Both stages as they stand on a day, of the whole workspace."""
    accounts, unscored, thin = store.count_coverage(unit, today)
    collecting = Collecting(
        accounts=accounts,
        unscored=unscored,
        thin=thin,
        unlinked=store.count_unlinked(unit),
        unused_signals=_list_unused(unit),
        sources=list_sources(unit, today),
        breaks=list_open_breaks(unit),
    )
    return Gaps(collecting, store.read_acting(unit, today))


def list_sources(unit: Unit, today: date) -> list[Source]:
    """Every kind that ever came, by name; the metrics of usage first."""
    calendar = build_calendar(unit.workspace)
    yesterday = today - timedelta(days=1)
    metrics = sorted(store.list_metric_days(unit, yesterday).items())
    files = sorted(store.list_file_days(unit, today).items())
    return [
        *(build_metric_source(name, days, today, calendar) for name, days in metrics),
        *(
            build_file_source(kind, days, today, calendar)
            for kind, days in files
            if kind != _BY_METRIC
        ),
    ]


def _list_unused(unit: Unit) -> list[str]:
    """Signals that no playbook in use answers."""
    used = {sign.key for each in list_active(unit) for sign in each.document.signals}
    return [key for key in load_signals() if key not in used]
