"""How the accounts' scores are spread over whole points, in one statement."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, case, func, select

from bot.core.setup import Landing, Spread
from bot.core.vocabulary import Band
from bot.store.standing import with_standing
from bot.store.tables import Account, AccountScore, ManualScore
from bot.store.unit import Unit

_UNSCORED = -1


def read_spread(unit: Unit, on: date) -> Spread:
    """Active accounts by the whole points of their last score up to `on`."""
    each = with_standing(
        select(
            ManualScore.band.label("by_hand"),
            _whole_points().label("point"),
            func.coalesce(Account.arr_base, 0).label("arr"),
        ).select_from(Account),
        on,
    )
    # Named columns of a subquery: PostgreSQL does not know a long expression again.
    found = each.where(Account.is_active).subquery()
    columns = (found.c.by_hand, found.c.point)
    rows = unit.session.execute(
        select(*columns, func.count(), func.sum(found.c.arr)).group_by(*columns)
    )
    return _gather([(row[0], row[1], row[2], Decimal(row[3] or 0)) for row in rows])


def _whole_points() -> ColumnElement[int]:
    """The score rounded down. SQLite may lack floor(), and casts differ between databases."""
    steps = [(AccountScore.score < point + 1, point) for point in range(100)]
    return case((AccountScore.score.is_(None), _UNSCORED), *steps, else_=100)


def _gather(rows: list[tuple[str | None, int, int, Decimal]]) -> Spread:
    by_point: dict[int, Landing] = defaultdict(Landing)
    fixed: dict[Band, Landing] = defaultdict(Landing)
    for by_hand, point, count, arr in rows:
        if by_hand is not None:
            fixed[Band(by_hand)] = fixed[Band(by_hand)].plus(count, arr)
        elif point == _UNSCORED:
            fixed[Band.UNKNOWN] = fixed[Band.UNKNOWN].plus(count, arr)
        else:
            by_point[point] = by_point[point].plus(count, arr)
    return Spread(dict(by_point), dict(fixed))
