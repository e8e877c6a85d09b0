"""Where collecting and acting stand: sources and their rhythm, what is known, what lies."""

from datetime import date, timedelta

from bot.core.checklist import Course
from bot.core.gaps import Collecting, Gaps, Lacking
from bot.core.sources import Source, build_file_source, build_metric_source
from bot.frame.catalogue import load_catalogue
from bot.frame.measure import Measure
from bot.people import build_calendar
from bot.services.imports.unlinked import count_unlinked
from bot.services.playbooks import list_active
from bot.signals.catalogue import load_signals
from bot.store import gaps as store
from bot.store.breaks import list_open_breaks
from bot.store.bulk.fact_queries import QUERIES
from bot.store.metrics import list_metrics
from bot.store.unit import Unit
from bot.store.waves import list_open_waves

# What was decided longer ago is no review of now.
_REVIEWED = timedelta(weeks=8)
# Daily usage is looked at by metric, and by whole days rather than by files.
_BY_METRIC = "usage_daily"
# Tables that are not called as their files are.
_FILES = {"nps_answers": "nps", "voc_remarks": "voc", "monthly_usage": "usage_monthly"}
_OF_SEVERAL = {"signs": ("tickets", "touches", "nps", "voc")}


def read_gaps(unit: Unit, today: date, locale: str) -> Gaps:
    """Both stages as they stand on a day, of the whole workspace; labels in that language."""
    accounts, unscored, thin = store.count_coverage(unit, today)
    collecting = Collecting(
        accounts=accounts,
        unscored=unscored,
        thin=thin,
        unlinked=count_unlinked(unit),
        unused_signals=_list_unused(unit),
        sources=list_sources(unit, today),
        breaks=list_open_breaks(unit),
        waves=list_open_waves(unit),
        lacking=_list_lacking(unit, today, locale),
    )
    return Gaps(collecting, store.read_acting(unit, today))


def read_course(unit: Unit, today: date) -> Course:
    """How far the rest of the setup has come."""
    return Course(
        is_started=unit.workspace.started_on is not None,
        model_version=store.find_model_version(unit),
        playbooks=len(list_active(unit)),
        reviews=store.count_reviews(unit, today - _REVIEWED),
        features=sum(metric.is_key for metric in list_metrics(unit).values()),
    )


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


def _list_lacking(unit: Unit, today: date, locale: str) -> list[Lacking]:
    """The measures that accounts are without, the greatest share first."""
    known = load_catalogue()
    found = [
        Lacking(known[name].label.get(locale), asked, missing, _list_files(known[name]))
        for name, (asked, missing) in store.read_lacking(unit, today).items()
        if missing and name in known
    ]
    return sorted(found, key=lambda each: -each.share)


def _list_files(measure: Measure) -> list[str]:
    """The kinds of files a measure is read from."""
    needs = [need.partition(":")[0] for need in measure.needs]
    files = [_OF_SEVERAL.get(need) or (_file_of(need),) for need in needs]
    return list(dict.fromkeys(file for each in files for file in each))


def _file_of(need: str) -> str:
    if need in QUERIES:
        table = QUERIES[need].table
        return _FILES.get(table, table)
    return _BY_METRIC if need == "usage" else need


def _list_unused(unit: Unit) -> list[str]:
    """Signals that no playbook in use answers."""
    used = {sign.key for each in list_active(unit) for sign in each.document.signals}
    return [key for key in load_signals() if key not in used]
