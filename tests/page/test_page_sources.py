"""What the page's own files may and may not hold; read as text, no browser needed."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
SCRIPTS = sorted(PAGE.rglob("*.js"))
FILES = sorted(path for path in PAGE.rglob("*") if path.suffix in {".js", ".css", ".html", ".svg"})
MARKUP_FROM_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc|\beval\(|new Function"
)
IMPORT = re.compile(r'^import .*?from "([^"]+)";', re.MULTILINE | re.DOTALL)


def labels(language: str) -> dict[str, str]:
    text = (PAGE / f"labels.{language}.js").read_text(encoding="utf-8")
    return dict(re.findall(r'^  "([\w.]+)": "(.*)",$', text, re.MULTILINE))


def test_no_script_makes_markup_from_text() -> None:
    found = [path.name for path in SCRIPTS if MARKUP_FROM_TEXT.search(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize("name", ["index.html", "gallery.html"])
def test_a_page_loads_only_its_own_files(name: str) -> None:
    text = (PAGE / name).read_text(encoding="utf-8")
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in text
    wanted = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert wanted
    assert [path for path in wanted if not (PAGE / path).is_file()] == []


def test_every_import_names_a_file_of_the_page() -> None:
    missing = [
        (path.name, target)
        for path in SCRIPTS
        for target in IMPORT.findall(path.read_text("utf-8"))
        if not (path.parent / target).is_file()
    ]
    assert missing == []


def test_every_label_has_its_twin_with_the_same_places() -> None:
    ja, en = labels("ja"), labels("en")
    assert ja.keys() == en.keys()
    places = re.compile(r"\{(\w+)\}")
    odd = [key for key in ja if set(places.findall(ja[key])) != set(places.findall(en[key]))]
    assert odd == []


def test_every_label_is_used_and_every_used_label_exists() -> None:
    own = {"labels.ja.js", "labels.en.js"}
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS if path.name not in own)
    known = labels("ja").keys()
    named = set(re.findall(r'"((?:[a-z]+)\.(?:\w+))"', text)) & set(known)
    built = {key for key in known if re.search(rf"t\(`{key.split('.')[0]}\.\$\{{", text)}
    asked = set(re.findall(r'\bt\("([\w.]+)"', text))
    assert asked - set(known) == set()
    assert set(known) - named - built == set()


def test_the_japanese_stands_only_in_its_catalogue() -> None:
    kana = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    allowed = {"labels.ja.js"}
    found = []
    for path in SCRIPTS:
        if path.name in allowed or path.parent.name == "gallery":
            continue
        code = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        if kana.sub("", code.replace("日本語", "")) != code.replace("日本語", ""):
            found.append(path.name)
    assert found == []


def test_files_stay_small_and_say_what_they_are_for() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) < 300, path.name
        if path.suffix in {".js", ".css"}:
            assert text.startswith(("// ", "/* ")), path.name


def test_nothing_is_fetched_from_elsewhere() -> None:
    outside = re.compile(r"https?://(?!www\.w3\.org|example\.com)")
    texts = [path for path in FILES if path.parent.name != "gallery"]
    found = [path.name for path in texts if outside.search(path.read_text("utf-8"))]
    assert found == ["markdown_inline.js"] or found == []
