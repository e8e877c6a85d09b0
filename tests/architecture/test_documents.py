"""Documents and files: links lead somewhere, commands exist, nothing names a machine."""

import re
from pathlib import Path

import pytest
import typer.main

from bot.registry import whole
from tests.architecture.documents import (
    anchor,
    broken_links,
    code_of,
    machine_paths,
    named_commands,
    named_targets,
    named_words,
    strange_addresses,
)
from tests.architecture.source import ROOT, list_files

DOCUMENTS = list_files(".md")
TEXTS = [
    path
    for path in list_files()
    if path.suffix not in {".png", ".xlsx", ".woff2", ".ico", ".pyc", ".gz"}
]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _read(path: Path) -> str:
    # Sample files are kept in cp932 too; what matters here is ASCII.
    return path.read_text(encoding="utf-8", errors="replace")


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def _commands() -> dict[str, set[str]]:
    """The command line's words, each with its own subcommands."""
    from bot.cli import build_app

    group = typer.main.get_group(build_app())
    return {name: set(getattr(each, "commands", ())) for name, each in group.commands.items()}


@pytest.mark.parametrize("name", ["README", "docs/install", "docs/insight"])
def test_the_document_is_there_in_both_languages_and_says_so(name: str) -> None:
    ours, japanese = ROOT / f"{name}.md", ROOT / f"{name}.ja.md"
    assert f"]({japanese.name})" in _read(ours).partition("\n## ")[0]
    assert f"]({ours.name})" in _read(japanese).partition("\n## ")[0]


@pytest.mark.parametrize("name", ["CHANGELOG.md", "Procfile", "docs/design.md", "docs/imports.md"])
def test_the_document_is_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(path: Path) -> None:
    assert list(broken_links(path, _read(path))) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_commands_named_in_code_exist(path: Path) -> None:
    commands = _commands()
    assert named_targets(_read(path)) <= _targets()
    for command, subcommand in named_commands(_read(path)):
        assert command in commands, f"sakidori {command}"
        if commands[command] and subcommand:
            assert subcommand in commands[command], f"sakidori {command} {subcommand}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_words_named_after_the_slash_command_are_commands(path: Path) -> None:
    assert named_words(_read(path)) <= {deed.key for deed in whole().commands()}


def test_the_processes_of_the_procfile_exist() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    started = {line.split(": sakidori ")[1] for line in lines}
    assert started == {"migrate", "web", "worker", "clock"}
    assert started <= set(_commands())


def test_no_file_names_somebodys_machine() -> None:
    found = {_name(path): paths for path in TEXTS if (paths := machine_paths(_read(path)))}
    assert found == {}


def test_no_file_holds_a_strange_address() -> None:
    found = {_name(path): hosts for path in TEXTS if (hosts := strange_addresses(_read(path)))}
    assert found == {}


def test_the_lock_pins_every_package_with_hashes_and_no_address() -> None:
    for name in ("requirements.lock", ".ci/uv.lock"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
        assert not [entry for entry in entries if "://" in entry or entry.startswith("-")]


def test_a_missing_file_and_a_missing_heading_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# The `first` day\n")
    text = "[a](none.md) [b](page.md#the-first-day) [c](#nowhere) ![d](p.png)\n```\n[e](x)\n```\n"
    assert list(broken_links(page, text)) == [
        "page.md: none.md leads nowhere",
        "page.md: #nowhere names no heading",
        "page.md: p.png leads nowhere",
    ]
    assert anchor("導入 – day 1: Slack & CSV") == "導入--day-1-slack--csv"


def test_commands_are_found_in_fences_and_spans_only() -> None:
    text = "make sense of `make demo`\n```sh\nmake test && sakidori job run digest\n```\n"
    assert code_of(text).split("\n")[0] == "make demo"
    assert named_targets(text) == {"demo", "test"}
    assert named_commands(text) == {("job", "run")}
    typed = '`/sakidori digest`, `.venv/bin/sakidori doctor` and `say "/sakidori help"`'
    assert named_words(typed) == {"digest", "help"}
    assert named_commands(typed) == {("doctor", "")}


def test_strange_addresses_and_machine_paths_are_found() -> None:
    scheme = "https:" + "//"
    assert strange_addresses(f"{scheme}registry.somewhere.org/x") == ["registry.somewhere.org"]
    assert strange_addresses(f"{scheme}api.slack.com/ {scheme}localhost:80 sqlite:///x") == []
    assert machine_paths("see /" + "root/x and bot/work/y") == ["/" + "root/"]
