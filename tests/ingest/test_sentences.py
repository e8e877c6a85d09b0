"""Every code the room uses has its sentence in both languages, and no sentence is left over."""

import ast
import re
from pathlib import Path

from jinja2 import Environment, nodes

from bot.ingest import read
from bot.ingest.questions import DAY_ORDERS, PERIODS, TAXES, UNITS
from bot.ingest.registry import list_kinds

ROOM = Path(read.__file__).parent
TEMPLATES = ROOM.parents[1] / "templates"
_MAKERS = {"Fault": 0, "Unreadable": 0, "Note": 0, "refuse": 0, "note": 0, "_made": 4}


def blocks(locale: str) -> set[str]:
    text = (TEMPLATES / f"ingest_report.{locale}.j2").read_text(encoding="utf-8")
    tree = Environment(autoescape=True).parse(text)
    return {block.name for block in tree.find_all(nodes.Block)}


def used() -> set[str]:
    found = {"date", "month"}  # handed to the parsers' own helper by position or by default
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= _code(node)
    return found


def _code(node: ast.Call) -> set[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    at = _MAKERS.get(name)
    if at is None or at >= len(node.args):
        return set()
    texts = [each for each in ast.walk(node.args[at]) if isinstance(each, ast.Constant)]
    return {str(each.value) for each in texts if re.fullmatch(r"[a-z_]{4,}", str(each.value))}


def test_both_languages_have_the_same_blocks() -> None:
    assert blocks("ja") == blocks("en")


def test_every_reason_and_note_has_its_sentence() -> None:
    assert len(used()) > 40
    assert used() - blocks("ja") == set()


def test_every_option_has_its_label() -> None:
    options = {f"option_kind_{kind.name}" for kind in list_kinds()}
    options |= {f"option_unit_{unit}" for unit in UNITS}
    options |= {f"option_period_{period}" for period in PERIODS}
    options |= {f"option_tax_{tax}" for tax in TAXES}
    options |= {f"option_day_order_{order}" for order in DAY_ORDERS}
    assert options - blocks("en") == set()


def test_no_sentence_is_left_over() -> None:
    own = {"reason", "heading_row", "heading_sheet", "heading_reason", "row_too_short"}
    spoken = {
        name for name in blocks("ja") if not name.startswith(("option_", "question_", "settled_"))
    }
    assert spoken - used() - own == {"row_too_long"} - used()
