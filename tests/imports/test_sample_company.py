"""The sample company through the importer, twice: the dirt is refused, the tables are identical."""

from pathlib import Path
from typing import Any

import pytest

from bot.core.import_report import ImportReport
from bot.store.tables import Account
from sandbox.company.manifest import read_manifest
from sandbox.company.plan import Plan
from sandbox.company.writing import write_company
from tests.imports.office import Office

ANSWERS: dict[str, dict[str, str]] = {}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "files"
    write_company(folder, Plan())
    return folder


def bring_all(office: Office, company: Path, manifest: dict[str, Any]) -> dict[str, ImportReport]:
    return {name: office.bring(company / name) for name in manifest["import_order"]}


@pytest.mark.row("B1", "X16")
@pytest.mark.slow
def test_the_sample_company_imported_twice_gives_identical_tables(
    small_office: Office, company: Path
) -> None:
    manifest = read_manifest(company)
    first = bring_all(small_office, company, manifest)
    assert {name: report.questions for name, report in first.items() if report.questions} == {}
    before = small_office.dump()
    second = bring_all(small_office, company, manifest)
    assert small_office.dump() == before
    assert not any(report.is_ready for report in second.values())
    check_accounts(small_office, manifest)
    check_dirt(first, manifest)


def check_accounts(office: Office, manifest: dict[str, Any]) -> None:
    accounts = office.rows(Account)
    assert len(accounts) == manifest["counts"]["accounts"]
    gone = {each["ref"] for each in manifest["churned"]}
    assert {one.ref for one in accounts if not one.is_active} <= gone
    # Dollars count too: every running contract is in somebody's yearly revenue.
    assert sum(one.arr_base is None for one in accounts if one.is_active) == 0


def check_dirt(reports: dict[str, ImportReport], manifest: dict[str, Any]) -> None:
    """Every row the generator broke on purpose is told, with the row it stands in."""
    refused = {(name, one.row) for name, report in reports.items() for one in report.refusals}
    unlinked = {(name, one.ref) for name, report in reports.items() for one in report.unlinked}
    dirt = [each for each in manifest["dirt"] if not each["file"].startswith("future/")]
    for each in dirt:
        if each["fate"] == "refused":
            assert (each["file"], each["row"]) in refused, each
        elif each["fate"] == "unlinked":
            assert (each["file"], each["value"]) in unlinked, each
