"""From two days' packed scores to what moved between them. Free of numpy."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.core.digest_item import Item
from bot.core.digest_work import with_news
from bot.core.movement import Movement, Shift
from bot.core.told import BETTER, WORSE
from bot.core.vocabulary import Band
from bot.frame.catalogue import get_measure
from bot.health.details import Details, unpack_details
from bot.health.model import HealthDocument, read_document
from bot.store.past_scores import list_documents, list_scores
from bot.store.tables import AccountScore
from bot.store.unit import Unit

# A week is what people remember; nearer days serve young accounts, further ones silent feeds.
_WEEK = timedelta(days=7)
_BACKS = (0, 1, 2, 4, 7, 14, 28)


def find_movements(unit: Unit, items: Sequence[Item], on: date, locale: str) -> dict[int, Movement]:
    """By account, how the scores of those that got worse or better came about; two statements."""
    moved = [item for item in with_news(items) if item.group in (WORSE, BETTER)]
    before = {item.row.id: item.before for item in moved}
    if not before:
        return {}
    rows = list_scores(unit, before, on, _BACKS)
    versions = {row.model_version for each in rows.values() for row in each}
    documents = {
        version: read_document(document)
        for version, document in list_documents(unit, versions).items()
    }
    compared = {
        account_id: _compare(found[0], found[1:], before[account_id], documents, locale)
        for account_id, found in rows.items()
    }
    return {account_id: each for account_id, each in compared.items() if each is not None}


def _compare(
    now: AccountScore,
    earlier: Sequence[AccountScore],
    band: Band | None,
    documents: Mapping[int, HealthDocument],
    locale: str,
) -> Movement | None:
    then = _choose(now, earlier, band)
    if then is None or then.score is None or now.score is None:
        return None
    shifts: list[Shift] = []
    if now.model_version in documents and then.model_version in documents:
        pair = (then, documents[then.model_version]), (now, documents[now.model_version])
        shifts = _list_shifts(*pair, locale)
    return Movement(then.score, now.score, (now.run_on - then.run_on).days, shifts)


def _choose(
    now: AccountScore, earlier: Sequence[AccountScore], band: Band | None
) -> AccountScore | None:
    """The score to compare with: of the band it came from, a week back or as near to it as is."""

    def rank(row: AccountScore) -> tuple[bool, bool, int]:
        is_recent = row.run_on > now.run_on - _WEEK
        age = (now.run_on - row.run_on).days
        return row.band != band, is_recent, -age if is_recent else age

    scored = [row for row in earlier if row.score is not None]
    return min(scored, key=rank, default=None)


Scored = tuple[AccountScore, HealthDocument]


def _list_shifts(then: Scored, now: Scored, locale: str) -> list[Shift]:
    before, after = _unpack(*then), _unpack(*now)
    was, is_now = _used(before), _used(after)
    ceiling = _find_ceiling(now[1], after) if after.cap != before.cap else {}
    return [
        _shift(name, was.get(name), is_now.get(name), ceiling.get(name), locale)
        for name in dict.fromkeys([*is_now, *was])
    ]


def _unpack(score: AccountScore, document: HealthDocument) -> Details:
    return unpack_details(score.details, document.measures())


def _used(details: Details) -> dict[str, tuple[float, float]]:
    """Value and points of each measure that counted."""
    return {
        each.measure: (each.value, each.points)
        for each in details.measures
        if each.value is not None and each.points is not None
    }


def _find_ceiling(document: HealthDocument, details: Details) -> dict[str, float]:
    """The ceiling in force, by the measure that put it."""
    if details.cap is None:
        return {}
    cap = document.variants[details.variant].caps[details.cap]
    return {cap.measure: cap.score_at_most}


def _shift(
    name: str,
    before: tuple[float, float] | None,
    now: tuple[float, float] | None,
    at_most: float | None,
    locale: str,
) -> Shift:
    measure = get_measure(name)
    (was, had), (value, has) = before or (None, 0.0), now or (None, 0.0)
    return Shift(
        label=measure.label.get(locale),
        unit=measure.unit.value,
        window=measure.window,
        before=was,
        now=value,
        points=has - had,
        at_most=at_most,
    )
