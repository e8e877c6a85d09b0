"""The three answers to a note about words and use, and back; the note says who gave which."""

from bot.ask import Ask
from bot.core.refusal import Refusal
from bot.core.vocabulary import Hypothesis, MismatchAnswer
from bot.core.words_gap import Gap
from bot.people import read_locale
from bot.registry import CS_TEAM, button
from bot.services.words_gaps import answer_gap, take_answer_back
from bot.store import outbox
from bot.store.alert_messages import read_reader
from bot.store.words_gaps import gap_key, get_gap
from bot.views.reply import Private, Reply
from bot.views.words_gap import (
    BACK,
    KNOWN,
    LOOK,
    NONE,
    build_answered,
    build_asked_again,
    build_note,
    render_taken_back,
    render_task,
)


@button(LOOK, roles=CS_TEAM)
def look(ask: Ask) -> Reply:
    """They look into it: a task of theirs."""
    return _answer(ask, MismatchAnswer.LOOK)


@button(KNOWN, roles=CS_TEAM)
def known(ask: Ask) -> Reply:
    """They know why."""
    said = ask.value.partition(":")[2]
    if said not in set(Hypothesis):
        raise Refusal("no_such_action")
    return _answer(ask, MismatchAnswer.KNOWN, Hypothesis(said))


@button(NONE, roles=CS_TEAM)
def none(ask: Ask) -> Reply:
    """To them the two do not contradict each other."""
    return _answer(ask, MismatchAnswer.NONE)


@button(BACK, roles=CS_TEAM)
def answer_back(ask: Ask) -> Reply:
    """That was a slip: the same three answers are asked for again."""
    gap_id, _, said = ask.value.partition(":")
    if not gap_id.isdigit() or said not in set(MismatchAnswer):
        raise Refusal("no_such_action")
    reason, by, today = render_taken_back(ask.say), ask.person, ask.today
    answer = MismatchAnswer(said)
    with ask.writing() as unit:
        take_answer_back(unit, int(gap_id), answer, by=by, today=today, reason=reason)
    return Private(build_asked_again(ask.say, _update_note(ask, int(gap_id)), today))


def _answer(ask: Ask, answer: MismatchAnswer, cause: Hypothesis | None = None) -> Reply:
    gap_id = ask.value.partition(":")[0]
    if not gap_id.isdigit():
        raise Refusal("no_such_action")
    task = render_task(ask.say)
    by, today = ask.person, ask.today
    with ask.writing() as unit:
        answer_gap(unit, int(gap_id), answer, by=by, today=today, cause=cause, task=task)
    return Private(build_answered(ask.say, _update_note(ask, int(gap_id))))


def _update_note(ask: Ask, gap_id: int) -> Gap:
    """The note as it stands now, in its reader's language."""
    key = gap_key(gap_id)
    with ask.reading() as unit:
        gap = get_gap(unit, gap_id, ask.today)
        post = outbox.find_by_key(unit, key)
        reader = read_reader(unit, post.audience if post else ask.person.slack_user)
    say = ask.ports.voices[read_locale(reader.locale)]
    shown = build_note(say, gap, ask.today, gap.answer_by_on)
    with ask.writing() as unit:
        outbox.put_update(unit, post_key=key, text=shown.text, blocks=shown.blocks)
    return gap
