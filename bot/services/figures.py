"""Numbers then and now, filled in so that nobody has to look them up. Free of numpy.

Refuses to guess: what the day's model did not measure is unknown.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from bot.core.outcome import Figures
from bot.health.details import unpack_details
from bot.health.model import read_document
from bot.store.past_scores import list_documents
from bot.store.standing import last_run_on
from bot.store.tables import AccountScore, Episode, Task
from bot.store.unit import Unit

SCORE = "score"


@dataclass(frozen=True)
class Reading:
    """Score and measures of one account on the newest run up to a day."""

    score: float | None = None
    values: Mapping[str, float] = field(default_factory=dict)


def find_figures(unit: Unit, task: Task, on: date) -> Figures:
    """Of the day the task's alert opened, else the task was made, and of the newest run."""
    now = read_scores(unit, [task.account_id], on).get(task.account_id, Reading())
    if task.episode_id is None:
        then = read_scores(unit, [task.account_id], task.made_on).get(task.account_id, Reading())
        return Figures(task.made_on, then.score, now.score)
    wanted = select(Episode).filter_by(id=task.episode_id)
    episode = unit.session.scalars(wanted).one()
    measure = None if episode.measure == SCORE else episode.measure
    return Figures(
        then_on=episode.opened_on,
        score_then=episode.score_then,
        score_now=now.score,
        measure=measure,
        value_then=episode.value_then if measure else None,
        value_now=now.values.get(measure, episode.value_now) if measure else None,
    )


def read_scores(unit: Unit, account_ids: Collection[int], on: date) -> dict[int, Reading]:
    """By account, what the newest run up to `on` measured; two statements."""
    wanted = select(AccountScore).where(
        AccountScore.run_on == last_run_on(on), AccountScore.account_id.in_(account_ids)
    )
    rows = list(unit.session.scalars(wanted))
    documents = list_documents(unit, {row.model_version for row in rows})
    names = {key: read_document(each).measures() for key, each in documents.items()}
    return {row.account_id: _read(row, names.get(row.model_version)) for row in rows}


def _read(row: AccountScore, names: tuple[str, ...] | None) -> Reading:
    if names is None:
        return Reading(row.score)
    details = unpack_details(row.details, names)
    known = {each.measure: each.value for each in details.measures if each.value is not None}
    return Reading(row.score, known)
