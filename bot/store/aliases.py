"""A second name for a table, for statements that name it more than once.

SQLAlchemy makes the columns of an alias when they are first asked for, and two threads that ask at
once may each get their own: a statement kept from then on would name the table besides the alias,
and join everything with everything. So the columns are made before anybody can ask.
"""

from typing import TypeVar

from sqlalchemy.orm import aliased

from bot.store.base import Base

Row = TypeVar("Row", bound=Base)


def build_alias(table: type[Row], name: str) -> type[Row]:
    """The table called `name`, safe to be kept by a module and used by all threads."""
    made = aliased(table, name=name)
    for column in table.__mapper__.columns.keys():  # noqa: SIM118  a collection of columns
        _ = getattr(made, column).expression
    return made
