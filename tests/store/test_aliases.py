"""A table's second name is whole before any thread can ask for it."""

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import aliased
from sqlalchemy.orm.util import AliasedClass

from bot.store import book, cards, episodes, like_accounts, outcomes
from bot.store.aliases import build_alias
from bot.store.tables import Member

MODULES = (book, cards, episodes, like_accounts, outcomes)
KEPT = [
    pytest.param(value, id=f"{module.__name__}.{name}")
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, AliasedClass)
]


@pytest.mark.parametrize("alias", KEPT)
def test_every_column_of_a_kept_alias_is_made_when_its_module_is(alias: type[Member]) -> None:
    columns = set(inspect(alias).mapper.columns.keys())
    assert columns <= set(vars(alias))


def test_sqlalchemy_alone_makes_them_when_they_are_asked_for() -> None:
    assert "id" not in vars(aliased(Member, name="late"))


def test_a_statement_names_the_alias_alone() -> None:
    owner = build_alias(Member, "owner")
    assert "FROM members AS owner" in str(select(owner).where(owner.id == 1))
    assert len(KEPT) == 9
