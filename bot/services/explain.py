"""From a score's packed details to what a reader understands. Free of numpy."""

from datetime import date

from sqlalchemy import select

from bot.core.explanation import MISSING, TOO_OLD, USED, Ceiling, Explanation, Reason
from bot.frame.catalogue import get_measure
from bot.health.details import Detail, Details, unpack_details
from bot.health.model import HealthDocument, read_document
from bot.store.standing import last_run_on
from bot.store.tables import AccountScore, HealthModel
from bot.store.unit import Unit


def find_explanation(unit: Unit, account_id: int, on: date, locale: str) -> Explanation | None:
    """Every measure of the account's last score up to `on`; None while nothing was computed."""
    wanted = (
        select(AccountScore.details, HealthModel.document)
        .join(
            HealthModel,
            (HealthModel.workspace_id == AccountScore.workspace_id)
            & (HealthModel.version == AccountScore.model_version),
        )
        .where(AccountScore.account_id == account_id, AccountScore.run_on == last_run_on(on))
    )
    found = unit.session.execute(wanted).first()
    if found is None:
        return None
    document = read_document(found.document)
    details = unpack_details(found.details, document.measures())
    return _explain(document, details, locale)


def _explain(document: HealthDocument, details: Details, locale: str) -> Explanation:
    variant = document.variants[details.variant]
    asked = {each.measure for each in variant.measures}
    reasons = [_reason(each, locale) for each in details.measures if each.measure in asked]
    ceiling = None
    if details.cap is not None:
        cap = variant.caps[details.cap]
        ceiling = Ceiling(get_measure(cap.measure).label.get(locale), cap.score_at_most)
    return Explanation(document.neutral, reasons, ceiling)


def _reason(detail: Detail, locale: str) -> Reason:
    measure = get_measure(detail.measure)
    is_used = detail.value is not None and detail.points is not None
    return Reason(
        label=measure.label.get(locale),
        meaning=measure.meaning.get(locale),
        unit=measure.unit.value,
        value=detail.value,
        points=detail.points if is_used else None,
        state=USED if is_used else MISSING if detail.value is None else TOO_OLD,
        sources=list(dict.fromkeys(each.partition(":")[0] for each in measure.needs)),
    )
