"""Where sentences may stand: in templates, each with its twin in the other language."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from bot.core import refusal
from tests.architecture.source import ROOT, Source, dotted

TEMPLATES = ROOT / "templates"

_ROOMS = ("bot/commands/", "bot/jobs/", "bot/views/", "bot/services/", "bot/slack/")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uff66-\uff9f]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}[,;:]?(?: [A-Za-z']+[,;:]?){3,}")

# What is said to developers and operators, in logs and faults.
_FOR_DEVELOPERS = re.compile(r"(^|\.)(log|logger|logging|warnings)\.|(Error|Exception|Breach)$")


def _for_developers(node: ast.AST) -> bool:
    match node:
        case ast.Raise():
            return True
        case ast.Call(func=func):
            return bool(_FOR_DEVELOPERS.search(dotted(func)))
        case ast.Expr(value=ast.Constant()):
            return True
    return False


def _strings(node: ast.AST) -> Iterator[tuple[ast.Constant, str]]:
    """String constants below a node, leaving out docstrings and what developers read."""
    if _for_developers(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node, node.value
    for child in ast.iter_child_nodes(node):
        yield from _strings(child)


def sentences_live_in_templates(source: Source) -> Iterator[str]:
    if source.within(*_ROOMS):
        for node, text in _strings(source.tree):
            if JAPANESE.search(text) or _ENGLISH.search(text):
                yield source.at(node, f"{text[:40]!r} is read by people: put it into templates/")


@cache
def blocks_of(path: Path) -> frozenset[str]:
    """Names of the blocks a template defines."""
    tree = Environment(autoescape=False).parse(path.read_text(encoding="utf-8"))
    return frozenset(block.name for block in tree.find_all(nodes.Block))


def _has_block(template: str, block: str) -> bool:
    twins = [TEMPLATES / f"{template}.{locale}.j2" for locale in ("ja", "en")]
    return all(twin.exists() and block in blocks_of(twin) for twin in twins)


def what_is_said_has_its_template(source: Source) -> Iterator[str]:
    """`say("digest", "head")` names a template and a block that exist in both languages."""
    if not source.within("bot/"):
        return
    for node in source.nodes:
        match node:
            case ast.Call(
                func=func, args=[ast.Constant(value=str(name)), ast.Constant(value=str(block)), *_]
            ) if dotted(func).split(".")[-1] == "say" and not _has_block(name, block):
                yield source.at(
                    node, f"templates/{name}.*.j2 has no block {block} in both languages"
                )


_REFUSALS = {
    name: kind
    for name, kind in vars(refusal).items()
    if isinstance(kind, type) and issubclass(kind, refusal.Refusal)
}


def refusals_have_their_sentence(source: Source) -> Iterator[str]:
    """The code of every refusal made is a block of templates/refusals."""
    if not source.within("bot/") or source.within("bot/core/refusal.py"):
        return
    for node in source.nodes:
        if not isinstance(node, ast.Call) or dotted(node.func) not in _REFUSALS:
            continue
        match node.args:
            case [ast.Constant(value=str(code))]:
                pass
            case []:
                code = _REFUSALS[dotted(node.func)].usual_code
            case _:
                continue
        if not _has_block("refusals", code):
            yield source.at(node, f"templates/refusals.*.j2 has no block {code} in both languages")


RULES = [
    sentences_live_in_templates,
    what_is_said_has_its_template,
    refusals_have_their_sentence,
]
