"""Ids without an account, from the gaps page: kept by an import, asked for, linked once."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.gaps import gaps
from bot.commands.link_ids import link_ids, open_link_form
from bot.core.import_report import ImportReport, KindCount, Unlinked
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Locale, Role
from bot.registry import OPS, whole
from bot.services.imports.unlinked import count_unlinked, keep_unlinked, list_unlinked
from bot.store.tables import AccountAlias, AuditEntry, ImportBatch, Member
from bot.views.reply import CloseForm, FormErrors, OpenForm, Private
from tests.commands.desk import Desk
from tests.views.shown import elements_of, problems_of, text_of

pytestmark = pytest.mark.row("B1", "E6")


@pytest.fixture
def ops(desk: Desk) -> Member:
    return desk.hire("大野", Role.OPS)


def bring(desk: Desk, **rows: int) -> int:
    """An applied file with rows of ids that nobody answers to."""
    with desk.store.writing(desk.workspace.id) as unit:
        batch = ImportBatch(file_name="t.csv", sha256="", staged_at_path="", state="applied")
        batch.report, batch.started_at = {}, unit.at
        unit.add(batch)
        unit.session.flush()
        batch_id = batch.id
    apply(desk, batch_id, **rows)
    return batch_id


def apply(desk: Desk, batch_id: int, **rows: int) -> None:
    unlinked = tuple(Unlinked(ref, count) for ref, count in rows.items())
    counts = (KindCount("tickets", 1, 0, 0),)
    report = ImportReport(file_name="t.csv", counts=counts, unlinked=unlinked)
    with desk.store.writing(desk.workspace.id) as unit:
        keep_unlinked(unit, report, batch_id)


def refs(desk: Desk) -> list[tuple[str, int]]:
    with desk.store.reading(desk.workspace.id) as unit:
        assert count_unlinked(unit) == len(list_unlinked(unit, 99))
        return [(row.ref, row.row_count) for row in list_unlinked(unit, 99)]


def opened(desk: Desk, ops: Member, locale: Locale = Locale.JA) -> dict[str, Any]:
    reply = open_link_form(desk.ask(by=ops, locale=locale))
    assert isinstance(reply, OpenForm)
    return dict(reply.view)


def submit(desk: Desk, ops: Member, carried: dict[str, str], **fields: str) -> Any:
    return link_ids(desk.submit(carried, by=ops, **fields))


def test_an_applied_file_keeps_its_ids_until_it_is_read_without_them(desk: Desk) -> None:
    batch_id = bring(desk, X1=3, X2=40)
    assert refs(desk) == [("X2", 40), ("X1", 3)]
    other_id = bring(desk, X1=5)
    assert refs(desk) == [("X2", 40), ("X1", 5)]
    apply(desk, batch_id, X2=41)
    assert refs(desk) == [("X2", 41), ("X1", 5)]
    apply(desk, other_id)
    assert refs(desk) == [("X2", 41)]


def test_an_id_that_a_customer_list_has_named_since_is_asked_for_no_more(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    bring(desk, **{account.ref: 3, "Y": 1, "Z": 1})
    with desk.store.writing(desk.workspace.id) as unit:
        alias = {"account_id": account.id, "source": "tenant", "ref": "Y"}
        unit.add(AccountAlias(**alias, known_at=unit.at))
    assert refs(desk) == [("Z", 1)]


@pytest.mark.parametrize(
    ("locale", "told", "button"),
    [
        (Locale.JA, "X2(問い合わせ 40行)", "IDの顧客を選ぶ"),
        (Locale.EN, "X2 (Tickets, 40 rows)", "Choose"),
    ],
)
def test_the_gaps_page_opens_the_form_with_the_most_rows_first(
    desk: Desk, ops: Member, locale: Locale, told: str, button: str
) -> None:
    bring(desk, X1=3, X2=40, **{f"Y{n}": 1 for n in range(5)})
    shown = gaps(desk.ask(by=ops, locale=locale))
    assert isinstance(shown, Private)
    [found] = [
        each for each in elements_of(shown.message.blocks) if each["action_id"] == "link_ids"
    ]
    assert button in found["text"]["text"]
    view = opened(desk, ops, locale)
    labels = [each["label"]["text"] for each in view["blocks"][1:]]
    assert (len(labels), labels[0]) == (5, told)
    assert all(each["element"]["action_id"] == "account" for each in view["blocks"][1:])
    assert "2" in view["blocks"][0]["text"]["text"]


def test_only_ops_links_and_leads_see_no_button(desk: Desk) -> None:
    bring(desk, X1=3)
    shown = gaps(desk.ask(by=desk.hire("高橋", Role.LEAD)))
    assert isinstance(shown, Private)
    assert "link_ids" not in [each["action_id"] for each in elements_of(shown.message.blocks)]
    for kind in ("button", "form"):
        deed = whole().find(kind, "link_ids")
        assert deed is not None
        assert deed.roles == OPS


@pytest.mark.parametrize("locale", list(Locale))
def test_what_is_chosen_is_linked_and_the_rest_stays(
    desk: Desk, ops: Member, locale: Locale
) -> None:
    account = desk.add_account("アクメ商事")
    batch_id = bring(desk, X1=3, X2=40)
    carried = {"ref_0": f"{batch_id}:X2", "ref_1": f"{batch_id}:X1"}
    ask = desk.submit(carried, by=ops, ref_0=str(account.id), ref_1="")
    reply = link_ids(ask)
    assert isinstance(reply, CloseForm)
    assert reply.message is not None
    assert problems_of(reply.message) == []
    assert "X2 → アクメ商事" in text_of(reply.message)
    assert refs(desk) == [("X1", 3)]
    with desk.store.reading(desk.workspace.id) as unit:
        [told] = unit.session.scalars(select(AuditEntry).filter_by(action="alias_linked"))
        assert told.change == {"account": str(account.id)}
    assert [name for name, _ in desk.bench.asked] == ["read_received"]


def test_nothing_chosen_and_a_second_press_are_said_so(desk: Desk, ops: Member) -> None:
    account = desk.add_account("アクメ商事")
    batch_id = bring(desk, X1=3)
    carried = {"ref_0": f"{batch_id}:X1"}
    empty = submit(desk, ops, carried, ref_0="")
    assert isinstance(empty, FormErrors)
    assert list(empty.errors) == ["ref_0"]
    submit(desk, ops, carried, ref_0=str(account.id))
    with pytest.raises(AlreadyDone):
        submit(desk, ops, carried, ref_0=str(account.id))
    assert opened(desk, ops).get("submit") is None
