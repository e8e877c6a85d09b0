"""The health model's versions as people read them, in their language. Writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from bot.ask import Person
from bot.core.model_change import ModelChange
from bot.core.model_page import (
    Ceiling,
    Draft,
    Model,
    ModelPage,
    Step,
    Variant,
    VersionLine,
    Weight,
)
from bot.core.model_simulation import Simulation
from bot.core.vocabulary import Role
from bot.frame.catalogue import get_measure, load_catalogue
from bot.health.changes import list_changes
from bot.health.model import Cap, HealthDocument, Weighed, read_document
from bot.health.model import Variant as Part
from bot.services.health_models import ACTIVE, SHIPPED
from bot.services.models.approval import APPROVERS, needs_second
from bot.services.models.drafts import IN_WORK, document_in_use, find_draft, name_of
from bot.services.validity.pages import list_warned
from bot.store.tables import Account, AuditEntry, HealthModel, Member
from bot.store.unit import Unit

_MOST_STEPS = 8
_STEPS = ("draft_made", "draft_changed", "simulated", "approval_asked", "rejected")


def read_page(unit: Unit, reader: Person) -> ModelPage:
    """What is in use; sqlalchemy's NoResultFound in a workspace that has no model yet."""
    rows = list(unit.session.scalars(select(HealthModel).order_by(HealthModel.version.desc())))
    active = next(row for row in rows if row.status == ACTIVE)
    lines = {row.version: _line(unit, row) for row in rows}
    draft = next((lines[row.version] for row in rows if row.status in IN_WORK), None)
    return ModelPage(
        line=lines[active.version],
        model=build_model(read_document(active.document), reader.locale),
        history=[lines[row.version] for row in rows if row.status not in (ACTIVE, *IN_WORK)],
        draft=draft,
        zone=reader.zone,
        may_edit=reader.has(Role.OPS),
    )


def find_page_of_draft(unit: Unit, reader: Person) -> Draft | None:
    """The draft with what it changes; None while there is none."""
    row = find_draft(unit)
    if row is None:
        return None
    document = read_document(row.document)
    in_use = document_in_use(unit)
    called = _list_called((in_use, document), reader.locale)
    changes = list_changes(in_use, document)
    is_own = row.changed_by == reader.slack_user
    simulation = Simulation.from_json(row.simulation) if row.simulation else None
    return Draft(
        line=_line(unit, row),
        revision=row.revision,
        model=build_model(document, reader.locale),
        changes=[_labelled(each, reader.locale, called) for each in changes],
        steps=_list_steps(unit, row),
        simulation=simulation,
        is_own=is_own,
        may_approve=reader.has(*APPROVERS) and not (is_own and needs_second(unit)),
        names=_list_names(unit, simulation) if simulation else {},
        warned=list_warned(unit, changes, reader.locale),
    )


def build_model(document: HealthDocument, locale: str) -> Model:
    """The document in the reader's words."""
    return Model(
        name=document.name,
        red_below=document.bands.red_below,
        green_from=document.bands.green_from,
        least_coverage=document.least_coverage,
        variants=[_variant(each, locale) for each in document.variants],
    )


def _variant(part: Part, locale: str) -> Variant:
    when = part.when.model_dump(mode="json")
    return Variant(
        name=part.name,
        label=part.called(locale),
        when={name: value for name, value in when.items() if value not in (None, [])},
        weights=[_weight(each, locale) for each in part.measures],
        ceilings=[_ceiling(each, locale) for each in part.caps],
    )


def _weight(each: Weighed, locale: str) -> Weight:
    measure = get_measure(each.measure)
    label, unit = measure.label.get(locale), measure.unit.value
    return Weight(each.measure, label, unit, each.grade.value, each.curve)


def _ceiling(cap: Cap, locale: str) -> Ceiling:
    measure = get_measure(cap.measure)
    return Ceiling(
        measure=cap.measure,
        label=measure.label.get(locale),
        meaning=measure.meaning.get(locale),
        unit=measure.unit.value,
        at_least=cap.at_least,
        at_most=cap.at_most,
        score_at_most=cap.score_at_most,
    )


def _line(unit: Unit, row: HealthModel) -> VersionLine:
    by = row.changed_by or row.made_by
    return VersionLine(
        number=row.version,
        status=row.status,
        by="" if by == SHIPPED else name_of(unit, by),
        at=row.approved_at or row.changed_at or row.made_at,
        approved_by=name_of(unit, row.approved_by) if row.approved_by else "",
        note=row.note,
    )


def _list_called(documents: Iterable[HealthDocument], locale: str) -> dict[str, str]:
    """Each variant's label by its name; the last document's leads."""
    return {part.name: part.called(locale) for one in documents for part in one.variants}


def _labelled(change: ModelChange, locale: str, called: Mapping[str, str]) -> ModelChange:
    """With the words of the reader's language in the place of names."""
    name = change.variant or ""
    change = replace(change, called=called.get(name, name))
    if change.kind == "order":
        orders = [[called[each] for each in names] for names in (change.before, change.after)]
        return replace(change, before=orders[0], after=orders[1])
    if change.kind == "label":
        words = [each[locale] if each else name for each in (change.before, change.after)]
        return replace(change, before=words[0], after=words[1])
    known = load_catalogue().get(change.measure or "")
    if known is None:
        return change
    return replace(change, label=known.label.get(locale), unit=known.unit.value)


def _list_steps(unit: Unit, row: HealthModel) -> Sequence[Step]:
    """The newest that were done with it, oldest first."""
    wanted = (
        select(AuditEntry)
        .where(AuditEntry.subject == str(row.version))
        .where(AuditEntry.action.in_([f"health_model_{each}" for each in _STEPS]))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(_MOST_STEPS)
    )
    return [
        Step(each.action, name_of(unit, each.actor), each.at, str(each.change.get("reason", "")))
        for each in reversed(list(unit.session.scalars(wanted)))
    ]


def _list_names(unit: Unit, simulation: Simulation) -> dict[int, str]:
    """Names of the accounts and members that a simulation speaks of."""
    accounts = [each.account_id for each in simulation.first]
    owners = [each.member_id for each in simulation.alerts.owners if each.member_id is not None]
    found: dict[int, str] = {}
    for table, ids in ((Account, accounts), (Member, owners)):
        rows = unit.session.execute(select(table.id, table.name).where(table.id.in_(ids)))
        found |= {row.id: row.name for row in rows}
    return found
