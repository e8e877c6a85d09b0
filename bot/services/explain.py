"""From a score's packed details to what a reader understands. Free of numpy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from bot.core.calendar import WorkCalendar, build_usual, is_known_country
from bot.core.explanation import (
    MISSING,
    TOO_LITTLE,
    TOO_OLD,
    USED,
    Ceiling,
    Evidence,
    Explanation,
    Reason,
)
from bot.core.slow_days import list_slow_between
from bot.frame.catalogue import get_measure, load_catalogue
from bot.frame.measure import Measure
from bot.health.details import Detail, Details, unpack_details
from bot.health.model import HealthDocument, read_document
from bot.people import build_calendar, read_closures
from bot.services.late_sources import list_resting_on
from bot.store.evidence import list_evidence
from bot.store.latest_facts import find_latest_facts
from bot.store.standing import last_run_on
from bot.store.tables import Account, AccountScore, HealthModel, ScoreRun
from bot.store.unit import Unit

# 5bd/20bd: a window and the one it is compared with, both in business days.
_BUSINESS_DAYS = re.compile(r"(\d+)bd")


def find_explanation(unit: Unit, account_id: int, on: date, locale: str) -> Explanation | None:
    """Every measure of the account's last score up to `on`; None while nothing was computed."""
    wanted = (
        select(
            *(AccountScore.details, AccountScore.run_on, AccountScore.data_on),
            *(HealthModel.document, Account.country, ScoreRun.common),
        )
        .join(
            Account,
            (Account.workspace_id == AccountScore.workspace_id)
            & (Account.id == AccountScore.account_id),
        )
        .join(
            HealthModel,
            (HealthModel.workspace_id == AccountScore.workspace_id)
            & (HealthModel.version == AccountScore.model_version),
        )
        .outerjoin(
            ScoreRun,
            (ScoreRun.workspace_id == AccountScore.workspace_id)
            & (ScoreRun.run_on == AccountScore.run_on),
        )
        .where(AccountScore.account_id == account_id, AccountScore.run_on == last_run_on(on))
    )
    found = unit.session.execute(wanted).first()
    if found is None:
        return None
    document = read_document(found.document)
    details = unpack_details(found.details, document.measures())
    newest = find_latest_facts(unit, account_id, found.run_on)
    if found.data_on is not None and _has_usage(details):
        newest["usage"] = found.data_on
    files = Files(found.run_on, newest, list_resting_on((found.common or {}).get("late_kinds", ())))
    told = _explain(document, details, files, locale)
    calendar = _calendar_of(unit, found.country)
    return replace(told, slow=_list_slow(calendar, details, found.data_on))


def _calendar_of(unit: Unit, country: str) -> WorkCalendar:
    """The days that a run took for the account's business days."""
    home = build_calendar(unit.workspace).country
    known = country if is_known_country(country) else home
    return build_usual(known, read_closures(unit.workspace))


def _list_slow(calendar: WorkCalendar, details: Details, data_on: date | None) -> list[date]:
    """Slow days within the longest window of usage that counted."""
    windows = [
        sum(map(int, _BUSINESS_DAYS.findall(get_measure(each.measure).window)))
        for each in details.measures
        if each.points is not None and "usage" in _sources(get_measure(each.measure))
    ]
    return list_slow_between(calendar, data_on, max(windows, default=0)) if data_on else []


def list_rows(unit: Unit, account_id: int, on: date, scored_on: date | None) -> list[Evidence]:
    """The rows behind the measures; those too old for the score of `scored_on` say so."""
    return [judge_row(row, scored_on or on) for row in list_evidence(unit, account_id, on)]


def judge_row(row: Evidence, scored_on: date) -> Evidence:
    """The row, marked where it is too old for the score of that day."""
    measure = load_catalogue().get(row.kind)
    limit = measure.validity_days if measure else None
    if limit is None or (scored_on - row.on).days <= limit:
        return row
    return replace(row, valid_days=limit)


def _has_usage(details: Details) -> bool:
    return any(
        each.value is not None and "usage" in _sources(get_measure(each.measure))
        for each in details.measures
    )


@dataclass(frozen=True)
class Files:
    """What was on file on the day of the score: the newest day by kind of facts.

    `late` are the kinds of facts whose source should have come by then.
    """

    run_on: date
    newest: Mapping[str, date]
    late: frozenset[str] = frozenset()

    def last_on(self, measure: Measure) -> date | None:
        """The day of the newest fact that the measure reads."""
        days = [self.newest[kind] for kind in _sources(measure) if kind in self.newest]
        return max(days, default=None)


def _explain(document: HealthDocument, details: Details, files: Files, locale: str) -> Explanation:
    variant = document.variants[details.variant]
    asked = {each.measure for each in variant.measures}
    reasons = [_reason(each, files, locale) for each in details.measures if each.measure in asked]
    unasked = [name for name in document.measures() if name not in asked]
    ceiling = None
    if details.cap is not None:
        cap = variant.caps[details.cap]
        ceiling = Ceiling(get_measure(cap.measure).label.get(locale), cap.score_at_most)
    labels = [get_measure(name).label.get(locale) for name in unasked]
    return Explanation(document.neutral, reasons, ceiling, labels)


def _reason(detail: Detail, files: Files, locale: str) -> Reason:
    measure = get_measure(detail.measure)
    state, last_on = _state(detail, files), files.last_on(measure)
    return Reason(
        label=measure.label.get(locale),
        meaning=measure.meaning.get(locale),
        unit=measure.unit.value,
        value=detail.value,
        points=detail.points if state == USED else None,
        state=state,
        sources=_sources(measure),
        last_on=last_on,
        valid_days=measure.validity_days,
        measure=measure.name,
        is_waited_for=state == TOO_OLD and not files.late.isdisjoint(measure.needs),
    )


def _state(detail: Detail, files: Files) -> str:
    """A value without points was too old; without a value it is told by what is on file."""
    if detail.value is not None:
        return TOO_OLD if detail.points is None else USED
    measure = get_measure(detail.measure)
    last_on, limit = files.last_on(measure), measure.validity_days
    if last_on is None:
        return MISSING
    if limit is None or "usage" in _sources(measure):
        return TOO_LITTLE
    return TOO_OLD if (files.run_on - last_on).days > limit else TOO_LITTLE


def _sources(measure: Measure) -> list[str]:
    """The kinds of facts it reads: `usage:logins` is usage."""
    return list(dict.fromkeys(each.partition(":")[0] for each in measure.needs))
