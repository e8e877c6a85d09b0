"""From what somebody typed or pressed to one account. Refuses to pick one of several."""

from bot.ask import Ask
from bot.core.refusal import AmbiguousAccount, UnknownAccount
from bot.store.accounts import get_names
from bot.store.unit import Unit

_OFFERED = 5
_BY_ID = "id:"


def get_account_id(unit: Unit, said: str) -> int:
    """The account `said` means: a name, a part of one, or `id:…` as our own buttons write it.

    Raises `AmbiguousAccount` with the ones to choose from, or `UnknownAccount` with near names.
    """
    names = get_names(unit)
    if said.startswith(_BY_ID) and said[len(_BY_ID) :].isdigit():
        found = [each for each in [int(said[len(_BY_ID) :])] if each in names.names]
    else:
        found = names.find(said)
    if len(found) == 1:
        return found[0]
    if not found:
        near = [(names.names[each], f"{_BY_ID}{each}") for each in names.near(said, _OFFERED)]
        raise UnknownAccount(said=said, near=near)
    matches = [(names.names[each], f"{_BY_ID}{each}") for each in found]
    raise AmbiguousAccount(said=said, matches=matches)


def pressed_account(ask: Ask) -> int:
    """The account a button's value names; one that is gone is refused."""
    with ask.reading() as unit:
        return get_account_id(unit, _BY_ID + ask.value.partition(":")[0])
