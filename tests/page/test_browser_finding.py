"""Without a Chromium: skipped with the mend, or failed where one is required."""

from pathlib import Path

import pytest

from tests import browser


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SAKIDORI_CHROMIUM", raising=False)
    monkeypatch.delenv("SAKIDORI_REQUIRE_BROWSER", raising=False)


@pytest.mark.usefixtures("no_chromium")
def test_without_a_browser_the_test_is_skipped_with_the_mend() -> None:
    with pytest.raises(pytest.skip.Exception, match="apt-get install -y chromium"):
        browser.get_chromium()


@pytest.mark.usefixtures("no_chromium")
def test_where_a_browser_is_required_the_test_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAKIDORI_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install -y chromium"):
        browser.get_chromium()


@pytest.mark.usefixtures("no_chromium")
def test_a_named_browser_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "my-chromium"
    own.write_text("#!/bin/sh\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.setenv("SAKIDORI_CHROMIUM", str(own))
    assert browser.get_chromium() == str(own)
