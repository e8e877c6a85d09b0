"""Rows about the signs of trouble and what the shipped playbooks do about them."""

from collections.abc import Iterator

from bot.playbooks.document import PlaybookDocument, load_shipped
from bot.playbooks.parts import Step, Words
from bot.signals.catalogue import load_signals
from bot.texts import Texts

Row = tuple[str, ...]

_HEADS = {
    ("signals", "en"): ("Signal", "Key", "Columns it reads", "Usual limits"),
    ("signals", "ja"): ("予兆", "キー", "読む列", "標準のしきい値"),
    ("playbooks", "en"): ("Playbook", "Opens on (nights in a row)", "Steps", "Moves"),
    ("playbooks", "ja"): ("プレイブック", "開くきっかけ(連続する夜の数)", "ステップ", "動かす数値"),
}


def list_signals(locale: str) -> Iterator[Row]:
    """A row a signal."""
    yield _HEADS["signals", locale]
    say = Texts().speak(locale)
    for key, signal in load_signals().items():
        limits = ", ".join(f"{name} {value:g}" for name, value in signal.limits.items())
        columns = " ".join(f"`{name}`" for name in signal.columns) or "score"
        yield (say(f"signal_{key}", "name"), f"`{key}`", columns, limits or "–")


def list_playbooks(locale: str) -> Iterator[Row]:
    """A row a shipped playbook."""
    yield _HEADS["playbooks", locale]
    for document in load_shipped():
        steps = (f"{_in(step.name, locale)} ({_due(step, locale)})" for step in document.steps)
        yield (
            f"{_in(document.name, locale)} `{document.key}`",
            _signs(document, locale),
            ", ".join(steps),
            f"`{document.moves}`",
        )


def _signs(document: PlaybookDocument, locale: str) -> str:
    say = Texts().speak(locale)
    return ", ".join(
        f"{say(f'signal_{sign.key}', 'name')} ({sign.for_runs})" for sign in document.signals
    )


def _due(step: Step, locale: str) -> str:
    if step.within_business_days is not None:
        days = step.within_business_days
        return {
            "en": "1 business day" if days == 1 else f"{days} business days",
            "ja": f"{days}営業日",
        }[locale]
    days = step.days_before_deadline or 0
    return {"en": f"{days} days before", "ja": f"期限の{days}日前"}[locale]


def _in(words: Words, locale: str) -> str:
    return words.by_locale()[locale]
