"""A version comes into use: the one before is retired, and where only bands differ today is sorted.

Days before stay as they were, and every score keeps the version that made it.
"""

from datetime import date

from sqlalchemy import case, select, update

from bot.core.vocabulary import Band
from bot.health.changes import is_of_bands_alone
from bot.health.model import Bands, HealthDocument, read_document
from bot.services.health_models import ACTIVE, Version, find_active
from bot.services.models.drafts import RETIRED, next_number
from bot.store.standing import last_run_on
from bot.store.tables import AccountScore, HealthModel, ScoreRun
from bot.store.unit import Unit


def activate(unit: Unit, row: HealthModel, actor: str, today: date) -> bool:
    """Use this version from now on; whether the last day's scores are of it already."""
    before, document = find_active(unit), read_document(row.document)
    retire = update(HealthModel).where(HealthModel.status == ACTIVE).values(status=RETIRED)
    unit.session.execute(retire, execution_options={"synchronize_session": False})
    row.status = ACTIVE
    unit.session.flush()
    unit.audit(actor, "health_model_activated", str(row.version), **_edges(document.bands))
    if before is None or not is_of_bands_alone(before.document, document):
        return before is None
    _sort_anew(unit, before, row.version, document.bands, today)
    return True


def activate_at_once(unit: Unit, document: HealthDocument, actor: str, today: date) -> int:
    """A new version that nobody has to approve: in the first hour. Its number."""
    row = HealthModel(
        version=next_number(unit),
        status=RETIRED,
        document=document.model_dump(mode="json"),
        made_by=actor,
        made_at=unit.at,
    )
    unit.add(row)
    unit.session.flush()
    activate(unit, row, actor, today)
    return row.version


def _edges(bands: Bands) -> dict[str, float]:
    return {"red_below": bands.red_below, "green_from": bands.green_from}


def _sort_anew(unit: Unit, before: Version, now: int, bands: Bands, today: date) -> None:
    """The last day's scores stay as they are; only the band they are read as is another."""
    run_on = unit.session.scalar(select(last_run_on(today)))
    band = case(
        (AccountScore.score < bands.red_below, Band.RED.value),
        (AccountScore.score >= bands.green_from, Band.GREEN.value),
        else_=Band.YELLOW.value,
    )
    rows = update(AccountScore).where(
        AccountScore.run_on == run_on, AccountScore.model_version == before.number
    )
    plain = {"synchronize_session": False}
    scored = rows.where(AccountScore.score.is_not(None)).values(band=band, model_version=now)
    unit.session.execute(scored, execution_options=plain)
    unit.session.execute(rows.values(model_version=now), execution_options=plain)
    run = update(ScoreRun).where(ScoreRun.run_on == run_on, ScoreRun.model_version == before.number)
    unit.session.execute(run.values(model_version=now), execution_options=plain)
