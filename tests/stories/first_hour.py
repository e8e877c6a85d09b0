"""A company to set up, and the ways a person of ops walks through it."""

from sqlalchemy import select

from bot.core.vocabulary import Band
from bot.store.tables import (
    Account,
    AccountScore,
    AuditEntry,
    HealthModel,
    Member,
    Task,
    Workspace,
)
from tests.commands.records import TODAY, Records
from tests.house import (
    OPS,
    SATO,
    House,
)


def furnish(house: House, language: str) -> Records:
    with house.bot.store.writing(house.workspace.id) as unit:
        ops = unit.session.scalars(select(Member).filter_by(slack_user=OPS)).one()
        ops.locale = language
        sato = unit.session.scalars(select(Member).filter_by(slack_user=SATO)).one()
        unit.session.expunge(sato)
    records = Records(house.bot.store, house.workspace.id, sato)
    records.keep_model()
    for number in range(12):
        score = 40.0 + 5 * number
        band = Band.RED if score < 50 else Band.GREEN if score >= 70 else Band.YELLOW
        account = records.add_account(f"顧客{number:02}社", arr=1_000_000 * (number + 1))
        records.score(account, TODAY, score, band)
    return records


def workspace_of(house: House) -> Workspace:
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.workspace


def change(house: House, account_name: str, **values: object) -> None:
    with house.bot.store.writing(house.workspace.id) as unit:
        found = unit.session.scalars(select(Account).filter_by(name=account_name)).one()
        for name, value in values.items():
            setattr(found, name, value)


def owner_of(house: House, account_name: str) -> str | None:
    with house.bot.store.reading(house.workspace.id) as unit:
        wanted = (
            select(Member.slack_user)
            .join(Account, Account.owner_id == Member.id)
            .where(Account.name == account_name)
        )
        return unit.session.scalar(wanted)


def audited(house: House) -> list[str]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(AuditEntry.action)))


def tasks_of(house: House) -> list[Task]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(Task).order_by(Task.due_on, Task.id)))


def open_setup(house: House, user: str = OPS) -> str:
    house.says(user, "/sakidori setup")
    return house.form(user)


def walk_to(house: House, number: int) -> str:
    """The form of a step, by pressing Next with nothing filled in."""
    form = open_setup(house)
    for _ in range(number - 1):
        assert house.submits(OPS)["updated"]
        form = house.form(OPS)
    return form


def field_of(house: House, user: str, prefix: str) -> str:
    """The block of the form whose name begins so."""
    blocks = house.visitor.modal(user)["blocks"]
    return str(next(each["block_id"] for each in blocks if each["block_id"].startswith(prefix)))


def begin(house: House) -> None:
    walk_to(house, 6)
    assert house.submits(OPS)["closed"]
    house.send()


def models(house: House) -> list[tuple[int, str]]:
    with house.bot.store.reading(house.workspace.id) as unit:
        rows = unit.session.scalars(select(HealthModel).order_by(HealthModel.version))
        return [(row.version, row.status) for row in rows]


def bands(house: House) -> list[str]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(AccountScore.band).order_by(AccountScore.score)))


def id_of(house: House, user: str) -> int:
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.session.scalars(select(Member.id).filter_by(slack_user=user)).one()
