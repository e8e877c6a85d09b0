"""Questions about a file: those still open, and those answered, which can be answered again."""

from bot.core.import_report import Asked, ImportReport
from bot.core.say import Say
from bot.views.blocks import Element, section
from bot.views.elements import select
from bot.views.limits import unescape
from bot.views.reply import Block

ANSWER = "import_answer"

_SETTLED = 6


def build_questions(say: Say, report: ImportReport, batch_id: int) -> list[Block]:
    """What the file does not say, each with its answers."""
    made = []
    for number, asked in enumerate(report.questions):
        text = say("ingest_report", f"question_{asked.code}", **dict(asked.params))
        menu = _answers(say, asked, f"{batch_id}:{number}", number + 1, "choose")
        made.append(section(text, menu))
    return made


def build_settled(say: Say, report: ImportReport, batch_id: int) -> list[Block]:
    """What was answered, for this file or an earlier one, each with a way to answer again."""
    made = []
    for number, asked in enumerate(report.settled[:_SETTLED], start=len(report.questions)):
        answer = unescape(_option(say, asked.code, asked.answer))
        # It goes through a voice twice here, and must be escaped once.
        sentence = unescape(
            say("ingest_report", f"settled_{asked.code}", answer=answer, **dict(asked.params))
        )
        text = say("import", "settled", sentence=sentence, is_from_before=asked.is_from_before)
        menu = _answers(say, asked, f"{batch_id}:{number}", number + 1, "answer_again")
        made.append(section(text, menu))
    return made


def _answers(say: Say, asked: Asked, place: str, number: int, hint: str) -> Element:
    choices = [(_option(say, asked.code, option), f"{place}:{option}") for option in asked.options]
    return select(choices, f"{ANSWER}#{number}", say("import", hint))


def _option(say: Say, code: str, option: str) -> str:
    return say("ingest_report", f"option_{code}_{option}")
