"""What moved an account's score since last week and since the last contact. Free of numpy."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core.score_change import CONTACT, WEEK, Comparison, Part
from bot.frame.catalogue import get_measure
from bot.health.details import Details, unpack_details
from bot.health.model import HealthDocument, read_document
from bot.store.past_scores import list_documents, list_scores
from bot.store.tables import AccountScore
from bot.store.unit import Unit

_WEEK_DAYS = 7


def find_changes(
    unit: Unit, account_id: int, on: date, touched_on: date | None, locale: str
) -> list[Comparison]:
    """At most two, newest day first; one for both where one run serves both. Two statements.

    Nothing without a score on `on`, or where no run lies between.
    """
    backs = {WEEK: _WEEK_DAYS}
    if touched_on is not None:
        backs[CONTACT] = max(0, (on - touched_on).days)
    rows = list_scores(unit, [account_id], on, [0, *backs.values()]).get(account_id, [])
    if not rows or rows[0].score is None:
        return []
    found = list_documents(unit, {rows[0].model_version})
    document = next((read_document(each) for each in found.values()), None)
    then = {each.run_on: each for each in rows[1:]}
    return [
        _compare(names, then[run_on], rows[0], document, locale)
        for run_on, names in _by_run(rows, backs, on).items()
        if run_on in then
    ]


def _by_run(
    rows: Sequence[AccountScore], backs: Mapping[str, int], on: date
) -> dict[date, list[str]]:
    """The days to compare with by the run that serves each, newest first."""
    named: dict[date, list[str]] = {}
    for name, back in sorted(backs.items(), key=lambda each: each[1]):
        runs = [row.run_on for row in rows if (on - row.run_on).days >= back]
        if runs:
            named.setdefault(runs[0], []).append(name)
    return named


def _compare(
    since: Sequence[str],
    then: AccountScore,
    now: AccountScore,
    document: HealthDocument | None,
    locale: str,
) -> Comparison:
    assert now.score is not None
    is_alike = then.score is not None and then.model_version == now.model_version
    return Comparison(
        since=since,
        then_on=then.run_on,
        before=then.score,
        now=now.score,
        versions=(then.model_version, now.model_version),
        coverages=(then.coverage, now.coverage),
        parts=list_parts(then, now, document, locale) if is_alike and document else (),
    )


def list_parts(
    then: AccountScore, now: AccountScore, document: HealthDocument, locale: str
) -> list[Part]:
    """Every measure that counted in either, and the cap where one lowered either score."""
    before, after = _unpack(then, document), _unpack(now, document)
    had, has = _points(before), _points(after)
    parts = [
        Part(get_measure(name).label.get(locale), _tenths(had.get(name)), _tenths(has.get(name)))
        for name in dict.fromkeys([*has, *had])
    ]
    capped = after if after.cap is not None else before
    if capped.cap is None:
        return parts
    cap = document.variants[capped.variant].caps[capped.cap]
    label = get_measure(cap.measure).label.get(locale)
    taken = _taken(then, before, document), _taken(now, after, document)
    return [*parts, Part(label, *taken, is_ceiling=True)]


def _unpack(score: AccountScore, document: HealthDocument) -> Details:
    return unpack_details(score.details, document.measures())


def _points(details: Details) -> dict[str, float]:
    return {each.measure: each.points for each in details.measures if each.points is not None}


def _tenths(points: float | None) -> int | None:
    return None if points is None else round(points * 10)


def _taken(score: AccountScore, details: Details, document: HealthDocument) -> int:
    """What the cap took from the sum of the points, in tenths."""
    if details.cap is None or score.score is None:
        return 0
    return min(0, round(10 * (score.score - document.neutral - sum(_points(details).values()))))
