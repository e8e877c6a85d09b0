"""The weekly summary: bands, what to decide, renewals, playbooks, work. Refuses a share without n.

Every playbook can be decided on once a week; where it stands among the questions, it is decided
there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.decisions import MOST
from bot.core.leaving import find_mender, read_reason
from bot.core.practice import Practice
from bot.core.renewals import Renewed, Tally
from bot.core.say import Say
from bot.core.voc import CATEGORIES
from bot.core.vocabulary import Mover
from bot.core.weekly import Weekly
from bot.views.blocks import context, section
from bot.views.elements import button
from bot.views.flow import build_flow
from bot.views.limits import shorten
from bot.views.practice_draft import FORM as PRACTICE
from bot.views.pulse import render_pulse_week
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.verdicts import Reader, build_idle, build_playbook, build_question

_NAME, _REASON, _TOPIC = 60, 60, 40
_LEFT, _PRACTICES = 3, 3


@dataclass(frozen=True)
class WeeklyPage:
    """A summary for one reader."""

    weekly: Weekly
    reader: Reader


def build_weekly(say: Say, page: WeeklyPage) -> Message:
    """The summary; of a week in which nothing happened it is short."""
    weekly = page.weekly
    told = say(
        "weekly",
        "fallback",
        decisions=len(weekly.decisions[:MOST]),
        due=weekly.renewals.due.count,
        **_days(page),
    )
    return message(told, _build_blocks(say, page))


def _build_blocks(say: Say, page: WeeklyPage) -> list[Block]:
    weekly = page.weekly
    head = [
        section(say("weekly", "lead", weeks=weekly.days.weeks, **_days(page))),
        *build_flow(say, weekly.flow),
        *_decisions(say, page),
    ]
    notes = context(say("weekly", "notes", run_on=weekly.flow.to_on))
    if weekly.is_quiet:
        return [*head, section(say("weekly", "quiet")), notes]
    head += [section(_renewals(say, weekly)), *_playbooks_title(say, weekly)]
    work = [section(_work(say, weekly)), *_pulses(say, weekly)]
    tail = [*_practices(say, weekly), *work, notes]
    rows = _playbooks(say, page)
    return fit(head, rows, tail, lambda left: [_rest(say, left)])


def _days(page: WeeklyPage) -> dict[str, object]:
    days, today = page.weekly.days, page.reader.today
    return {
        "since_on": days.since_on,
        "until_on": days.until_on,
        "is_running": today <= days.until_on,
        "is_last": page.reader.is_last,
        "today": today,
    }


def _decisions(say: Say, page: WeeklyPage) -> list[Block]:
    asked = page.weekly.decisions
    if not asked:
        return [section(say("weekly", "no_decisions"))]
    more = max(0, len(asked) - MOST)
    made = [section(say("weekly", "decisions", count=len(asked[:MOST]), more=more))]
    for place, decision in enumerate(asked[:MOST], start=1):
        made += build_question(say, decision, place, page.reader)
    return made


def _renewals(say: Say, weekly: Weekly) -> str:
    renewals = weekly.renewals
    if not renewals.due.count:
        return say("weekly", "no_renewals")
    told = say(
        "weekly",
        "renewals",
        due=_tally(say, renewals.due),
        kept=_tally(say, renewals.kept),
        lost=_tally(say, renewals.lost),
        pending=_tally(say, renewals.pending),
        has_pending=bool(renewals.pending.count),
        share=renewals.kept_share,
    )
    return "\n".join([told, *_left(say, renewals.left)])


def _left(say: Say, left: Sequence[Renewed]) -> list[str]:
    lines = [_one_left(say, each) for each in left[:_LEFT]]
    rest = len(left) - len(lines)
    return [*lines, say("weekly", "more_left", count=rest)] if rest else lines


def _one_left(say: Say, each: Renewed) -> str:
    reason = each.reason or ""
    return say(
        "weekly",
        "left",
        name=shorten(each.name, _NAME),
        amount=each.amount,
        reason=shorten(reason, _REASON) if reason else "",
        mender=find_mender(read_reason(reason)) if reason else "",
    )


def _practices(say: Say, weekly: Weekly) -> list[Block]:
    """What repeated outside playbooks: candidates for one, and what is too early to judge."""
    shown = weekly.practices[:_PRACTICES]
    if not shown:
        return []
    return [section(say("practice", "lead")), *(_practice(say, each) for each in shown)]


def _practice(say: Say, each: Practice) -> Block:
    """A candidate has the way to a draft, until there is a playbook of it."""
    told = say(
        "practice",
        "candidate" if each.is_candidate else "too_few",
        title=shorten(each.title, _NAME),
        runs=each.runs,
        accounts=each.accounts,
        compared=each.compared,
        difference=each.difference,
        status=each.status,
    )
    if not each.is_candidate or each.status:
        return section(told)
    return section(told, button(say("practice", "draft"), PRACTICE, str(each.task_id)))


def _tally(say: Say, tally: Tally) -> str:
    base = [tally.money.base_sum] if tally.money.base_sum else []
    moneys = [*base, *tally.money.apart]
    return say("weekly", "tally", count=tally.count, moneys=moneys, unpriced=tally.unpriced)


def _playbooks_title(say: Say, weekly: Weekly) -> list[Block]:
    is_idle = all(each.is_quiet for each in weekly.playbooks)
    return [section(say("weekly", "no_playbooks" if is_idle else "playbooks"))]


def _playbooks(say: Say, page: WeeklyPage) -> list[list[Block]]:
    weekly = page.weekly
    asked = {each.about.key for each in weekly.decisions[:MOST]}
    busy = [each for each in weekly.playbooks if not each.is_quiet]
    idle = [each for each in weekly.playbooks if each.is_quiet]
    rows = [build_playbook(say, each, page.reader, is_asked=each.key in asked) for each in busy]
    return [*rows, *([build_idle(say, idle)] if idle and busy else [])]


def _rest(say: Say, left: int) -> Block:
    return context(say("weekly", "and_more_playbooks", count=left))


def _work(say: Say, weekly: Weekly) -> str:
    planned, moved, responses = weekly.planned, weekly.moved, weekly.responses
    middle = responses.median
    return say(
        "weekly",
        "work",
        due=planned.due,
        done=planned.done,
        total=moved.total,
        us=moved.us,
        them=moved.them,
        us_share=moved.share(Mover.US),
        them_share=moved.share(Mover.THEM),
        told=responses.told,
        answered=len(responses.waits),
        open_count=responses.open_count,
        minutes=None if middle is None else int(middle.total_seconds() // 60),
        heard=weekly.heard.count,
        topic=_topic(say, weekly.heard.topic),
        topic_count=weekly.heard.topic_count,
    )


def _pulses(say: Say, weekly: Weekly) -> list[Block]:
    """Counts alone: a feeling is between a CSM and the card."""
    told = render_pulse_week(say, weekly.pulses)
    return [section(told)] if told else []


def _topic(say: Say, topic: str | None) -> str:
    """The form's own topics have names in both languages, a team's words are what they are."""
    if topic in CATEGORIES:
        return say("voc", f"category_{topic}")
    return shorten(topic or "", _TOPIC)
