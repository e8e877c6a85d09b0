"""Puts members, accounts and what is known of them into a workspace of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from bot.core.names import fold_name
from bot.core.vocabulary import Band, Role
from bot.health.model import load_default
from bot.store.base import Walled, new_id
from bot.store.tables import (
    Account,
    AccountScore,
    Contract,
    HealthModel,
    ManualScore,
    Member,
    ScoreRun,
)
from bot.store.unit import Store, Unit
from tests.commands.scores import Values, pack_measures

Row = TypeVar("Row", bound=Walled)

# Friday 09:00 in Tokyo, before a long weekend.
FRIDAY = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


class Records:
    """Writes rows as an import, a run or a person would have."""

    def __init__(self, store: Store, workspace_id: int, sato: Member | None = None) -> None:
        self.store = store
        self.workspace_id = workspace_id
        self._together: Unit | None = None
        self._run_days: set[date] = set()
        self.sato = sato or self.hire("佐藤", Role.CSM)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written inside is one transaction, which is a good deal quicker."""
        with self.store.writing(self.workspace_id) as unit:
            self._together = unit
            try:
                yield
            finally:
                self._together = None

    def hire(self, name: str, *roles: Role, **more: Any) -> Member:
        """A new colleague."""
        member = Member(
            id=new_id(),
            slack_user=more.pop("slack_user", f"U{abs(hash(name)) % 10**8:08d}"),
            name=name,
            roles=[role.value for role in roles],
            digest_time=time(8, 30),
            workdays=[0, 1, 2, 3, 4],
            known_at=FRIDAY,
            **more,
        )
        return self.keep(member)

    def add_account(self, name: str, owner: Member | None = None, **more: Any) -> Account:
        """A customer; `arr` in yen."""
        arr = more.pop("arr", None)
        account = Account(
            id=new_id(),
            ref=more.pop("ref", f"A-{new_id()}"),
            name=name,
            folded=fold_name(name)[:255],
            owner_id=(owner or self.sato).id,
            arr_base=None if arr is None else Decimal(arr),
            known_at=more.pop("known_at", FRIDAY),
            **more,
        )
        return self.keep(account)

    def add_contract(self, account: Account, **more: Any) -> Contract:
        """A contract of the account."""
        contract = Contract(account_id=account.id, ref=f"C-{new_id()}", known_at=FRIDAY, **more)
        return self.keep(contract)

    def score(
        self,
        account: Account,
        on: date,
        score: float | None,
        band: Band,
        values: Values | None = None,
        cap: int = 0,
        variant: int = -1,
        version: int = 1,
    ) -> None:
        """A measured score of one day; `values` by measure, with the cap and the variant used."""
        with self._writing() as unit:
            self._keep_run(unit, on)
            row = AccountScore(
                run_on=on,
                account_id=account.id,
                model_version=version,
                score=score,
                band=band.value,
                coverage=0.9 if score is not None else 0.2,
                data_on=on,
                details=pack_measures(values or {}, cap, variant),
            )
            unit.add(row)

    def keep_model(self) -> None:
        """The shipped model as version 1 of the workspace, which reads the scores' details."""
        document = load_default().model_dump(mode="json")
        model = HealthModel(version=1, status="active", document=document, made_by="shipped")
        with self.store.writing(self.workspace_id) as unit:
            model.made_at = unit.at
            unit.add(model)

    def score_by_hand(self, account: Account, band: Band, reason: str = "", **more: Any) -> None:
        """A band given by a person."""
        self.keep(
            ManualScore(
                account_id=account.id,
                band=band.value,
                reason=reason,
                member_id=self.sato.id,
                given_on=more.get("given_on", TODAY),
                expires_on=more.get("expires_on", date(2026, 12, 20)),
                known_at=FRIDAY,
            )
        )

    def keep(self, row: Row) -> Row:
        """Write one row."""
        with self._writing() as unit:
            unit.add(row)
        return row

    @contextmanager
    def _writing(self) -> Iterator[Unit]:
        if self._together is not None:
            yield self._together
            return
        with self.store.writing(self.workspace_id) as unit:
            yield unit

    def _keep_run(self, unit: Unit, on: date) -> None:
        if on in self._run_days:
            return
        self._run_days.add(on)
        with unit.session.no_autoflush:
            if unit.session.get(ScoreRun, (self.workspace_id, on)) is None:
                run = ScoreRun(run_on=on, model_version=1, started_at=FRIDAY, finished_at=FRIDAY)
                unit.add(run)
