"""The days ahead: one folder a morning, and the mornings on which something is wrong."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.company.workdays import is_working
from tests.company.reading import list_files, read_kind, read_table

NEW_YEAR = [date(2026, 12, 29) + timedelta(days=each) for each in range(6)]


def on(manifest: dict[str, Any], day: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in manifest["deliveries"] if each["on"] == day)
    return found


def usage_of(company: Path, path: str) -> list[dict[str, Any]]:
    return read_table(company, {"path": path, "encoding": "utf-8-sig"})


def usage_files(delivery: dict[str, Any]) -> list[str]:
    return [path.split("/")[-1] for path in delivery["files"] if "/usage_" in path]


def test_sixty_mornings_follow_each_other(company: Path, manifest: dict[str, Any]) -> None:
    mornings = [date.fromisoformat(each["on"]) for each in manifest["deliveries"]]
    assert mornings == [date(2026, 11, 21) + timedelta(days=each) for each in range(60)]
    folders = sorted(path.name for path in (company / "future").iterdir())
    assert folders == [each["on"] for each in manifest["deliveries"] if each["files"]]


def test_a_delivery_holds_the_day_before_and_nothing_later(
    company: Path, manifest: dict[str, Any]
) -> None:
    for delivery in manifest["deliveries"]:
        assert date.fromisoformat(delivery["holds"]) + timedelta(days=1) == date.fromisoformat(
            delivery["on"]
        )
        for path in delivery["files"]:
            named = re.findall(r"\d{4}-\d\d-\d\d", Path(path).name)
            assert named[0] <= delivery["holds"], path


def test_every_row_of_a_daily_usage_file_is_of_its_day(
    company: Path, manifest: dict[str, Any]
) -> None:
    broken = {each["value"] for each in manifest["dirt"]}
    for entry in list_files(manifest, "usage_daily", future=True):
        day = re.findall(r"usage_(\d{4}-\d\d-\d\d)", entry["path"])[0].replace("-", "/")
        assert {row["日付"] for row in usage_of(company, entry["path"])} - broken == {day}


def test_nothing_of_a_day_is_known_on_the_morning_of_that_day(
    company: Path, manifest: dict[str, Any]
) -> None:
    for entry in list_files(manifest, "tickets", future=True):
        morning = entry["path"].split("/")[1].replace("-", "/")
        for row in read_table(company, entry):
            assert row["受付日"] < morning
            assert row["解決日"] < morning
            assert (row["状態"] == "解決済み") == bool(row["解決日"])


@pytest.mark.row("B1")
def test_the_dead_feed_is_never_made_up_for(company: Path, manifest: dict[str, Any]) -> None:
    dead = manifest["faults"]["dead_on"]
    assert dead == "2026-12-02"
    delivery = on(manifest, "2026-12-03")
    assert delivery["note"] == "dead feed"
    assert not [path for path in delivery["files"] if "usage" in path or "activity" in path]
    assert not [e for e in manifest["files"] if e["path"].endswith(f"usage_{dead}.csv")]


def test_the_late_file_comes_three_mornings_late(company: Path, manifest: dict[str, Any]) -> None:
    faults = manifest["faults"]
    assert usage_files(on(manifest, "2026-12-16")) == []
    arrival = on(manifest, faults["late_arrives_on"])
    assert usage_files(arrival) == ["usage_2026-12-17.csv", "usage_2026-12-15.csv"]
    assert (arrival["on"], arrival["note"]) == ("2026-12-18", "late file")


def test_the_correction_halves_what_was_counted_twice(
    company: Path, manifest: dict[str, Any]
) -> None:
    faults = manifest["faults"]
    wrong = usage_of(company, "future/2026-12-09/usage_2026-12-08.csv")
    mended = usage_of(company, "future/2026-12-10/usage_2026-12-08_correction.csv")
    assert [row["テナントID"] for row in mended] == faults["corrected_tenants"]
    before = {row["テナントID"]: row for row in wrong}
    for row in mended:
        for metric in ("ログイン数", "主要機能利用回数"):
            assert int(before[row["テナントID"]][metric]) == 2 * int(row[metric])


def test_all_faults_fall_on_working_days(manifest: dict[str, Any]) -> None:
    for name in ("dead_on", "doubled_on", "late_on"):
        assert is_working(date.fromisoformat(manifest["faults"][name]), "JP"), name


def test_the_account_that_stops_is_named_and_stops(company: Path, manifest: dict[str, Any]) -> None:
    story = next(each for each in manifest["stories"] if each["story"] == "stops")
    assert (story["account"], story["stops_on"]) == ("ラムダ電機", "2026-12-01")
    rows = read_kind(company, manifest, "usage_daily", future=True)
    own = [row for row in rows if row["テナントID"] == story["tenant"]]
    before = [row for row in own if row["日付"] < "2026/12/01"]
    after = [row for row in own if row["日付"] >= "2026/12/01"]
    assert max(int(row["ログイン数"]) for row in before) > 15
    assert {int(row["ログイン数"]) for row in after} == {0}
    assert len(after) == 48


def test_new_year_is_a_normal_pause(company: Path, manifest: dict[str, Any], world: Any) -> None:
    offices = {
        account.tenant
        for account in world.accounts
        if account.habit == "office" and account.country == "JP"
    }
    rows = read_kind(company, manifest, "usage_daily", future=True)
    pause = {f"{day:%Y/%m/%d}" for day in NEW_YEAR}
    resting = [row for row in rows if row["日付"] in pause and row["テナントID"] in offices]
    assert len(resting) > 200
    assert {int(row["ログイン数"]) for row in resting} == {0}


def test_a_late_invoice_comes_and_is_paid(company: Path, manifest: dict[str, Any]) -> None:
    story = next(e for e in manifest["stories"] if e["story"] == "late_invoice_ahead")
    rows = read_kind(company, manifest, "invoices") + read_kind(
        company, manifest, "invoices", future=True
    )
    told = [
        row["入金日"]
        for row in rows
        if row["請求先コード"] == story["billing"] and row["支払期日"] == "2026/11/30"
    ]
    assert told == ["", "2026/12/22"]


def test_every_kind_of_news_arrives_in_the_days_ahead(manifest: dict[str, Any]) -> None:
    ahead = [each for each in manifest["files"] if each["path"].startswith("future/")]
    counts = {kind: sum(e["rows"] for e in ahead if e["kind"] == kind) for kind in _kinds(ahead)}
    assert counts["voc"] >= 5
    assert counts["nps"] >= 5
    assert counts["outcomes"] >= 10
    assert {"tickets", "touches", "invoices", "contracts", "incidents"} <= set(counts)
    assert "members" not in counts


def test_contracts_ahead_are_renewals_of_known_ones(
    company: Path, manifest: dict[str, Any]
) -> None:
    yen = [e for e in list_files(manifest, "contracts", future=True) if e["path"].endswith("xlsx")]
    assert len(yen) >= 5
    for entry in yen:
        for row in read_table(company, entry):
            assert re.fullmatch(r"K-\d{4}-([2-9]|\d\d)", row["契約番号"]), row


def test_activity_of_persons_comes_with_the_usage(manifest: dict[str, Any]) -> None:
    days = {e["path"].split("/")[1] for e in list_files(manifest, "contact_activity", future=True)}
    assert "2026-12-03" not in days
    assert len(days) >= 50


def _kinds(entries: list[dict[str, Any]]) -> set[str]:
    return {each["kind"] for each in entries}
