"""Every refusal the code can make has its sentence, in both languages."""

import ast
from pathlib import Path

import pytest

from bot.core.refusal import Refusal
from bot.core.vocabulary import Locale
from bot.texts import Texts
from bot.views.notices import build_refusal, render_refusal

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"Refusal", "NotAllowed", "BadInput", "AlreadyDone", "Busy", "UnknownAccount"}


def codes() -> set[str]:
    """The codes of all refusals written in the bot's source, and the usual one of each kind."""
    kinds: list[type[Refusal]] = [Refusal, *Refusal.__subclasses__()]
    found = {kind.usual_code for kind in kinds}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_refusal(node):
                found |= {str(each.value) for each in node.args if isinstance(each, ast.Constant)}
    return found


def _is_refusal(call: ast.Call) -> bool:
    # The ingest room has refusals of rows, whose sentences are its report's.
    return isinstance(call.func, ast.Name) and call.func.id in KINDS and len(call.args) == 1


@pytest.mark.parametrize("locale", list(Locale))
def test_every_code_has_a_sentence(locale: Locale) -> None:
    voice = Texts().speak(locale)
    missing = [code for code in sorted(codes()) if not voice.has("refusals", code)]
    assert not missing


def test_a_code_without_one_is_said_in_general_words_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    text = render_refusal(Texts().speak("en"), Refusal("never_heard_of"))
    assert text == "That could not be done. Please check it and try again."
    assert "never_heard_of" in caplog.text


def test_what_people_said_is_escaped_in_the_sentence_and_plain_on_the_button() -> None:
    refusal = Refusal("unknown_account", said="<b>", near=[("A & B", "id:1")])
    made = build_refusal(Texts().speak("en"), refusal, "health")
    assert "&lt;b&gt;" in made.text
    button = made.blocks[1]["elements"][0]
    assert button["text"]["text"] == "A & B"
    assert button["value"] == "health id:1"
