"""What answers people starts without pandas: a second of import and a hundred megabytes each."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.source import ROOT, Source, imported, is_below, is_for_types, list_sources

LIGHT = ("bot.commands", "bot.jobs", "bot.views", "bot.slack", "bot.web", "bot.runner")
HEAVY = ("pandas", "numpy", "pyarrow", "scipy", "sklearn", "matplotlib")

Modules = dict[str, Source]


@cache
def _modules() -> Modules:
    return {source.module: source for source in list_sources("bot")}


def _imported_at_once(source: Source, modules: Modules) -> Iterator[str]:
    """Modules and packages that importing this file imports, its own packages included."""
    for statement in source.tree.body:
        if is_for_types(statement):
            continue
        for name in imported(statement):
            yield name if name in modules or "." not in name else name.rsplit(".", 1)[0]
    package = source.module
    while "." in package:
        package = package.rsplit(".", 1)[0]
        yield package


def heavy_path(start: str, modules: Modules) -> list[str]:
    """The shortest chain of imports from a module to a heavy library; empty when there is none."""
    chains, seen = [[start]], {start}
    while chains:
        chain = chains.pop(0)
        if is_below(chain[-1], *HEAVY):
            return chain
        source = modules.get(chain[-1])
        for name in _imported_at_once(source, modules) if source else ():
            if name not in seen:
                seen.add(name)
                chains.append([*chain, name])
    return []


def _light_modules() -> list[str]:
    return sorted(name for name in _modules() if is_below(name, *LIGHT))


@pytest.mark.parametrize("module", _light_modules())
def test_no_chain_of_imports_leads_to_pandas(module: str) -> None:
    assert heavy_path(module, _modules()) == []


def test_nothing_heavy_is_loaded_once_all_of_them_are_imported() -> None:
    program = (
        "import importlib, json, sys\n"
        f"for name in {_light_modules()!r}: importlib.import_module(name)\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []


def test_a_chain_is_found_through_packages_and_not_through_types() -> None:
    modules = {
        source.module: source
        for source in (
            Source("bot/jobs/nightly.py", "from bot.services import recompute"),
            Source("bot/services/__init__.py", ""),
            Source("bot/services/recompute.py", "import bot.frame.build"),
            Source("bot/frame/__init__.py", "import numpy as np"),
            Source("bot/frame/build.py", "import json"),
            Source("bot/jobs/light.py", "def f() -> None:\n    import pandas"),
            Source("bot/jobs/typed.py", "if TYPE_CHECKING:\n    import pandas"),
        )
    }
    chain = heavy_path("bot.jobs.nightly", modules)
    assert chain == [
        "bot.jobs.nightly",
        "bot.services.recompute",
        "bot.frame.build",
        "bot.frame",
        "numpy",
    ]
    assert heavy_path("bot.jobs.light", modules) == []
    assert heavy_path("bot.jobs.typed", modules) == []
