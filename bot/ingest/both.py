"""One sheet of customers with their contracts: a row gives both facts.

Refuses a row whole where either half of it is at fault: nothing of a row goes in alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.ingest.detect import Guess
from bot.ingest.reading import Tally
from bot.ingest.registry import get_kind
from bot.ingest.sheet import Sheet
from bot.ingest.table import Row, check_rows, drop_repeated, fact_table, note_refs, parse_rows

ACCOUNTS, CONTRACTS = "accounts", "contracts"
# What names the customer is read for either half.
_NAMING = frozenset({"account_ref", "tenant_ref", "billing_ref", "name", "mail_domain"})
# Revenue alone beside a customer sums their contracts up, and is none of them.
_TERMS = frozenset({"ends_on", "renews_on", "notice_on"})
# A note or a country stands in contract ledgers too, and makes no customer list of one.
_DECIDING = frozenset(
    {
        *("owner", "second", "tier", "touch", "stage", "owner_mode", "industry", "goal"),
        *("success_criteria", "name_kana"),
    }
)


def is_both(guesses: Sequence[Guess]) -> bool:
    """Whether a sheet fits customers and contracts best, and says of customers what contracts
    do not: who looks after them, how they are served. A contract must have a term.
    """
    best = {each.kind.name: each.columns for each in guesses[:2]}
    if set(best) != {ACCOUNTS, CONTRACTS} or "name" not in best[ACCOUNTS].values():
        return False
    claimed = best[CONTRACTS]
    if _TERMS.isdisjoint(claimed.values()):
        return False
    return any(at not in claimed and name in _DECIDING for at, name in best[ACCOUNTS].items())


def account_columns(accounts: Mapping[int, str], contracts: Mapping[int, str]) -> dict[int, str]:
    """The columns of the customer's half: a day or a number that the contract has is its own."""
    return {at: name for at, name in accounts.items() if name in _NAMING or at not in contracts}


def may_be_both(guesses: Sequence[Sequence[Guess]]) -> bool:
    """Whether no sheet of a book is a list of customers by itself: it would know them better."""
    heads = [each for each in guesses if each]
    return all(each[0].kind.name != ACCOUNTS or is_both(each) for each in heads)


def read_both(contracts: Sheet, accounts: Mapping[int, str]) -> None:
    """Add both kinds of facts of a sorted sheet to its reading; its rows are counted once.

    A row that says nothing of a contract is a customer without one.
    """
    customers = replace(contracts, kind=get_kind(ACCOUNTS), columns=dict(accounts), tally=Tally())
    contracts.tally.also = ACCOUNTS
    known, signed = parse_rows(customers), parse_rows(contracts)
    has_contract = [_says_something(row, contracts) for row in signed]
    check_rows(customers, known)
    check_rows(contracts, signed, has_contract)
    drop_repeated(customers, known, customers.kind.key)
    kept = drop_repeated(contracts, signed, contracts.kind.key)
    contracts.refuse_faulty()
    contracts.tally.parsed += len(kept)
    _add(customers, known, _firsts(known, kept))
    _add(contracts, signed, [at for at in kept if has_contract[at]])


def _says_something(row: Row, contracts: Sheet) -> bool:
    *_, saying = contracts.kind.required
    return any(row.get(name) is not None for name in saying)


def _add(sheet: Sheet, rows: Sequence[Row], kept: Sequence[int]) -> None:
    note_refs(sheet, [rows[at] for at in kept])
    sheet.reading.add_table(sheet.kind.name, fact_table(sheet, rows, kept))


def _firsts(rows: Sequence[Row], kept: Sequence[int]) -> list[int]:
    """The first row of each customer: one with two contracts is one customer."""
    first: dict[object, int] = {}
    for at in kept:
        first.setdefault(rows[at].get("account_ref"), at)
    return list(first.values())
