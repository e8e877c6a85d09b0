"""One seed, one company: the same bytes every time, and a future that changes no past."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from sandbox.company.__main__ import main
from sandbox.company.manifest import NAME, read_manifest
from sandbox.company.plan import Plan
from sandbox.company.streams import open_stream
from sandbox.company.writing import write_company

MEGABYTE = 1_000_000


def digest_files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(company: Path, plan: Plan, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_company(again, plan)
    assert digest_files(again) == digest_files(company)


def test_another_seed_gives_another_company(
    manifest: dict[str, Any], company: Path, tmp_path: Path
) -> None:
    main([str(tmp_path), "--seed", "7", "--accounts", "60", "--future-days", "2"])
    other = read_manifest(tmp_path)
    assert other["seed"] == 7
    assert (tmp_path / "tickets.tsv").read_bytes() != (company / "tickets.tsv").read_bytes()
    told, again = ([each["account"] for each in held["stories"]] for held in (manifest, other))
    assert told == again


def test_history_is_the_same_however_long_the_future(company: Path, tmp_path: Path) -> None:
    main([str(tmp_path), "--future-days", "0"])
    alone = {name: held for name, held in digest_files(tmp_path).items() if name != NAME}
    with_future = digest_files(company)
    assert alone == {name: with_future[name] for name in alone}
    assert not (tmp_path / "future").exists()


def test_the_first_days_ahead_do_not_hang_on_the_later_ones(company: Path, tmp_path: Path) -> None:
    main([str(tmp_path), "--future-days", "14"])
    short, long = digest_files(tmp_path), digest_files(company)
    ahead = [name for name in short if name.startswith("future/")]
    assert len({name.split("/")[1] for name in ahead}) == 14
    assert {name: short[name] for name in ahead} == {name: long[name] for name in ahead}


def test_everything_together_is_small(company: Path) -> None:
    sizes = [path.stat().st_size for path in company.rglob("*") if path.is_file()]
    assert sum(sizes) < 15 * MEGABYTE


def test_a_sample_for_a_leap_day_can_be_made(tmp_path: Path) -> None:
    main([str(tmp_path), "--until", "2028-02-29", "--accounts", "60", "--future-days", "5"])
    held = read_manifest(tmp_path)
    assert held["start_on"] == "2026-08-30"
    assert held["deliveries"][0] | {"files": []} == {
        "on": "2028-03-01",
        "holds": "2028-02-29",
        "files": [],
        "note": "",
    }


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_too_few_accounts_are_said_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "new"), "--accounts", "3"])
    assert "at least 60" in capsys.readouterr().err


def test_streams_of_different_words_are_different_and_of_the_same_words_the_same() -> None:
    one, same, other = (open_stream(1, *words) for words in (("a", "b"), ("a", "b"), ("b", "a")))
    drawn = one.random(8).tolist()
    assert drawn == same.random(8).tolist()
    assert drawn != other.random(8).tolist()
