"""Finished runs as people read them, in their language. Writes nothing; free of numpy."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from bot.core.model_change import ModelChange
from bot.core.refusal import Refusal
from bot.core.validity import Chased, Validity, list_changed
from bot.core.validity_page import Proposed, RiskRow, RisksPage, ValidityPage, Warned
from bot.core.vocabulary import Role
from bot.frame.catalogue import load_catalogue
from bot.health.model import WEIGHTS, Grade
from bot.services.models.drafts import document_in_use
from bot.services.playbooks import list_active
from bot.services.validity.proposals import UP, Proposal, list_proposals
from bot.store.tables import Account
from bot.store.unit import Unit
from bot.store.validity import Made, find_before, find_newest

_GRADES = (Grade.NORMAL, Grade.IMPORTANT, Grade.MOST_IMPORTANT)


def find_page(
    unit: Unit, locale: str, zone: str, roles: frozenset[Role] = frozenset()
) -> ValidityPage | None:
    """The newest run; None before the first."""
    made = find_newest(unit)
    return build_page(unit, made, locale, zone, roles) if made else None


def build_page(
    unit: Unit, made: Made, locale: str, zone: str, roles: frozenset[Role] = frozenset()
) -> ValidityPage:
    """A run with what a reader of these roles may press."""
    before = find_before(unit, made.validity.run_on)
    document = document_in_use(unit)
    proposals = list_proposals(made.validity, document)
    called = {part.name: part.called(locale) for part in document.variants}
    return ValidityPage(
        run_id=made.run_id,
        made_at=made.made_at,
        validity=made.validity,
        labels=_list_labels(made.validity, locale),
        titles=_list_titles(unit, locale),
        changed=list_changed(before.validity, made.validity) if before else (),
        compared_on=before.validity.run_on if before else None,
        proposed=[_proposed(each, called) for each in proposals],
        zone=zone,
        may_draft=Role.OPS in roles,
        may_see_risks=Role.MANAGER in roles,
    )


def read_risks(unit: Unit) -> RisksPage:
    """The newest run's forecast by account; `validity_none` before the first."""
    made = find_newest(unit)
    if made is None:
        raise Refusal("validity_none")
    foretold = made.validity.foretold
    ids = [each.account_id for each in foretold.risks]
    rows = unit.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    names = {row.id: row.name for row in rows}
    shown = [RiskRow(names[e.account_id], e) for e in foretold.risks if e.account_id in names]
    return RisksPage(made.validity.run_on, foretold, shown)


def list_warned(unit: Unit, changes: Iterable[ModelChange], locale: str) -> list[Warned]:
    """Measures that gain weight by these changes though leaving does not follow them."""
    raised = {each.measure for each in changes if _raises(each)}
    made = find_newest(unit) if raised else None
    if made is None:
        return []
    titles = _list_titles(unit, locale)
    return [
        Warned(_label(each.measure, locale), titles.get(each.playbook, each.playbook), each)
        for each in made.validity.chased
        if each.is_flagged and each.measure in raised
    ]


def _raises(change: ModelChange) -> bool:
    if change.kind == "grade":
        return WEIGHTS[Grade(change.after)] > WEIGHTS[Grade(change.before)]
    return change.kind == "measure_added"


def _proposed(each: Proposal, called: Mapping[str, str]) -> Proposed:
    """As grades differ by variant, the lowest of them is told."""
    before = min((grade for _, grade in each.variants), key=_GRADES.index)
    after = _GRADES[_GRADES.index(before) + (1 if each.way == UP else -1)]
    names = [called[name] for name, _ in each.variants]
    return Proposed(each.finding, each.way, names, before.value, after.value)


def _list_labels(validity: Validity, locale: str) -> dict[str, str]:
    findings: Sequence[str] = [e.measure for e in validity.findings if e.is_of_model]
    chased: Sequence[Chased] = validity.chased
    return {name: _label(name, locale) for name in (*findings, *(e.measure for e in chased))}


def _label(measure: str, locale: str) -> str:
    known = load_catalogue().get(measure)
    return known.label.get(locale) if known else measure


def _list_titles(unit: Unit, locale: str) -> dict[str, str]:
    return {each.document.key: each.document.name.by_locale()[locale] for each in list_active(unit)}
