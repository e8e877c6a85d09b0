"""A playbook in the summary: its figures, and the buttons by which it is decided on.

Refuses a single press where it cannot be taken back lightly: retiring, and deciding on few cases,
ask once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.decisions import Decision, Question, false_alarm_share
from bot.core.interval import FEWEST
from bot.core.playbook_week import RETIRED, PlaybookWeek, Review
from bot.core.say import Say
from bot.core.thresholds import Proposal
from bot.core.vocabulary import CommonResult, Verdict
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button, confirming, overflow
from bot.views.limits import shorten
from bot.views.reply import Block
from bot.views.words import named, word

DEED = "verdict"
_NAME, _RESULTS = 60, 4


@dataclass(frozen=True)
class Reader:
    """Who reads, on which clock and day; `week_on` is the week told, `editor` works on drafts."""

    member_id: int
    zone: str
    today: date
    week_on: date
    editor: str = ""

    @property
    def is_last(self) -> bool:
        """Whether the week told is the last one, and is called so."""
        return 7 <= (self.today - self.week_on).days < 14


def build_question(say: Say, decision: Decision, place: int, reader: Reader) -> list[Block]:
    """A question with its answers, or the answer that was given."""
    about = decision.about
    told = _asked(say, decision, place, reader)
    if decision.question is Question.UNOWNED:
        return [section(told), *actions(_unowned(say, about))]
    if about.review is not None:
        return _answered(say, told, about, about.review, reader)
    return [section(told), *actions(_answers(say, decision, reader))]


def build_playbook(
    say: Say, playbook: PlaybookWeek, reader: Reader, *, is_asked: bool
) -> list[Block]:
    """Its line, with buttons unless it is among the questions or no longer in use."""
    told = _figures(say, playbook, reader)
    if is_asked:
        return [section(told)]
    if playbook.review is not None:
        return _answered(say, told, playbook, playbook.review, reader)
    if playbook.known.status == RETIRED:
        return [section(told)]
    return [section(told), *actions(_usual(say, playbook, reader))]


def build_idle(say: Say, playbooks: Sequence[PlaybookWeek]) -> list[Block]:
    """The names of those that did nothing."""
    return [context(say("weekly", "idle", names=[_name(say, each) for each in playbooks]))]


def _asked(say: Say, decision: Decision, place: int, reader: Reader) -> str:
    about, last = decision.about, decision.about.last_review
    said: dict[str, object] = {"place": place, "name": _name(say, about)}
    match decision.question:
        case Question.CHECK if last is not None:
            said |= {
                "check_on": last.check_on,
                "decided_at": last.decided_at,
                "zone": reader.zone,
                "by": shorten(last.name, _NAME),
                "verdict": named(say, "verdict", last.verdict),
                "measured": about.measured,
                "is_enough": about.difference is not None,
                "difference": _difference(say, about),
            }
        case Question.FALSE_ALARMS:
            said |= {
                "closed": about.closed,
                "false_alarms": about.false_alarms,
                "share": false_alarm_share(about),
                "proposal": _proposal(say, about.proposal) if about.proposal else "",
            }
        case Question.BEHIND:
            said |= {"difference": _difference(say, about), "compared": about.compared}
        case Question.UNOWNED if about.unowned is not None:
            said |= {"count": about.unowned.count, "arr": about.unowned.arr}
    return say("weekly", f"ask_{decision.question}", **said)


def _proposal(say: Say, proposal: Proposal) -> str:
    limit = say(
        "limits",
        f"{proposal.signal}_{proposal.name}",
        before=proposal.before,
        after=proposal.after,
    )
    return say(
        "weekly",
        "proposal",
        limit=limit,
        a_week=proposal.a_week,
        false_a_week=proposal.false_a_week,
        weeks=proposal.weeks,
    )


def _figures(say: Say, playbook: PlaybookWeek, reader: Reader) -> str:
    shown = list(playbook.results.items())[:_RESULTS]
    return say(
        "weekly",
        "playbook",
        name=_name(say, playbook),
        version=playbook.known.version,
        is_last=reader.is_last,
        runs=playbook.runs,
        measured=playbook.measured,
        unmeasured=playbook.unmeasured,
        difference=_difference(say, playbook),
        results=[(_result(say, playbook, key), count) for key, count in shown],
        rest=playbook.runs - sum(count for _, count in shown),
    )


def _difference(say: Say, playbook: PlaybookWeek) -> str:
    found = playbook.difference
    if found is None:
        return say("weekly", "too_few", compared=playbook.compared)
    return say(
        "weekly",
        "difference",
        mean=found.mean,
        low=found.low,
        high=found.high,
        compared=playbook.compared,
        measured=playbook.measured,
    )


def _result(say: Say, playbook: PlaybookWeek, key: str) -> str:
    if key in set(CommonResult):
        return named(say, "result", key)
    own = playbook.known.results.get(key)
    return shorten(own[say.locale], _NAME) if own else key


def _answered(
    say: Say, told: str, playbook: PlaybookWeek, review: Review, reader: Reader
) -> list[Block]:
    """Who decided what; the same person can still change it."""
    is_change = review.verdict is Verdict.CHANGE
    answer = say(
        "weekly",
        "answered",
        verdict=named(say, "verdict", review.verdict),
        by=shorten(review.name, _NAME),
        at=review.decided_at,
        zone=reader.zone,
        draft=playbook.known.draft if is_change else None,
        editor=shorten(reader.editor or review.name, _NAME),
        is_retired=review.verdict is Verdict.RETIRE,
        check_on=review.check_on,
    )
    is_mine = review.member_id == reader.member_id
    menu = _again(say, playbook, review, reader) if is_mine else None
    return [section(f"{told}\n{answer}", menu)]


def _answers(say: Say, decision: Decision, reader: Reader) -> list[Element]:
    match decision.question:
        case Question.FALSE_ALARMS:
            return _buttons(say, decision.about, reader, [Verdict.CHANGE, Verdict.WAIT])
        case Question.BEHIND:
            chosen = [Verdict.CHANGE, Verdict.RETIRE, Verdict.WAIT]
            return _buttons(say, decision.about, reader, chosen)
    return _usual(say, decision.about, reader)


def _usual(say: Say, playbook: PlaybookWeek, reader: Reader) -> list[Element]:
    """Keep, change, retire; with too few cases wait, and the others behind a question."""
    if playbook.compared >= FEWEST:
        chosen = [Verdict.KEEP, Verdict.CHANGE, Verdict.RETIRE]
        return _buttons(say, playbook, reader, chosen)
    others = _menu(say, playbook, reader, [Verdict.KEEP, Verdict.CHANGE, Verdict.RETIRE])
    told = say("weekly", "confirm_few", name=_name(say, playbook), compared=playbook.compared)
    return [*_buttons(say, playbook, reader, [Verdict.WAIT]), _sure(say, others, told)]


def _again(say: Say, playbook: PlaybookWeek, review: Review, reader: Reader) -> Element:
    others = [each for each in Verdict if each is not review.verdict]
    told = say("weekly", "confirm_again", name=_name(say, playbook))
    return _sure(say, _menu(say, playbook, reader, others), told)


def _buttons(
    say: Say, playbook: PlaybookWeek, reader: Reader, verdicts: Sequence[Verdict]
) -> list[Element]:
    made = []
    for number, verdict in enumerate(verdicts, start=1):
        value = _value(playbook, reader, verdict)
        element = button(named(say, "verdict", verdict), DEED, value, number=number)
        if verdict is Verdict.RETIRE:
            told = say("weekly", "confirm_retire", name=_name(say, playbook))
            element = _sure(say, {**element, "style": "danger"}, told)
        made.append(element)
    return made


def _menu(say: Say, playbook: PlaybookWeek, reader: Reader, verdicts: Sequence[Verdict]) -> Element:
    return overflow(
        [(named(say, "verdict", each), DEED, _value(playbook, reader, each)) for each in verdicts]
    )


def _unowned(say: Say, playbook: PlaybookWeek) -> list[Element]:
    assert playbook.unowned is not None
    return [button(say("weekly", "see_alert"), "alert", str(playbook.unowned.episode_id))]


def _sure(say: Say, element: Element, told: str) -> Element:
    title, yes = say("weekly", "confirm_title"), say("weekly", "confirm_yes")
    return confirming(element, title, told, yes, word(say, "cancel"))


def _value(playbook: PlaybookWeek, reader: Reader, verdict: Verdict) -> str:
    return f"{reader.week_on.isoformat()}:{playbook.key}:{verdict}"


def _name(say: Say, playbook: PlaybookWeek) -> str:
    return shorten(playbook.named(say.locale), _NAME)
