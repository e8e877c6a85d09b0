"""`/sakidori summary [WEEK]`: a week for those who lead, and the decisions about its playbooks."""

from collections.abc import Iterator
from datetime import date

from bot.ask import Ask, Person
from bot.core.vocabulary import Verdict
from bot.core.week import Week, find_week, read_week
from bot.people import build_person
from bot.registry import LEADERS, button, command
from bot.services.playbook_drafts import find_draft
from bot.services.reviews import decide, find_editor
from bot.services.weekly import read_weekly
from bot.store import outbox
from bot.store.unit import Unit
from bot.store.weekly_playbooks import list_reviews
from bot.store.weekly_posts import find_mark, list_posts
from bot.views.playbook_draft import build_draft_told
from bot.views.reply import Message, Private, Reply
from bot.views.verdicts import Reader
from bot.views.weekly import WeeklyPage, build_weekly

# Another's decision may come while the summaries are written anew; theirs is told with ours.
_TRIES = 5


@button("summary", roles=LEADERS)
@command("summary", roles=LEADERS)
def summary(ask: Ask) -> Reply:
    """The last week's summary, or that of the week of a day."""
    days = read_week(ask.text, ask.today, ask.person.calendar)
    with ask.reading() as unit:
        page = read_page(unit, days, ask.person, ask.today)
    return Private(build_weekly(ask.say, page))


@button("verdict", roles=LEADERS)
def verdict(ask: Ask) -> Reply:
    """Record the decision; the message with the button and every manager's copy say so."""
    week, key, said = ask.value.split(":")
    week_on = date.fromisoformat(week)
    with ask.writing() as unit:
        decide(unit, week_on, key, Verdict(said), ask.person, ask.today)
    if said == Verdict.CHANGE:
        _tell_editor(ask, week_on, key)
    _tell_all(ask, week_on)
    with ask.reading() as unit:
        days = find_week(week_on, ask.person.calendar)
        page = read_page(unit, days, ask.person, ask.today)
    return Private(build_weekly(ask.say, page), replaces=True)


def read_page(unit: Unit, days: Week, person: Person, today: date) -> WeeklyPage:
    """The summary of a week for one reader."""
    editor = find_editor(unit)
    name = editor.name if editor else ""
    reader = Reader(person.member_id, person.zone, today, days.week_on, name)
    return WeeklyPage(read_weekly(unit, days, today), reader)


def _tell_editor(ask: Ask, week_on: date, key: str) -> None:
    """Whoever works on drafts is told in their own messages, once for each draft."""
    with ask.reading() as unit:
        editor, draft = find_editor(unit), find_draft(unit, key)
        reviews = [each for each in list_reviews(unit) if each.week_on == week_on]
        person = build_person(editor, unit.workspace) if editor else None
    if person is None or not person.slack_user or draft is None:
        return
    check_on = next((each.check_on for each in reviews if each.playbook == key), None)
    shown = build_draft_told(ask.ports.voices[person.locale], draft, ask.person.name, check_on)
    with ask.writing() as unit:
        outbox.put(
            unit,
            key=f"playbook_draft:{key}:{draft.version}:{week_on.isoformat()}",
            audience=person.slack_user,
            text=shown.text,
            blocks=shown.blocks,
            holds_customer_data=False,
        )


def _tell_all(ask: Ask, week_on: date) -> None:
    for _ in range(_TRIES):
        with ask.reading() as unit:
            mark = find_mark(unit, week_on)
            made = list(_build_copies(unit, ask, week_on))
        with ask.writing() as unit:
            for key, shown in made:
                outbox.put_update(unit, post_key=key, text=shown.text, blocks=shown.blocks)
            if find_mark(unit, week_on) == mark:
                return


def _build_copies(unit: Unit, ask: Ask, week_on: date) -> Iterator[tuple[str, Message]]:
    for key, member in list_posts(unit, week_on):
        person = build_person(member, unit.workspace)
        days = find_week(week_on, person.calendar)
        page = read_page(unit, days, person, ask.today)
        yield key, build_weekly(ask.ports.voices[person.locale], page)
