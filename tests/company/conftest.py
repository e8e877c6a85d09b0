"""The sample company as the demo ships it, written once for all tests of this room."""

from pathlib import Path
from typing import Any

import pytest

from sandbox.company.manifest import read_manifest
from sandbox.company.plan import Plan
from sandbox.company.world import World, build_world
from sandbox.company.writing import write_company


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan()


@pytest.fixture(scope="session")
def world(plan: Plan) -> World:
    return build_world(plan)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> Path:
    folder = tmp_path_factory.mktemp("company") / "files"
    write_company(folder, plan)
    return folder


@pytest.fixture(scope="session")
def manifest(company: Path) -> dict[str, Any]:
    return read_manifest(company)
