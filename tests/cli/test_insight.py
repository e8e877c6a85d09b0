"""`sakidori insight …` as a person at a terminal meets it: files in, words or JSON out."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.cli.console import Problem
from tests.insight.tables import company

# Without `sqlalchemy`: the command line's own words stand on it.
NEVER = {"aiohttp", "alembic", "slack_bolt", "slack_sdk", "starlette", "uvicorn", "matplotlib"}


def run(*words: str) -> Result:
    """What the command line does with the words, in this process."""
    return CliRunner().invoke(build_app(("insight",)), ["insight", *words])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "顧客.csv"
    company(400).assign(churn_reason="価格").to_csv(path, index=False, encoding="cp932")
    return path


@pytest.mark.row("B31")
def test_validity_tells_json_of_every_column(file: Path) -> None:
    asked = ["--outcome", "churned", "--volume", "seats", "--shuffled", "1", "--json"]
    done = run("validity", str(file), *asked)
    assert done.exit_code == 0, done.exception
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert (told["n"], told["happened"], told["file"]) == (400, "yes", "顧客.csv")
    assert told["base_rate"] == pytest.approx(told["events"] / 400)
    assert told["auc"] > 0.7
    assert told["ece"] < 0.1
    assert told["brier"] < told["base_rate_brier"]
    verdicts = {one["measure"]: one["verdict"] for one in told["measures"]}
    assert verdicts["logins"] == "valid"
    nothing = {"times_any_valid": 0, "valid": 0, "proposed": 0, "forecasts_better": 0}
    assert told["shuffled"] == {"times": 1, **nothing}
    assert verdicts["customer_id"] == "refused_identifier"
    assert verdicts["churn_reason"] == "refused_leak"
    assert len(verdicts) == len(company(1).columns)


def test_piped_text_is_plain_and_every_sentence_names_its_column(file: Path) -> None:
    asked = ["--outcome", "churned", "--shuffled", "1", "--language", "ja"]
    done = run("validity", str(file), *asked)
    assert done.exit_code == 0, done.exception
    assert "くじで並べ替えて1回調べました。有効な指標が出たのは0回(延べ0個" in done.stdout
    assert "\x1b" not in done.stdout
    assert "━" not in done.stdout
    for name in set(company(1).columns) - {"churned"}:
        assert f"\n{name}:" in done.stdout
    assert "&" not in done.stdout


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "what told before tells no more"), ("ja", "以前の関係がなくなっています。使わない")],
)
def test_a_forecast_that_tells_no_more_of_late_is_not_to_be_used(
    tmp_path: Path, language: str, told: str
) -> None:
    lot, days = np.random.default_rng(1), pd.date_range("2024-02-29", periods=600).astype(str)
    logins = lot.normal(0, 1, 600)
    left = lot.random(600) < np.where(np.arange(600) < 450, expit(1.5 * logins - 1), 0.3)
    file = tmp_path / "ends.csv"
    pd.DataFrame({"day": days, "logins": logins, "gone": left}).to_csv(file, index=False)
    asked = ["--outcome", "gone", "--by-time", "day", "--language", language]
    assert told in run("validity", str(file), *asked).stdout


def test_pictures_are_drawn_into_the_folder(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "pictures"
    words = ("--outcome", "churned", "--pictures", str(folder), "--language", "ja")
    done = run("validity", str(file), *words)
    assert done.exit_code == 0, done.exception
    assert done.stderr == ""
    for name in ("separation.png", "calibration.png"):
        assert (folder / name).read_bytes().startswith(b"\x89PNG")
        assert str(folder / name) in done.stdout


@pytest.mark.row("B31")
def test_survival_tells_text_and_json(file: Path) -> None:
    words = ("survival", str(file), "--time", "seats", "--event", "churned", "--at", "10,40")
    text = run(*words, "--by", "segment", "--where", "segment!=Mid")
    assert text.exit_code == 0, text.exception
    assert "log-rank" in text.stdout
    told = json.loads(run(*words, "--json").stdout)
    assert told["n"] == 400
    first, second = told["survival"]
    assert 1 > first["share"] > second["share"] > 0
    assert first["low"] < first["share"] < first["high"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--outcome", "churn"), "Did you mean “churned”?"),
        (("--outcome", "segment"), "--happened"),
        (("--outcome", "churned", "--where", "segment=Midd"), "Enterprise, Mid, SMB"),
        (("--outcome", "churned", "--where", "segment"), "is no condition"),
    ],
)
def test_a_refusal_is_one_sentence_with_its_mend(
    file: Path, words: tuple[str, ...], said: str
) -> None:
    done = run("validity", str(file), *words)
    assert isinstance(done.exception, Problem)
    assert said in str(done.exception)
    assert done.stdout == ""


@pytest.mark.slow
def test_it_loads_neither_slack_nor_the_web_nor_pictures_that_nobody_asked_for(file: Path) -> None:
    words = ["insight", "survival", str(file), "--time", "seats", "--event", "churned"]
    command = [sys.executable, "-X", "importtime", "-m", "bot.cli", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
    assert "Kaplan-Meier" in done.stdout, done.stderr[-2000:]
    assert {"pandas", "scipy"} <= loaded
    assert sorted(loaded & NEVER) == []
