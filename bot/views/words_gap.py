"""A note about words and use that contradict each other: both sides, what to ask, three answers.

Refuses to say which side is right.
"""

from datetime import date

from bot.core.say import Say
from bot.core.vocabulary import Feeling, Hypothesis, MismatchAnswer
from bot.core.words_gap import Gap, Said
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button, select
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import message
from bot.views.words import named, option, word

LOOK, KNOWN, NONE, BACK = "gap_look", "gap_known", "gap_none", "gap_back"
_NAME, _QUOTE = 80, 160


def build_note(say: Say, gap: Gap, today: date, answer_by_on: date | None) -> Message:
    """Who, both sides with their days, what to ask, and until when an answer is waited for."""
    about = {"name": shorten(gap.row.name, _NAME), "kind": gap.kind.value, "arr": gap.row.arr}
    blocks = [
        section(say("words_gap", "lead", **about)),
        section(_words(say, gap, today)),
        section(_use(say, gap)),
        section(say("words_gap", "ask", kind=gap.kind.value, of_deciders=gap.is_of_deciders_alone)),
        *_ending(say, gap, answer_by_on),
    ]
    return message(say("words_gap", "fallback", **about), blocks)


def build_on_card(say: Say, gap: Gap, today: date) -> list[Block]:
    """The card's line with the same answers, while none has been given."""
    told = say(
        "words_gap",
        "line",
        kind=gap.kind.value,
        slope=gap.slope,
        since_on=gap.since_on,
        today=today,
    )
    return [section(told), *actions(_ways(say, gap))]


def build_answered(say: Say, gap: Gap) -> Message:
    """What follows from the answer, and the way back from it."""
    answer = gap.answer or MismatchAnswer.NONE
    name, cause = shorten(gap.row.name, _NAME), named(say, "hypothesis", gap.cause)
    told = say("words_gap", f"said_{answer}", name=name, cause=cause)
    tasks = button(word(say, "tasks"), "tasks", str(gap.row.id))
    ways = [tasks] if answer is MismatchAnswer.LOOK else []
    return message(told, [section(told), *actions([*ways, _back(say, gap, answer)])])


def build_asked_again(say: Say, gap: Gap, today: date) -> Message:
    """The answer is gone; the same three stand there again."""
    told = say("words_gap", "taken_back", name=shorten(gap.row.name, _NAME))
    return message(told, [section(told), *build_on_card(say, gap, today)])


def render_task(say: Say) -> str:
    """What the task of somebody who looks into it is called."""
    return say("words_gap", "task")


def render_taken_back(say: Say) -> str:
    """Why the task of an answer that was taken back is dropped."""
    return say("words_gap", "task_dropped")


def build_left(say: Say, gap: Gap, owner: str, today: date) -> list[Block]:
    """The line in the lead's digest."""
    told = say(
        "words_gap",
        "left",
        name=shorten(gap.row.name, _NAME),
        owner=shorten(owner, _NAME),
        kind=gap.kind.value,
        slope=gap.slope,
        arr=gap.row.arr,
        answer_by_on=gap.answer_by_on,
        today=today,
    )
    card = button(word(say, "card"), "card", str(gap.row.id))
    return [section(told, card)]


def _words(say: Say, gap: Gap, today: date) -> str:
    # What is rendered is escaped, and would be once more inside another text.
    lines = [_said(say, each, today) for each in gap.said]
    return "\n".join([say("words_gap", "words", tone=gap.tone), *lines])


def _said(say: Say, said: Said, today: date) -> str:
    tones = {
        "voc": lambda: say("voc", f"sentiment_{said.tone}") if said.tone else "",
        "pulse": lambda: named(say, "feeling", said.tone if said.tone in set(Feeling) else None),
        "score": lambda: named(say, "band", said.tone),
    }
    return say(
        "words_gap",
        said.kind,
        on=said.on,
        today=today,
        tone=tones[said.kind](),
        role=named(say, "role", said.role),
        confidence=say("voc", f"confidence_{said.confidence}") if said.confidence else "",
        text=shorten(said.text, _QUOTE),
        read_as=shorten(said.read_as, _QUOTE),
    )


def _use(say: Say, gap: Gap) -> str:
    data_on = gap.row.standing.data_on
    return say("words_gap", "use", slope=gap.slope, change=gap.change, data_on=data_on)


def _ending(say: Say, gap: Gap, answer_by_on: date | None) -> list[Block]:
    if gap.answer is None:
        return [
            *actions(_ways(say, gap)),
            context(say("words_gap", "until", until_on=answer_by_on)),
        ]
    told = say(
        "words_gap",
        "answered",
        answer=gap.answer.value,
        by=shorten(gap.answered_by, _NAME),
        on=gap.answered_on,
        cause=named(say, "hypothesis", gap.cause),
    )
    return [section(told), *actions([_back(say, gap, gap.answer)])]


def _back(say: Say, gap: Gap, answer: MismatchAnswer) -> Element:
    return button(say("words_gap", "way_back"), BACK, f"{gap.id}:{answer}")


def _ways(say: Say, gap: Gap) -> list[Element]:
    ref = str(gap.id)
    causes = [(option(say, "hypothesis", each), f"{ref}:{each}") for each in Hypothesis]
    return [
        button(say("words_gap", "way_look"), LOOK, ref, style="primary"),
        select(causes, KNOWN, say("words_gap", "way_known")),
        button(say("words_gap", "way_none"), NONE, ref),
    ]
