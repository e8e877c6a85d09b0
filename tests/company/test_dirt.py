"""The list of dirt is true: every entry stands in the file, in that row and column."""

from pathlib import Path
from typing import Any

import pytest

from sandbox.company.dirt import Ledger, Place, add_dirt
from tests.company.reading import find_header, read_cells

Dirt = list[dict[str, Any]]


@pytest.fixture(scope="session")
def dirt(manifest: dict[str, Any]) -> Dirt:
    found: Dirt = manifest["dirt"]
    return found


def read_at(company: Path, manifest: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    encoding = next(f["encoding"] for f in manifest["files"] if f["path"] == entry["file"])
    rows = read_cells(company / entry["file"], encoding, entry["sheet"])
    header = 3 if entry["file"] == "accounts.xlsx" else find_header(rows)
    return dict(zip(rows[header], rows[entry["row"] - 1], strict=True))


def test_every_entry_points_at_its_cell(
    company: Path, manifest: dict[str, Any], dirt: Dirt
) -> None:
    for entry in dirt:
        cell = read_at(company, manifest, entry)[entry["column"]]
        assert str(cell or "") == entry["value"], entry


def test_there_is_dirt_of_every_fate_in_many_files(dirt: Dirt) -> None:
    assert {each["fate"] for each in dirt} == {"refused", "ignored", "duplicate", "unlinked"}
    assert len({each["file"] for each in dirt if each["fate"] == "refused"}) >= 8
    assert len({each["why"] for each in dirt}) >= 10
    assert any(each["file"].startswith("future/") for each in dirt)


def test_duplicates_stand_right_below_their_original(
    company: Path, manifest: dict[str, Any], dirt: Dirt
) -> None:
    simple = [e for e in dirt if e["fate"] == "duplicate" and not e["sheet"]]
    assert len(simple) >= 4
    for entry in simple:
        above = {**entry, "row": entry["row"] - 1}
        assert read_at(company, manifest, entry) == read_at(company, manifest, above)


def test_an_unreadable_row_is_no_copy_of_a_good_one(
    company: Path, manifest: dict[str, Any], dirt: Dirt
) -> None:
    for entry in dirt:
        if entry["fate"] == "refused" and not entry["sheet"]:
            above = {**entry, "row": entry["row"] - 1}
            assert read_at(company, manifest, entry) != read_at(company, manifest, above)


def test_unlinked_ids_belong_to_no_account(world: Any, dirt: Dirt) -> None:
    known = {each for a in world.accounts for each in (a.ref, a.tenant, a.billing, a.domain)}
    strangers = {each["value"] for each in dirt if each["fate"] == "unlinked"}
    assert {"tn-acme-shoji-old", "tn-naibu-test", "B-99901", "C8888"} == strangers
    assert not strangers & known


def test_a_repeated_header_and_a_blank_row_stand_in_the_usage(
    company: Path, manifest: dict[str, Any], dirt: Dirt
) -> None:
    ignored = {each["why"]: each for each in dirt if each["fate"] == "ignored"}
    assert read_at(company, manifest, ignored["repeated_header"])["日付"] == "日付"
    assert not any(read_at(company, manifest, ignored["blank_row"]).values())


def test_dirt_for_a_column_that_is_not_there_is_a_mistake_of_ours() -> None:
    rows: list[list[Any]] = [["1", "2"]]
    with pytest.raises(ValueError, match="columns the file does not have"):
        add_dirt("nps", ["a", "b"], rows, Place("nps.csv", 2), Ledger())


def test_files_without_dirt_in_the_catalogue_stay_clean() -> None:
    ledger = Ledger()
    assert add_dirt("members", ["a"], [["1"]], Place("members.csv", 2), ledger) == [["1"]]
    assert ledger.entries == []
