"""Finding accounts by what people type. Refuses to guess: several answers are given as several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.pool import Pool

from bot.core.names import NameIndex
from bot.store.tables import Account, AccountAlias
from bot.store.unit import Unit

# Aliases that people know a customer by; ids of tenants and mail domains are for machines.
_SPOKEN_SOURCES = ("name", "crm")


@dataclass(frozen=True)
class AccountNames:
    """Every name an account of the workspace answers to, folded once."""

    index: NameIndex
    names: dict[int, str]

    def find(self, said: str, limit: int = 100) -> list[int]:
        """Accounts of exactly this name; else those whose name holds it; else none."""
        exact = self.index.find_exact(said)
        return [int(ref) for ref in exact[:limit] or self.index.find_part(said, limit)]

    def search(self, fragment: str, limit: int = 100) -> list[int]:
        """For type-ahead: by part, and where none fits by likeness; empty gives the first."""
        return [int(ref) for ref in self.index.search(fragment, limit)]

    def near(self, said: str, limit: int = 3) -> list[int]:
        """The likeliest accounts for a name nobody has."""
        return [int(each.id) for each in self.index.suggest(said, limit)]


_Mark = tuple[int, datetime | None, int, datetime | None]
_kept: WeakKeyDictionary[Pool, dict[int, tuple[_Mark, AccountNames]]] = WeakKeyDictionary()


def get_names(unit: Unit) -> AccountNames:
    """The workspace's names; folded anew only after an account or alias has come or changed."""
    by_workspace = _kept.setdefault(_pool(unit), {})
    mark = _mark(unit)
    held = by_workspace.get(unit.workspace_id)
    if held is None or held[0] != mark:
        held = by_workspace[unit.workspace_id] = (mark, _read_names(unit))
    return held[1]


def list_names(unit: Unit, account_ids: Sequence[int]) -> list[tuple[int, str]]:
    """Id and name of these accounts, in the order given; what is gone is left out."""
    names = get_names(unit).names
    return [(each, names[each]) for each in account_ids if each in names]


def _pool(unit: Unit) -> Pool:
    bind = unit.session.get_bind()
    assert isinstance(bind, Engine)
    return bind.pool


def _mark(unit: Unit) -> _Mark:
    accounts = unit.session.execute(
        select(func.count(), func.max(Account.known_at)).where(Account.is_active)
    ).one()
    aliases = unit.session.execute(
        select(func.count(), func.max(AccountAlias.known_at)).where(_is_spoken())
    ).one()
    return (accounts[0], accounts[1], aliases[0], aliases[1])


def _read_names(unit: Unit) -> AccountNames:
    rows = unit.session.execute(
        select(Account.id, Account.name, Account.name_kana, Account.ref).where(Account.is_active)
    ).all()
    spoken: dict[int, list[str]] = {}
    aliases = select(AccountAlias.account_id, AccountAlias.ref).where(_is_spoken())
    for account_id, ref in unit.session.execute(aliases):
        spoken.setdefault(account_id, []).append(ref)
    entries = [
        (str(each.id), each.name, each.name_kana or "", each.ref, *spoken.get(each.id, ()))
        for each in rows
    ]
    return AccountNames(NameIndex(entries), {each.id: each.name for each in rows})


def _is_spoken() -> ColumnElement[bool]:
    return AccountAlias.source.in_(_SPOKEN_SOURCES)
