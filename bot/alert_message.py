"""Keeps the one message of an alert as the alert stands, in the language of whoever reads there.

Whoever changed an alert calls `refresh` afterwards; an alert without a message is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.ask import Ask, JobTurn
from bot.core.alert_page import AlertPage
from bot.core.hours import local_day
from bot.core.say import Say
from bot.people import read_locale
from bot.services.alerts import read_alert, read_marks
from bot.services.episodes import lock_episode
from bot.store import outbox
from bot.store.alert_messages import (
    Reader,
    find_message,
    list_marks,
    list_messages,
    log_key,
    next_key,
    read_reader,
)
from bot.store.episodes import get_alert
from bot.store.tables import OutboxItem
from bot.store.unit import Unit
from bot.views.alert import build_alert, build_moved
from bot.views.alert_log import LogLine, list_lines
from bot.views.blocks import section
from bot.views.reply import Message

# Somebody may act between reading and writing; so many times it is read anew.
_ATTEMPTS = 5

Lines = Sequence[tuple[str, str]]


def refresh(where: Ask | JobTurn, episode_id: int, *log: LogLine) -> None:
    """Say the alert anew in its place, and in its thread what has happened and was not said yet."""
    for _ in range(_ATTEMPTS):
        with where.reading() as unit:
            post = find_message(unit, episode_id)
            if post is None:
                return
            reader = read_reader(unit, post.audience)
            page = _read(where, unit, episode_id, reader)
        say = _voice(where, reader)
        shown, lines = build_alert(say, page), _render(say, page, log)
        with where.writing() as unit:
            if not _has_moved(unit, page):
                outbox.put_update(unit, post_key=post.key, text=shown.text, blocks=shown.blocks)
                _put_lines(unit, episode_id, post.key, post.audience, lines)
                return


def tell(where: Ask | JobTurn, episode_id: int, audience: str, *log: LogLine) -> bool:
    """Give the alert its message at `audience`; False where it stands there or was told meanwhile.

    A message elsewhere, of whoever answered for it before, is left with a line that says so. What
    has ended meanwhile needs no first message.
    """
    for _ in range(_ATTEMPTS):
        with where.reading() as unit:
            post = find_message(unit, episode_id)
            reader = read_reader(unit, audience)
            page = _read(where, unit, episode_id, reader)
            before = read_reader(unit, post.audience) if post else reader
        if post is None and not page.alert.is_open:
            return False
        if post is not None and post.audience == audience:
            _tell_in_place(where, episode_id, log)
            return False
        told = _Told(audience, build_alert(_voice(where, reader), page), post)
        lines = _render(_voice(where, reader), page, log)
        moved = build_moved(_voice(where, before), page)
        with where.writing() as unit:
            if not _has_moved(unit, page):
                return _put_anew(unit, episode_id, told, moved, lines)
    return False


def list_out_of_date(where: Ask | JobTurn, episode_ids: Sequence[int]) -> list[int]:
    """Alerts whose message says something else than how they stand, but for the day, in order.

    Read all at once: what a mark is made of and no more, in a fixed number of statements for each
    200 alerts and each place where they are read.
    """
    with where.reading() as unit:
        posts = list_messages(unit, episode_ids)
        said = list_marks(unit, list(posts.values()))
        readers = {each: read_reader(unit, each) for each in {p.audience for p in posts.values()}}
        marks: dict[int, str] = {}
        for audience, reader in readers.items():
            theirs = [key for key, post in posts.items() if post.audience == audience]
            marks |= read_marks(unit, theirs, _today(where, reader), reader.zone)
    return [key for key in episode_ids if key in posts and said[posts[key].id] != marks.get(key)]


def _read(where: Ask | JobTurn, unit: Unit, episode_id: int, reader: Reader) -> AlertPage:
    today = _today(where, reader)
    return read_alert(unit, episode_id, today, reader.zone, read_locale(reader.locale))


def _today(where: Ask | JobTurn, reader: Reader) -> date:
    return local_day(where.at, reader.zone)


def _voice(where: Ask | JobTurn, reader: Reader) -> Say:
    return where.ports.voices[read_locale(reader.locale)]


def _render(say: Say, page: AlertPage, log: Sequence[LogLine]) -> Lines:
    return [(each.key, each.render(say)) for each in (*log, *list_lines(page))]


def _has_moved(unit: Unit, page: AlertPage) -> bool:
    """Under the alert's lock: whether it stands otherwise by now than when it was read."""
    lock_episode(unit, page.alert.id)
    return get_alert(unit, page.alert.id, page.today) != page.alert


def _mark_told(unit: Unit, episode_id: int) -> bool:
    episode = lock_episode(unit, episode_id)
    if episode.told_at is not None:
        return False
    episode.told_at = unit.at
    return True


@dataclass(frozen=True)
class _Told:
    """A message for an audience, and the post in whose stead it comes, if any."""

    audience: str
    shown: Message
    instead_of: OutboxItem | None


def _tell_in_place(where: Ask | JobTurn, episode_id: int, log: Sequence[LogLine]) -> None:
    refresh(where, episode_id, *log)
    with where.writing() as unit:
        _mark_told(unit, episode_id)


def _put_anew(unit: Unit, episode_id: int, told: _Told, moved: Message, lines: Lines) -> bool:
    if not _mark_told(unit, episode_id):
        return False
    key, shown = next_key(unit, episode_id), told.shown
    outbox.put(unit, key=key, audience=told.audience, text=shown.text, blocks=shown.blocks)
    if told.instead_of is not None:
        before = told.instead_of.key
        outbox.put_update(unit, post_key=before, text=moved.text, blocks=moved.blocks)
    _put_lines(unit, episode_id, key, told.audience, lines)
    return True


def _put_lines(unit: Unit, episode_id: int, post_key: str, audience: str, lines: Lines) -> None:
    for what, text in lines:
        outbox.put(
            unit,
            key=log_key(episode_id, what),
            audience=audience,
            text=text,
            blocks=[section(text)],
            thread_of_key=post_key,
        )


__all__ = ["LogLine", "list_out_of_date", "refresh", "tell"]
