"""Where the bands begin: a new version of the model, and today's scores sorted by it at once.

Provisional until somebody decides again four weeks after the start, with real weeks to look at.
"""

from datetime import date, timedelta

from sqlalchemy import case, select, update

from bot.core.refusal import BadInput
from bot.core.revision import Thresholds
from bot.core.vocabulary import Band
from bot.health.model import Bands, load_default
from bot.services.health_models import ACTIVE, Version, find_active
from bot.store.standing import last_run_on
from bot.store.tables import AccountScore, HealthModel, ScoreRun, Workspace
from bot.store.unit import Unit

DECIDED = "thresholds_decided_on"
REVISED_AFTER = timedelta(weeks=4)
RETIRED = "retired"


def read_thresholds(unit: Unit) -> Thresholds:
    """Of the model in force, else of the shipped one."""
    active = find_active(unit)
    bands = (active.document if active else load_default()).bands
    return Thresholds(int(bands.red_below), int(bands.green_from))


def is_provisional(workspace: Workspace) -> bool:
    """Whether nobody has decided since four weeks after the start."""
    decided, started_on = workspace.settings.get(DECIDED), workspace.started_on
    if decided is None or started_on is None:
        return True
    return date.fromisoformat(decided) < started_on + REVISED_AFTER


def decide_thresholds(unit: Unit, wanted: Thresholds, actor: str, today: date) -> bool:
    """Use these from now on; False where they were so, which is a decision as well."""
    if not 0 < wanted.red_below < wanted.green_from <= 100:
        raise BadInput("bad_thresholds")
    workspace = unit.workspace
    workspace.settings = {**workspace.settings, DECIDED: today.isoformat()}
    if read_thresholds(unit) == wanted:
        unit.audit(actor, "thresholds_kept", "health", **vars(wanted))
        return False
    active = find_active(unit)
    number = _activate(unit, active, wanted, actor)
    unit.audit(actor, "health_model_activated", str(number), **vars(wanted))
    if active is not None:
        _sort_anew(unit, active.number, number, wanted, today)
    return True


def _activate(unit: Unit, active: Version | None, wanted: Thresholds, actor: str) -> int:
    document = active.document if active else load_default()
    bands = Bands(red_below=wanted.red_below, green_from=wanted.green_from)
    number = (active.number if active else 0) + 1
    retire = update(HealthModel).where(HealthModel.status == ACTIVE)
    unit.session.execute(retire.values(status=RETIRED))
    unit.add(
        HealthModel(
            version=number,
            status=ACTIVE,
            document=document.model_copy(update={"bands": bands}).model_dump(mode="json"),
            made_by=actor,
            made_at=unit.at,
        )
    )
    return number


def _sort_anew(unit: Unit, before: int, now: int, wanted: Thresholds, today: date) -> None:
    """The last day's scores stay as they are; only the band they are read as is another."""
    run_on = unit.session.scalar(select(last_run_on(today)))
    band = case(
        (AccountScore.score < wanted.red_below, Band.RED.value),
        (AccountScore.score >= wanted.green_from, Band.GREEN.value),
        else_=Band.YELLOW.value,
    )
    rows = update(AccountScore).where(
        AccountScore.run_on == run_on, AccountScore.model_version == before
    )
    plain = {"synchronize_session": False}
    scored = rows.where(AccountScore.score.is_not(None)).values(band=band, model_version=now)
    unit.session.execute(scored, execution_options=plain)
    unit.session.execute(rows.values(model_version=now), execution_options=plain)
    run = update(ScoreRun).where(ScoreRun.run_on == run_on, ScoreRun.model_version == before)
    unit.session.execute(run.values(model_version=now), execution_options=plain)
