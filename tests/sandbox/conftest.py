"""A running sandbox per test, and one per module for tests that only read."""

from collections.abc import Iterator

import pytest

from sandbox import serve
from sandbox.server import SandboxServer
from tests.sandbox.town import town


@pytest.fixture
def slack() -> Iterator[SandboxServer]:
    with serve(town()) as running:
        yield running
