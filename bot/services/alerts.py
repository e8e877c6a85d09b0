"""Reads all that an alert's message shows. Free of numpy; writes nothing."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from bot.core.alert import AlertRow
from bot.core.alert_page import AlertPage, Coverage
from bot.core.explanation import MISSING, TOO_LITTLE
from bot.core.refusal import Refusal
from bot.core.vocabulary import Locale
from bot.playbooks.document import PlaybookDocument, read_playbook
from bot.services.explain import find_explanation
from bot.store.cards import list_history
from bot.store.episodes import get_alert, list_by_id
from bot.store.outcomes import list_of_episode, list_of_episodes
from bot.store.standing import last_run_on
from bot.store.tables import Playbook, ScoreRun
from bot.store.unit import Unit


def read_alert(unit: Unit, episode_id: int, today: date, zone: str, locale: Locale) -> AlertPage:
    """The alert for a reader of `locale` whose clock is `zone`'s; an unknown id is refused."""
    alert = _get_alert(unit, episode_id, today)
    run = unit.session.scalars(select(ScoreRun).filter_by(run_on=last_run_on(today))).first()
    play = find_playbook(unit, alert.playbook, alert.playbook_version)
    return AlertPage(
        alert=alert,
        today=today,
        zone=zone,
        history=list_history(unit, alert.row.id, today),
        coverage=_read_coverage(unit, alert.row.id, today, locale),
        run_at=run.finished_at if run else None,
        outcomes=list_of_episode(unit, episode_id, today),
        results={each.key: each.name.by_locale()[locale] for each in play.results} if play else {},
        belief=play.hypothesis.by_locale()[locale] if play else "",
    )


def read_marks(unit: Unit, episode_ids: Sequence[int], today: date, zone: str) -> dict[int, str]:
    """The marks of these alerts' pages; nothing else of a page is read for them."""
    alerts = list_by_id(unit, episode_ids, today)
    outcomes = list_of_episodes(unit, episode_ids, today)
    return {
        each.id: AlertPage(each, today, zone, outcomes=outcomes.get(each.id, ())).mark
        for each in alerts
    }


def find_playbook(unit: Unit, key: str, version: int) -> PlaybookDocument | None:
    """The playbook as the alert was opened with it; None where it is not on file."""
    wanted = select(Playbook.document).filter_by(key=key, version=version)
    document = unit.session.scalars(wanted).one_or_none()
    return read_playbook(document) if document else None


def _get_alert(unit: Unit, episode_id: int, today: date) -> AlertRow:
    try:
        return get_alert(unit, episode_id, today)
    except NoResultFound as problem:
        raise Refusal("no_such_alert") from problem


def _read_coverage(unit: Unit, account_id: int, today: date, locale: Locale) -> Coverage:
    told = find_explanation(unit, account_id, today, locale)
    if told is None:
        return Coverage()
    lacking = [each.label for each in told.reasons if each.state in (MISSING, TOO_LITTLE)]
    too_old = [each.label for each in told.too_old()]
    return Coverage(told.used, len(told.reasons), too_old, lacking)
