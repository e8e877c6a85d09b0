"""An alert and its tasks as rows. Refuses days off: whoever is to act must be at work that day."""

from typing import Any

from bot.core.vocabulary import Origin
from bot.playbooks.parts import SCORE
from bot.services.playbooks import PlaybookVersion
from bot.services.watch.evidence import build_evidence, find_deadline, find_step
from bot.services.watch.holding import Built
from bot.services.watch.morning import Morning
from bot.store.unit import Unit

Row = dict[str, Any]


class Builder:
    """Builds what one playbook opens in a block; what all of it share is put together once."""

    def __init__(self, unit: Unit, morning: Morning, number: int) -> None:
        """`number` is the playbook's place among the versions in use."""
        self._ids = unit.ids
        self._morning = morning
        self._eve = morning.eve
        self._standings = morning.standings[number]
        self._matches = [each.match for each in self._standings]
        version = morning.eve.versions[number]
        self._document = version.document
        self._moves = version.document.moves
        self._titles = {step.key: step.name.by_locale() for step in version.document.steps}
        opened = {"known_at": unit.at, "opened_on": self._eve.run_on, "opened_at": unit.at}
        self._of_episode = {**opened, **_of_episode(version)}
        self._of_task = {
            "known_at": unit.at,
            "made_on": self._eve.run_on,
            "origin": Origin.PLAYBOOK.value,
            "playbook": version.document.key,
            "playbook_version": version.number,
            "mover": version.document.mover.value,
        }

    def build(self, at: int, owner_id: int | None, second_id: int | None) -> Built | None:
        """The episode and its tasks for the account at place `at`.

        None on a day off of whoever is to act: it opens after that.
        """
        people = self._eve.people
        answers_id = people.find_owner(self._document.owner, owner_id, second_id)
        if not people.is_at_work(answers_id):
            return None
        whose = {"account_id": int(self._morning.account_ids[at]), "owner_id": answers_id}
        episode_id = self._ids.next()
        episode = {"id": episode_id, **whose, **self._of_episode, **self._as_seen(at)}
        return episode, self._build_tasks(at, episode_id, whose)

    def _as_seen(self, at: int) -> Row:
        score = _known(self._morning.seen.score[at])
        is_of_score = self._moves == SCORE
        value = None if is_of_score else _known(self._morning.seen.number(self._moves)[at])
        return {
            "step": find_step(self._matches, at),
            "band_then": self._morning.bands[at].value,
            "score_then": score,
            "value_then": score if is_of_score else value,
            "value_now": value,
            "evidence": build_evidence(self._standings, at),
        }

    def _build_tasks(self, at: int, episode_id: int, whose: Row) -> list[Row]:
        calendar = self._eve.people.calendar(whose["owner_id"])
        deadline_on = find_deadline(self._matches, at)
        return [
            {
                "id": self._ids.next(),
                "key": f"episode:{episode_id}:step:{step.key}",
                "episode_id": episode_id,
                "step": step.key,
                "title": self._titles[step.key],
                "due_on": due_on,
                **whose,
                **self._of_task,
            }
            for step, due_on in self._eve.due_days.list_due(self._document, calendar, deadline_on)
        ]


def _of_episode(version: PlaybookVersion) -> Row:
    document = version.document
    return {
        "playbook": document.key,
        "playbook_version": version.number,
        "open_as": document.key,
        "title": document.name.by_locale(),
        "is_watch": document.is_watch,
        "measure": document.moves,
    }


def _known(value: float) -> float | None:
    return float(value) if value == value else None
