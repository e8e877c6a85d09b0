"""`sakidori model …`: a file checked, drafted, simulated, and approved by somebody else."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.clock import SystemClock
from bot.health.edits import with_bands
from bot.health.model import load_default
from bot.health.yaml_text import write_yaml
from bot.services.health_models import find_active
from bot.services.install import Joining, install_workspace
from bot.store.engine import build_engine
from bot.store.tables import Member
from bot.store.unit import Store

pytestmark = pytest.mark.row("A37", "B45", "E11", "E27")

OTA, SUDA, SATO = "ota@example.com", "suda@example.com", "sato@example.com"


@pytest.fixture
def store(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A workspace whose watching has begun, with two people of ops and a CSM."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SAKIDORI_STATE_DIR", str(tmp_path))
    store = Store(build_engine(sqlite_url), SystemClock())
    workspace = install_workspace(store, Joining("", "T0SANDBOX", "Sandbox", "U0BOT"))
    with store.writing(workspace.id) as unit:
        unit.workspace.started_on = unit.at.date()
        for email, role in ((OTA, "ops"), (SUDA, "ops"), (SATO, "csm")):
            user = f"U{email[:3].upper()}"
            unit.add(
                Member(name=email, email=email, roles=[role], slack_user=user, known_at=unit.at)
            )
    return store


def run(*words: str) -> Result:
    return CliRunner().invoke(build_app(words), words)


def problem(done: Result) -> str:
    return str(done.exception)


def test_a_file_is_drafted_simulated_and_approved_by_somebody_else(
    store: Store, tmp_path: Path
) -> None:
    shown = run("model", "show").output
    assert "# version 1 revision 1" in shown
    file = tmp_path / "model.yaml"
    file.write_text(write_yaml(with_bands(load_default(), 55, 75), 1, 1), encoding="utf-8")
    assert "a health model" in run("model", "check", str(file)).output
    assert "is no member" in problem(run("model", "draft", str(file), "--as", SATO))
    done = run("model", "draft", str(file), "--as", OTA, "--note", "why")
    assert "draft of version 2" in done.output
    assert "is not simulated" in problem(run("model", "approve", "--as", SUDA))
    told = run("model", "simulate", "--as", OTA).output
    assert "Version 2 against 1, 0 accounts" in told
    assert "alerts in four weeks: 0 → 0" in told
    assert "Held against how contracts ended" in told
    assert "Too few cases to tell (0 churned or contracted and 0 renewed" in told
    assert "changed this draft last" in problem(run("model", "approve", "--as", OTA))
    assert "Version 2 of the health model is in use" in run("model", "approve", "--as", SUDA).output
    with store.reading(store.list_workspaces()[0].id) as unit:
        active = find_active(unit)
    assert active is not None
    assert (active.number, active.document.bands.red_below) == (2, 55)
    assert "no more" in problem(run("model", "approve", "--as", SUDA))


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    text = write_yaml(load_default(), 1, 1).replace("nps", "nsp").replace("from: 70", "from: 30")
    file.write_text(text, encoding="utf-8")
    told = problem(run("model", "check", str(file)))
    assert "`bands` High risk is below 50 and healthy from 30" in told
    assert '`standard / nsp / measure` There is no measure "nsp"; did you mean nps' in told
