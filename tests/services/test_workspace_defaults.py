"""A workspace's defaults: tiers by revenue follow the contracts, and what is wrong is refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.clock import FixedClock
from bot.core.refusal import BadInput
from bot.core.vocabulary import Locale
from bot.services.imports.derive import derive
from bot.services.workspaces import read_bands, set_bands, set_defaults
from bot.store.engine import build_engine
from bot.store.tables import Account, AuditEntry, Contract, ExchangeRate, Workspace
from bot.store.unit import Store, Unit

AT = datetime(2026, 11, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)
YEN = ["0:smb:tech:none", "1000000:mid:low:pooled", "10000000:strategic:high:dedicated"]


@pytest.fixture
def office(database_url: str) -> Iterator[tuple[Store, int]]:
    engine = build_engine(database_url)
    store = Store(engine, FixedClock(AT))
    ours = store.add_workspace(Workspace(team_id="T", name="T", created_at=AT)).id
    yield store, ours
    engine.dispose()


def an_account(unit: Unit, arr: int, **more: object) -> None:
    account = Account(ref=f"A{arr}", name=f"A{arr}", known_at=AT, **more)
    unit.add(account)
    unit.session.flush()
    contract = Contract(
        account_id=account.id,
        ref="C",
        arr_amount=Decimal(arr),
        currency="JPY",
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        known_at=AT,
    )
    unit.add(contract)
    unit.session.flush()


def tiers(store: Store, ours: int) -> dict[str, tuple[str | None, str, str]]:
    with store.reading(ours) as unit:
        accounts = unit.session.scalars(select(Account))
        return {one.ref: (one.tier, one.touch, one.owner_mode) for one in accounts}


@pytest.mark.row("C17", "C18")
def test_accounts_without_a_tier_get_it_by_revenue_and_move_with_it(
    office: tuple[Store, int],
) -> None:
    store, ours = office
    with store.writing(ours) as unit:
        an_account(unit, 500_000)
        an_account(unit, 1_000_000)
        an_account(unit, 30_000_000)
        an_account(unit, 40_000_000, tier="smb", tier_is_said=True, touch="high")
        set_bands(unit, "U1", "JPY", YEN)
        derive(unit, TODAY)
    assert tiers(store, ours) == {
        "A500000": ("smb", "tech", "none"),
        "A1000000": ("mid", "low", "pooled"),
        "A30000000": ("strategic", "high", "dedicated"),
        "A40000000": ("smb", "high", "dedicated"),
    }
    with store.writing(ours) as unit:
        set_bands(unit, "U1", "JPY", ["0:smb:tech:none", "400000:mid:low:pooled"])
        derive(unit, TODAY)
    assert tiers(store, ours)["A500000"] == ("mid", "low", "pooled")


def test_the_usual_dollar_tiers_need_a_rate_to_the_base_currency(
    office: tuple[Store, int],
) -> None:
    store, ours = office
    with store.writing(ours) as unit:
        an_account(unit, 9_000_000)
        derive(unit, TODAY)
    assert tiers(store, ours)["A9000000"][0] is None
    with store.writing(ours) as unit:
        rate = ExchangeRate(
            currency="USD", base="JPY", valid_on=date(2026, 11, 1), rate=Decimal("150")
        )
        unit.add(rate)
        unit.session.flush()
        derive(unit, TODAY)
    assert tiers(store, ours)["A9000000"] == ("enterprise", "high", "dedicated")


def test_a_renewal_signed_ahead_counts_from_its_first_day(office: tuple[Store, int]) -> None:
    store, ours = office
    with store.writing(ours) as unit:
        an_account(unit, 1_200_000)
        account = unit.session.scalars(select(Account)).one()
        ahead = Contract(
            account_id=account.id,
            ref="C2",
            arr_amount=Decimal(1_500_000),
            currency="JPY",
            starts_on=date(2027, 4, 1),
            ends_on=date(2028, 3, 31),
            known_at=AT,
        )
        unit.add(ahead)
        unit.session.flush()
        derive(unit, TODAY)
        assert account.arr_base == Decimal(1_200_000)
        derive(unit, date(2027, 4, 1))
        assert account.arr_base == Decimal(1_500_000)


@pytest.mark.parametrize(
    "lines",
    [["1000:smb:tech:none"], ["0:smb:tech"], ["0:tiny:tech:none"], ["x:smb:tech:none"], []],
)
def test_tiers_that_cannot_be_meant_are_refused_and_nothing_is_kept(
    office: tuple[Store, int], lines: list[str]
) -> None:
    store, ours = office
    with pytest.raises(BadInput), store.writing(ours) as unit:
        set_bands(unit, "U1", "JPY", lines)
    with store.reading(ours) as unit:
        assert read_bands(unit.workspace.settings).currency == "USD"


def test_defaults_are_changed_and_audited(office: tuple[Store, int]) -> None:
    store, ours = office
    with store.writing(ours) as unit:
        set_defaults(unit, "U1", base_currency="USD", zone="Europe/Berlin", locale=Locale.EN)
    with store.reading(ours) as unit:
        workspace = unit.workspace
        kept = (workspace.base_currency, workspace.zone, workspace.country, workspace.locale)
        assert kept == ("USD", "Europe/Berlin", "JP", "en")
        entry = unit.session.scalars(select(AuditEntry)).one()
    assert entry.change == {"currency": "USD", "zone": "Europe/Berlin", "locale": "en"}


@pytest.mark.parametrize(
    "wrong", [{"base_currency": "yen"}, {"zone": "Tokyo"}, {"country": "XX"}], ids=str
)
def test_a_default_that_does_not_exist_is_refused(
    office: tuple[Store, int], wrong: dict[str, str]
) -> None:
    store, ours = office
    with pytest.raises(BadInput), store.writing(ours) as unit:
        set_defaults(unit, "U1", **wrong)  # type: ignore[arg-type]
