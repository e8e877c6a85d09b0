"""A look at the measures is begun; where there are too few cases it is done at once. No numpy."""

from dataclasses import dataclass
from datetime import date

from bot.core.validity import Foretold, Validity
from bot.services.health_models import find_active, use_shipped
from bot.services.validity.cases import find_first_day, list_cases
from bot.services.validity.renewals import find_base, list_renewals
from bot.store.unit import Unit
from bot.store.validity import begin_run, keep_run


@dataclass(frozen=True)
class Begun:
    """A run; `is_done` where nothing is left to do for a child process."""

    run_id: int
    is_done: bool


def begin_look(unit: Unit, on: date, actor: str, *, even_beside: bool = False) -> Begun | None:
    """The run, or None while another is under way, unless `even_beside` it."""
    run_id = begin_run(unit, on, actor, even_beside=even_beside)
    if run_id is None:
        return None
    found = count_cases(unit, on)
    return Begun(run_id, not found.is_told and keep_run(unit, run_id, found))


def count_cases(unit: Unit, on: date) -> Validity:
    """The counts alone: all that can be told of too few cases."""
    cases = list_cases(unit, on)
    left, ahead = sum(each.left for each in cases), list_renewals(unit, on)
    active = find_active(unit) or use_shipped(unit)
    return Validity(
        run_on=on,
        from_on=find_first_day(cases, on),
        model_version=active.number,
        left=left,
        stayed=len(cases) - left,
        foretold=Foretold(len(ahead), "few" if ahead else "none", *find_base(cases, on)),
    )
