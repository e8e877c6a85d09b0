"""Who looks after whom: dedicated, pooled and unowned accounts among eight CSMs."""

from collections import Counter
from dataclasses import replace

from sandbox.company.account import Account
from sandbox.company.people import list_csms

POOLED_EVERY = 3
NOBODY_EVERY = 7
POOL_MEMBER = "nakamura"


def assign_owners(accounts: list[Account]) -> list[Account]:
    """The accounts with owner and second filled in; what a story fixed stays.

    Of the small ones every third is pooled and every seventh has nobody; a customer who left
    has nobody. The others go to the CSM of their language with the fewest accounts so far.
    """
    load = Counter(account.owner for account in accounts if account.owner)
    return [_assign(account, number, load) for number, account in enumerate(accounts)]


def _assign(account: Account, number: int, load: Counter[str]) -> Account:
    if account.owner:
        return account
    mode = _choose_mode(account, number)
    if mode != "dedicated":
        return replace(account, owner_mode=mode)
    candidates = list_csms(account.language)
    owner = min(candidates, key=lambda key: (load[key], candidates.index(key)))
    second = candidates[(candidates.index(owner) + 1) % len(candidates)]
    load[owner] += 1
    return replace(account, owner=owner, second=second)


def _choose_mode(account: Account, number: int) -> str:
    if account.churned_on:
        return "none"
    if account.tier != "smb":
        return "dedicated"
    if number % NOBODY_EVERY == 0:
        return "none"
    return "pooled" if number % POOLED_EVERY == 0 else "dedicated"
