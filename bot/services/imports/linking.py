"""From the ids of a source to our accounts, by what earlier files and people have said.

Runs in the child process alone: the ingest room needs pandas.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import select

from bot.core.import_report import Unlinked
from bot.core.names import NameIndex, fold_name
from bot.ingest.reading import AccountRef
from bot.store.bulk.links import iterate_names
from bot.store.tables import Account, AccountAlias
from bot.store.unit import Unit

_OFFERED = 3


@dataclass(frozen=True)
class Links:
    """Account ids by everything an account answers to."""

    by_ref: Mapping[str, int]
    by_name: Mapping[str, int]
    by_domain: Mapping[str, int]
    names: Mapping[int, str]
    refs: Mapping[int, str]

    def find(self, ref: AccountRef) -> int | None:
        """The account of a reference: by id, then by whole name, then by mail domain."""
        for spelled, known in (
            (ref.ref, self.by_ref),
            (fold_name(ref.ref), self.by_name),
            (fold_name(ref.name or ""), self.by_name),
            ((ref.mail_domain or ref.ref).lower(), self.by_domain),
        ):
            if spelled and spelled in known:
                return known[spelled]
        return None


def load_links(unit: Unit) -> Links:
    """Two queries, whatever the number of accounts."""
    wanted = select(Account.id, Account.ref, Account.folded, Account.mail_domain, Account.name)
    rows = unit.session.execute(wanted).all()
    aliases = unit.session.execute(select(AccountAlias.ref, AccountAlias.account_id)).all()
    return Links(
        by_ref={
            **{ref: account_id for account_id, ref, *_ in rows},
            **{each.ref: each.account_id for each in aliases},
        },
        by_name=_sole((folded, account_id) for account_id, _, folded, *_ in rows),
        by_domain=_sole(((domain or "").lower(), one) for one, _, _, domain, _ in rows),
        names={account_id: name for account_id, *_, name in rows},
        refs={account_id: ref for account_id, ref, *_ in rows},
    )


def name_own(frame: pd.DataFrame, links: Links) -> pd.DataFrame:
    """Customers of a list without ids, who are known by name, under the id they have."""
    if frame.empty or "name" not in frame:
        return frame
    pairs = zip(frame["account_ref"], frame["name"], strict=True)
    refs = [_own_ref(ref, name, links) for ref, name in pairs]
    return frame.assign(account_ref=pd.Series(refs, index=frame.index, dtype=object))


def _own_ref(ref: object, name: object, links: Links) -> object:
    if ref != name or str(ref) in links.by_ref:
        return ref
    account_id = links.by_name.get(fold_name(str(name)))
    return ref if account_id is None else links.refs[account_id]


def expect(frame: pd.DataFrame, links: Links) -> Links:
    """The links as they will be once the customers of `frame` are in: under ids below zero."""
    coming: dict[str, int] = {}
    names = [(folded, account_id) for folded, account_id in links.by_name.items()]
    domains = list(links.by_domain.items())
    for at, row in enumerate(frame.to_dict("records"), start=1):
        account_id = links.by_ref.get(str(row["account_ref"]), -at)
        said = (row.get(f"{each}_ref") for each in ("account", "tenant", "billing"))
        coming |= {str(one): account_id for one in said if isinstance(one, str)}
        if account_id < 0:
            names.append((fold_name(str(row.get("name") or "")), account_id))
            domains.append((str(row.get("mail_domain") or "").lower(), account_id))
    by_ref = {**coming, **links.by_ref}
    return replace(links, by_ref=by_ref, by_name=_sole(names), by_domain=_sole(domains))


def link_by_name(unit: Unit, refs: Sequence[AccountRef]) -> list[int | None]:
    """As `Links.find` where no id is known, without holding the book: it passes by in pages."""
    if not refs:
        return []
    names = {fold_name(said) for ref in refs for said in (ref.ref, ref.name) if said}
    domains = {(ref.mail_domain or ref.ref).lower() for ref in refs}
    folded: list[tuple[str, int]] = []
    mail: list[tuple[str, int]] = []
    for page in iterate_names(unit.connection, unit.workspace_id):
        folded += [(each.folded, each.id) for each in page if each.folded in names]
        mail += [(each.domain, each.id) for each in page if each.domain in domains]
    links = Links({}, _sole(folded), _sole(mail), {}, {})
    return [links.find(ref) for ref in refs]


def _sole(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """What only one account is called; a name that two share links nobody."""
    listed = [(spelled, account_id) for spelled, account_id in pairs if spelled]
    counted = Counter(spelled for spelled, _ in listed)
    return {spelled: account_id for spelled, account_id in listed if counted[spelled] == 1}


def link_frame(
    frame: pd.DataFrame, refs: Mapping[str, AccountRef], links: Links
) -> tuple[pd.DataFrame, pd.Series]:
    """The rows of known accounts with `account_id`, and the fact counts of unknown refs.

    A fact of daily usage is an account's day, as everywhere.
    """
    spelled = frame["account_ref"].astype(str)
    found = {ref: links.find(refs.get(ref, AccountRef(ref))) for ref in spelled.unique()}
    # Keys are 62 bits wide: a float on the way would bend them, so blanks are NA in whole numbers.
    ids = pd.Series([found[ref] for ref in spelled], index=frame.index, dtype="Int64")
    known = ids.notna()
    linked = frame[known].assign(account_id=ids[known].astype("int64"))
    lost = frame[~known]
    if {"metric", "on"} <= set(lost.columns):
        lost = lost.drop_duplicates(["account_ref", "on"])
    return linked, lost["account_ref"].astype(str).value_counts()


def suggest(
    counts: Mapping[str, int],
    refs: Mapping[str, AccountRef],
    pages: Iterable[Sequence[tuple[int, str]]],
) -> list[Unlinked]:
    """Unknown refs, most facts first, each with the accounts that sound like it.

    `pages` hold the book's (account id, name); only one is in memory.
    """
    near: dict[str, list[tuple[float, str, str]]] = {ref: [] for ref in counts}
    for page in pages if counts else ():
        names = {str(account_id): name for account_id, name in page}
        index = NameIndex(names.items())
        for ref, held in near.items():
            said = refs.get(ref, AccountRef(ref)).name or ref
            found = index.suggest(said, _OFFERED)
            near[ref] = sorted(
                [*held[:_OFFERED], *((-one.score, one.id, names[one.id]) for one in found)]
            )
    return [
        Unlinked(ref, int(rows), tuple((one, name) for _, one, name in near[ref][:_OFFERED]))
        for ref, rows in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def iterate_book(unit: Unit) -> Iterator[list[tuple[int, str]]]:
    """(account id, name) of the whole book, in pages."""
    for page in iterate_names(unit.connection, unit.workspace_id):
        yield [(each.id, each.name) for each in page]


def call_accounts(unit: Unit, account_ids: Sequence[int]) -> dict[int, str]:
    """Names of a few accounts."""
    wanted = select(Account.id, Account.name).where(Account.id.in_(account_ids))
    return {each.id: each.name for each in unit.session.execute(wanted)}
