"""The meeting view: overdue, waiting, the rest of the month's list, the days to come, how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.account_card import BookRow
from bot.core.meeting import Ahead, Meeting, Waiting
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.vocabulary import TaskState
from bot.views.blocks import actions, context, section
from bot.views.elements import button, overflow
from bot.views.limits import escape_plain, shorten
from bot.views.reply import Block, Message
from bot.views.share_form import MEETING
from bot.views.surfaces import fit, message
from bot.views.words import named, word

OF = "meeting_of"
_NAME, _TITLE = 60, 100


@dataclass(frozen=True)
class MeetingPage:
    """A meeting about `name`, for one reader; it can be shared where `member_id` is given."""

    name: str
    today: date
    found: Meeting
    member_id: int | None = None


def build_meeting_view(say: Say, page: MeetingPage) -> Message:
    """Groups in the order they are gone through; with nothing to do it is one line."""
    found = page.found
    told = say(
        "meeting",
        "nothing" if found.is_empty else "lead",
        name=shorten(page.name, _NAME),
        today=page.today,
        until_on=found.until_on,
        overdue=len(found.overdue),
        waiting=len(found.waiting),
        monthly=len(found.monthly),
        coming=len(found.coming),
    )
    head = [section(told), context(_progress(say, page))]
    tail = [context(say("meeting", "later", count=found.later))] if found.later else []
    if page.member_id is not None and not found.is_empty:
        tail += actions([button(word(say, "share"), MEETING, str(page.member_id))])
    return message(told, fit(head, _groups(say, page), tail, lambda left: _rest(say, left)))


def build_who(say: Say, said: str, people: Sequence[tuple[str, int]], *, is_near: bool) -> Message:
    """Whom a name may mean, each a button; `is_near` where nobody is called so."""
    told = say("meeting", "who", said=shorten(said, _NAME), count=len(people), is_near=is_near)
    ways = [
        button(escape_plain(name), OF, str(member_id), number=number)
        for number, (name, member_id) in enumerate(people, start=1)
    ]
    return message(told, [section(told), *actions(ways)])


def _progress(say: Say, page: MeetingPage) -> str:
    made = page.found.progress
    return say(
        "meeting",
        "progress",
        month=page.today,
        planned=made.planned,
        done=made.done,
        besides=made.besides,
        share=made.share,
    )


def _groups(say: Say, page: MeetingPage) -> list[list[Block]]:
    found, today = page.found, page.today
    groups = (
        ("overdue", [_task(say, each, today) for each in found.overdue]),
        ("waiting", [_waiting(say, each, today) for each in found.waiting]),
        ("monthly", [_task(say, each, today) for each in found.monthly]),
        ("coming", [_coming(say, each, today) for each in found.coming]),
    )
    return [
        _titled(say, name, rows, number, page)
        for name, rows in groups
        for number in range(len(rows))
    ]


def _titled(
    say: Say, name: str, rows: Sequence[Block], number: int, page: MeetingPage
) -> list[Block]:
    """A row; the first of a group brings the group's name and count."""
    if number:
        return [rows[number]]
    until_on = page.found.until_on
    told = say("meeting", f"group_{name}", count=len(rows), until_on=until_on, month=page.today)
    return [section(told), rows[0]]


def _task(say: Say, task: TaskRow, today: date) -> Block:
    late = (today - task.due_on).days if task.is_overdue(today) else 0
    about = say("meeting", "due", due_on=task.due_on, late=late, today=today)
    return _row(say, task.row, task.named(say.locale), about, _ways(say, task))


def _waiting(say: Say, waiting: Waiting, today: date) -> Block:
    task = waiting.task
    about = say(
        "meeting",
        "waits",
        since_on=waiting.since_on,
        until_on=task.waiting_until_on,
        is_to_ask=task.is_to_ask(today),
        more=waiting.more,
        today=today,
    )
    return _row(say, task.row, task.named(say.locale), about, _ways(say, task))


def _coming(say: Say, coming: TaskRow | Ahead, today: date) -> Block:
    if isinstance(coming, TaskRow):
        return _task(say, coming, today)
    what = say("meeting", f"ahead_{coming.kind}")
    about = say("meeting", "on", on=coming.on, today=today)
    ref = str(coming.row.id)
    ways = [(word(say, name), name, ref) for name in ("card", "touch")]
    return _row(say, coming.row, what, about, ways)


def _row(
    say: Say, row: BookRow, what: str, about: str, ways: Sequence[tuple[str, str, str]]
) -> Block:
    told = say(
        "meeting",
        "row",
        mark=named(say, "mark", row.standing.band),
        name=shorten(row.name, _NAME),
        arr=row.arr,
        what=shorten(what, _TITLE),
    )
    return section(f"{told}\n{about}", overflow(ways))


def _ways(say: Say, task: TaskRow) -> list[tuple[str, str, str]]:
    ref, is_open = str(task.id), task.state is TaskState.OPEN
    names = ["task_done", "task_wait" if is_open else "task_again", "task_move", "task_hand"]
    entries = [(say("meeting", name), name, ref) for name in names]
    return [*entries, (word(say, "card"), "card", str(task.row.id))]


def _rest(say: Say, left: int) -> list[Block]:
    return [context(say("words", "and_more", count=left))]
