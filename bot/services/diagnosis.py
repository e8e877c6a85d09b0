"""Reads the first diagnosis: bands and amounts, the ten worst with why, and what is missing."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from bot.core.account_card import BookRow
from bot.core.diagnosis import TREND_WEEKS, Diagnosis, Missing, Sign, Worst
from bot.core.focus import STAGE_OF_FOCUS
from bot.core.setup import Landing
from bot.core.vocabulary import Band, Locale, Touch
from bot.frame.catalogue import get_measure
from bot.health.explain import Reason, explain
from bot.health.model import HealthDocument, read_document
from bot.services.setup.thresholds import is_provisional
from bot.store.book import list_worst, sum_bands
from bot.store.focus import read_focus
from bot.store.holdings import count_weeks_of_usage, list_holdings
from bot.store.past_scores import list_documents, list_scores
from bot.store.scopes import Scope
from bot.store.standing import last_run_on
from bot.store.tables import Account, AccountScore
from bot.store.unit import Unit

MOST = 10
_SIGNS = 2
# A pull below half a point is none.
_LEAST = 0.5
# Measures that compare weeks with earlier weeks.
_TRENDS = frozenset({"usage_trend"})
# Kinds of facts that a score lives on; the others are good to have.
_LIVES_ON = ("contracts", "usage_daily", "nps", "tickets", "invoices", "touches", "voc")


def read_diagnosis(unit: Unit, scope: Scope, on: date, locale: Locale) -> Diagnosis:
    """Where the scope's accounts stand on a day, in a fixed number of statements."""
    weeks = count_weeks_of_usage(unit)
    landings = sum_bands(unit, scope, on)
    focus = read_focus(unit)
    rows = list_worst(unit, scope, on, MOST, STAGE_OF_FOCUS.get(focus))
    return Diagnosis(
        on=on,
        run_on=unit.session.scalar(select(last_run_on(on))),
        currency=unit.workspace.base_currency,
        landings=landings,
        worst=_with_signs(unit, rows, on, locale, has_trends=weeks >= TREND_WEEKS),
        missing=_find_missing(unit, scope, on, landings.get(Band.UNKNOWN, Landing()).count),
        weeks=weeks,
        is_provisional=is_provisional(unit.workspace),
        focus=focus,
    )


def _find_missing(unit: Unit, scope: Scope, on: date, unscored: int) -> Missing:
    """Tech touch needs no owner and no goal of its own."""
    served = Account.touch != Touch.TECH.value
    counted = select(
        func.count(Account.id).filter(Account.owner_id.is_(None)),
        func.count(Account.id).filter(func.coalesce(Account.goal, "") == ""),
        func.count(Account.id).filter(func.coalesce(Account.success_criteria, "") == ""),
    )
    ownerless, aimless, unmeasured = unit.session.execute(
        counted.where(scope.holds(on), served)
    ).one()
    held = {each.kind for each in list_holdings(unit) if each.count}
    kinds = [kind for kind in _LIVES_ON if kind not in held]
    return Missing(ownerless, unscored, aimless, unmeasured, kinds)


def _with_signs(
    unit: Unit, rows: Sequence[BookRow], on: date, locale: Locale, *, has_trends: bool
) -> list[Worst]:
    scores = list_scores(unit, [row.id for row in rows], on, (0,))
    versions = {each.model_version for found in scores.values() for each in found}
    documents = {
        version: read_document(document)
        for version, document in list_documents(unit, versions).items()
    }
    return [
        Worst(row, _list_signs(scores.get(row.id, []), documents, locale, has_trends))
        for row in rows
    ]


def _list_signs(
    scores: Sequence[AccountScore],
    documents: dict[int, HealthDocument],
    locale: Locale,
    has_trends: bool,
) -> list[Sign]:
    if not scores or scores[0].model_version not in documents:
        return []
    found = explain(documents[scores[0].model_version], scores[0].details).down
    kept = [
        each
        for each in found
        if each.points <= -_LEAST and (has_trends or each.measure not in _TRENDS)
    ]
    return [_sign(each, locale) for each in kept[:_SIGNS]]


def _sign(reason: Reason, locale: Locale) -> Sign:
    measure = get_measure(reason.measure)
    return Sign(measure.label.get(locale), measure.unit.value, reason.value, reason.points)
