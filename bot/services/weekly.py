"""Gathers a week for those who lead, in a fixed number of statements."""

from dataclasses import replace
from datetime import date

from bot.core.decisions import has_many_false_alarms, list_decisions
from bot.core.playbook_week import PlaybookWeek
from bot.core.week import Week
from bot.core.weekly import Weekly
from bot.services.proposals import find_proposals
from bot.store.pulses import read_pulse_week
from bot.store.unit import Unit
from bot.store.weekly import read_flow, read_heard, read_planned, read_responses
from bot.store.weekly_deeds import read_moved
from bot.store.weekly_playbooks import list_playbooks
from bot.store.weekly_practices import read_practices
from bot.store.weekly_renewals import read_renewals


def read_weekly(unit: Unit, days: Week, today: date) -> Weekly:
    """The week as it is known today."""
    playbooks = read_playbooks(unit, days)
    return Weekly(
        days=days,
        flow=read_flow(unit, days, today),
        decisions=list_decisions(playbooks, days),
        renewals=read_renewals(unit, days, today),
        playbooks=playbooks,
        planned=read_planned(unit, days),
        moved=read_moved(unit, days),
        responses=read_responses(unit, days),
        heard=read_heard(unit, days),
        pulses=read_pulse_week(unit, days),
        practices=read_practices(unit, days),
    )


def read_playbooks(unit: Unit, days: Week) -> list[PlaybookWeek]:
    """The playbooks' weeks; those with many false alarms with how they could be set stricter."""
    playbooks = list_playbooks(unit, days)
    noisy = [each.key for each in playbooks if has_many_false_alarms(each)]
    proposals = find_proposals(unit, noisy, days)
    return [replace(each, proposal=proposals.get(each.key)) for each in playbooks]
