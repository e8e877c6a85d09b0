"""A draft of the health model tried on the workspace's own accounts, writing nothing.

For heavy work alone: it loads pandas. The accounts are read block by block; each block is scored by
both models as of today, and lives through the past nights with each. At last the draft is held
against how contracts ended.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

import numpy as np
from sqlalchemy import select

from bot.core.back_test import BackTest
from bot.core.band_flow import Flow
from bot.core.model_simulation import AlertLoad, OwnerLoad, Simulation
from bot.frame.build import build_frame
from bot.health.model import HealthDocument
from bot.health.score import judge_scores, score_frame
from bot.health.simulation import BandShifts
from bot.people import build_calendar
from bot.playbooks.matching import columns_of
from bot.services.blocks import read_next
from bot.services.health_models import ensure_active
from bot.services.models.looking_back import PastPlan, look_back, plan_past
from bot.services.outlook import Outlook, read_outlook
from bot.services.playbooks import ensure_shipped, list_active
from bot.services.watch.people import People
from bot.services.watch.rehearsal import Opened, Programme, Rehearsal, build_programme
from bot.store.book import count_active
from bot.store.bulk.episodes import read_owners
from bot.store.bulk.usage_read import BLOCK
from bot.store.tables import ManualScore, Member
from bot.store.unit import Store, Unit

# Of a larger workspace every so-manieth block lives through the nights.
MOST_BLOCKS = 12

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """What is the same for every block: both models, the nights, who answers for what."""

    documents: tuple[HealthDocument, HealthDocument]
    programme: Programme
    today: Outlook
    nights: Sequence[Outlook]
    people: People
    by_hand: frozenset[int]
    currency: str
    blocks: int
    past: PastPlan

    @property
    def steps(self) -> int:
        """Nights to live through and weeks to look back on, of all blocks."""
        return len(self.nights) * ceil(self.blocks / self.every) + len(self.past.days)

    @property
    def every(self) -> int:
        """Each so-manieth block lives through the nights."""
        return ceil(self.blocks / MOST_BLOCKS)


@dataclass
class _Alerts:
    """Counted by owner, model and week, and of how many accounts."""

    tell: Tell
    counts: Counter[tuple[int | None, int, int]] = field(default_factory=Counter)
    accounts: int = 0
    nights: int = 0


def simulate(
    store: Store,
    workspace_id: int,
    document: HealthDocument,
    revision: int,
    on: date,
    tell: Tell = lambda *_: None,
    size: int = BLOCK,
) -> Simulation:
    """What the draft would change; `tell` hears how many of how many nights are done."""
    active = ensure_active(store, workspace_id)
    ensure_shipped(store, workspace_id)
    with store.reading(workspace_id) as unit:
        plan = _plan(unit, (active.document, document), on, size)
    shifts, alerts = BandShifts(plan.by_hand), _Alerts(tell)
    after, number = -1, 0
    while (found := read_next(store, workspace_id, plan.today, after, size)) is not None:
        frame = build_frame(found.block, plan.today.columns)
        before, now = (score_frame(each, frame) for each in plan.documents)
        shifts.look(before, now, frame.table["arr"].to_numpy(dtype=np.float64))
        if number % plan.every == 0:
            _rehearse(store, workspace_id, plan, (after, size), alerts)
        after, number = int(found.block.account_ids[-1]), number + 1
    return Simulation(
        run_on=on,
        against=active.number,
        revision=revision,
        accounts=shifts.accounts,
        flow=Flow(plan.currency, on, on, shifts.list_moves(plan.currency)),
        first=shifts.first,
        unscored=shifts.unscored,
        coverage=shifts.coverage,
        by_hand=shifts.changed_by_hand,
        alerts=_sum_up(plan, alerts),
        past=_look_back(store, workspace_id, plan, alerts),
    )


def _plan(
    unit: Unit, documents: tuple[HealthDocument, HealthDocument], on: date, size: int
) -> Plan:
    programme = build_programme(list_active(unit), on, build_calendar(unit.workspace))
    scored = [name for document in documents for name in document.columns()]
    watched = columns_of([each.document for each in programme.versions])
    columns = tuple(dict.fromkeys((*scored, *watched)))
    return Plan(
        documents=documents,
        programme=programme,
        today=read_outlook(unit, on, dict.fromkeys((*scored, "arr"))),
        nights=[read_outlook(unit, night, columns) for night in programme.nights],
        people=People(unit.workspace, unit.session.scalars(select(Member)).all(), on),
        by_hand=_list_by_hand(unit, on),
        currency=unit.workspace.base_currency,
        blocks=max(ceil(count_active(unit) / size), 1),
        past=plan_past(unit, documents[1], programme.versions, on),
    )


def _list_by_hand(unit: Unit, on: date) -> frozenset[int]:
    in_force = (ManualScore.given_on <= on) & (ManualScore.expires_on >= on)
    return frozenset(unit.session.scalars(select(ManualScore.account_id).where(in_force)))


def _rehearse(
    store: Store, workspace_id: int, plan: Plan, which: tuple[int, int], alerts: _Alerts
) -> None:
    """One block through all nights, with both models."""
    rehearsals: list[Rehearsal] = []
    size = 0
    for outlook in plan.nights:
        found = read_next(store, workspace_id, outlook, *which)
        if found is None or size not in (0, len(found.block.account_ids)):
            # Accounts came or went meanwhile: the block is left out.
            return
        size = len(found.block.account_ids)
        rehearsals = rehearsals or [
            Rehearsal(plan.programme, each.bands.red_below, size) for each in plan.documents
        ]
        frame = build_frame(found.block, outlook.columns)
        for model, each in enumerate(rehearsals):
            document = plan.documents[model]
            scores = score_frame(document, frame)
            judged = judge_scores(document, frame, scores)
            opened = each.live(outlook.run_on, frame, scores, judged)
            if opened and outlook.run_on in plan.programme.counted:
                ids = found.block.account_ids.tolist()
                _count(store, workspace_id, plan, alerts, (model, outlook.run_on, ids, opened))
        alerts.nights += 1
        alerts.tell(alerts.nights, max(plan.steps, alerts.nights))
    alerts.accounts += size


def _look_back(store: Store, workspace_id: int, plan: Plan, alerts: _Alerts) -> BackTest:
    def tell(done: int) -> None:
        alerts.tell(alerts.nights + done, max(plan.steps, alerts.nights + done))

    return look_back(store, workspace_id, plan.past, tell)


def _count(
    store: Store,
    workspace_id: int,
    plan: Plan,
    alerts: _Alerts,
    night: tuple[int, date, list[int], list[Opened]],
) -> None:
    model, on, ids, opened = night
    week = plan.programme.counted.index(on) // 7
    with store.reading(workspace_id) as unit:
        owners = read_owners(unit, sorted({ids[at] for _, at in opened}))
    for number, at in opened:
        rule = plan.programme.versions[number].document.owner
        answers_id = plan.people.find_owner(rule, *owners[ids[at]])
        alerts.counts[answers_id, model, week] += 1


def _sum_up(plan: Plan, alerts: _Alerts) -> AlertLoad:
    """By whoever has most of them by the draft."""
    weeks = plan.programme.weeks
    owners = [
        OwnerLoad(
            owner,
            *(
                [alerts.counts[owner, model, week] for week in range(len(weeks))]
                for model in (0, 1)
            ),
        )
        for owner in {owner for owner, _, _ in alerts.counts}
    ]
    ranked = sorted(
        owners, key=lambda each: (-sum(each.after), -sum(each.before), each.member_id or 0)
    )
    return AlertLoad(weeks, ranked, alerts.accounts)
