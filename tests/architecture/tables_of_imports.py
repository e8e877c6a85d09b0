"""Rows about what files may hold, how their columns are called, and what is refused."""

import ast
import re
from collections.abc import Iterator

from bot.ingest.fields import Field, Kind
from bot.ingest.registry import list_kinds
from bot.texts import Texts
from tests.architecture.source import ROOT, dotted, list_sources
from tests.architecture.words import JAPANESE

Row = tuple[str, ...]

_HEADS = {
    ("kinds", "en"): ("Kind", "`--kind`", "What a file must have", "One fact is"),
    ("kinds", "ja"): ("種類", "`--kind`", "必要な列", "1件の単位"),
    ("fields", "en"): ("Field", "Holds", "Header in English", "Header in Japanese"),
    ("fields", "ja"): ("項目", "値", "英語の列名", "日本語の列名"),
    ("refusals", "en"): ("What is said", "In Japanese"),
    ("refusals", "ja"): ("理由の文", "英語"),
}
_TYPES = {
    "en": {
        "ref": "an id",
        "email": "mail address",
        "moment": "day and time",
        "quantity": "number of uses",
        "count": "whole number",
        "flag": "yes or no",
        "choice": "one of",
        "choices": "any of",
        "topic": "your own word or one of",
        "zone": "time zone",
    },
    "ja": {
        **{"text": "文字", "ref": "ID", "email": "メールアドレス", "domain": "ドメイン"},
        **{"date": "日付", "moment": "日時", "month": "年月", "money": "金額", "number": "数"},
        **{"count": "整数", "quantity": "利用量", "flag": "はい/いいえ", "zone": "タイムゾーン"},
        **{
            "choice": "いずれか",
            "choices": "いくつでも",
            "topic": "自由な言葉または",
            "currency": "通貨",
            "country": "国",
        },
    },
}
_SENTENCE = re.compile(r"{% block (\w+) %}(.*?){% endblock %}", re.DOTALL)
_NAMED = re.compile(r"{{.*?}}")


def list_kinds_of_fact(locale: str) -> Iterator[Row]:
    """A row a kind of fact."""
    yield _HEADS["kinds", locale]
    say = Texts().speak(locale)
    either = {"en": " or ", "ja": "か"}[locale]
    for kind in list_kinds():
        needed = ", ".join(
            either.join(f"`{name}`" for name in _with_stand_ins(kind, group))
            for group in kind.required
        )
        key = ", ".join(f"`{name}`" for name in kind.key)
        yield (say("ingest_report", f"option_kind_{kind.name}"), f"`{kind.name}`", needed, key)


def list_fields(locale: str) -> Iterator[Row]:
    """A heading a kind, a row a field with the headers that are understood."""
    yield _HEADS["fields", locale]
    say = Texts().speak(locale)
    for kind in list_kinds():
        yield (f"{say('ingest_report', f'option_kind_{kind.name}')} (`{kind.name}`)",)
        for field in kind.fields:
            ours = [word for word in field.words if JAPANESE.search(word)]
            others = [word for word in field.words if word not in ours]
            yield (f"`{field.name}`", _holds(field, locale), _shown(others), _shown(ours))


def list_refusals(locale: str) -> Iterator[Row]:
    """A row a reason, as people read it; what is named in it is left open."""
    yield _HEADS["refusals", locale]
    other = {"en": "ja", "ja": "en"}[locale]
    said, translated = _sentences(locale), _sentences(other)
    for code in sorted(_codes() & said.keys(), key=list(said).index):
        yield (said[code], translated[code])


def _with_stand_ins(kind: Kind, group: tuple[str, ...]) -> list[str]:
    known = kind.names()
    stand_ins = (kind.stand_ins.get(name) for name in group)
    return list(dict.fromkeys([*group, *(name for name in stand_ins if name in known)]))


def _holds(field: Field, locale: str) -> str:
    told = _TYPES[locale].get(field.type, str(field.type))
    choices = ", ".join(f"`{choice}`" for choice in field.choices)
    return f"{told} {choices}".strip()


def _shown(words: list[str]) -> str:
    return ", ".join(words)


def _codes() -> set[str]:
    """Codes of every fault that the reading of files knows."""
    return {
        node.args[0].value
        for source in list_sources("bot/ingest")
        for node in source.nodes
        if isinstance(node, ast.Call)
        and dotted(node.func) in {"Fault", "Unreadable"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def _sentences(locale: str) -> dict[str, str]:
    text = (ROOT / "templates" / f"ingest_report.{locale}.j2").read_text("utf-8")
    return {name: _NAMED.sub("…", said) for name, said in _SENTENCE.findall(text)}
