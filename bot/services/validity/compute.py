"""The whole of it for one workspace and day. For heavy work alone: it loads pandas and sklearn.

Writes nothing. Nothing dated after the day a case was looked at has any part in its figures.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.core.validity import Validity
from bot.insight.validity import ERROR_RATE
from bot.services.health_models import ensure_active
from bot.services.validity.cases import list_cases
from bot.services.validity.foretelling import foretell
from bot.services.validity.guarding import list_chased
from bot.services.validity.judging import judge_cases
from bot.services.validity.past import read_past
from bot.services.validity.starting import count_cases
from bot.store.unit import Store

Tell = Callable[[int, int], None]


def compute_validity(
    store: Store, workspace_id: int, today: date, tell: Tell = lambda *_: None
) -> Validity:
    """Verdicts on the measures of the model in use, the guard, and the forecast.

    With fewer than twenty ends on either side nothing is read beyond the ends themselves. `tell`
    hears how many of how many past days are read.
    """
    version = ensure_active(store, workspace_id)
    with store.reading(workspace_id) as unit:
        counted, cases = count_cases(unit, today), list_cases(unit, today)
    if not counted.is_told:
        return counted
    past = read_past(store, workspace_id, cases, version.document.measures(), tell)
    with store.reading(workspace_id) as unit:
        verdicts = judge_cases(unit, cases, past)
    return replace(
        counted,
        model_version=version.number,
        error_rate=ERROR_RATE,
        tested=verdicts.judged.tested,
        findings=verdicts.findings,
        chased=list_chased(store, workspace_id, today, [version.document]),
        foretold=foretell(store, workspace_id, today, cases, verdicts.judged),
    )
