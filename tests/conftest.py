"""What holds for every test: no network, no settings of the machine, the same run every time."""

import gc
import os
import re
import time
from collections.abc import Iterable

import pytest
from hypothesis import settings

pytest_plugins = ("tests.compiled", "tests.databases", "tests.house")

# While all is imported and collected there is nothing to throw away, see `pytest_runtestloop`.
gc.disable()

_OURS = re.compile(r"(SLACK_|SAKIDORI_|DATABASE_URL$|PORT$)")
# Whether a missing browser is a failure is a matter of the run, not of what is tested.
_KEPT = {"SAKIDORI_REQUIRE_BROWSER"}

_ROW = re.compile(r"[A-EX]\d{1,2}")


def _scrub_environment() -> None:
    for name in [name for name in os.environ if _OURS.match(name) and name not in _KEPT]:
        del os.environ[name]
    os.environ.update(TZ="UTC", LC_ALL="C.UTF-8", LANG="C.UTF-8")
    time.tzset()


def pytest_configure(config: pytest.Config) -> None:
    """Runs before any test module is imported, in xdist's workers too."""
    _scrub_environment()
    settings.register_profile("ci", derandomize=True, deadline=None, database=None)
    settings.register_profile("explore", deadline=None, max_examples=2_000)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# Each stands on something dear (a browser, a company, a thousand syntax trees): built once.
_ROOMS_OF_ONE_WORKER = {"architecture", "browser_stories", "company", "page", "seasons"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """A row mark names requirement rows, each spelled as in the table: B1, X39."""
    for item in items:
        if item.path.parent.name in _ROOMS_OF_ONE_WORKER:
            item.add_marker(pytest.mark.xdist_group(item.path.parent.name))
        for mark in item.iter_markers("row"):
            if not mark.args or not all(_ROW.fullmatch(row) for row in mark.args):
                raise pytest.UsageError(f"{item.nodeid}: {mark.args} are not requirement rows")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What is imported by now stays to the end: no later collection walks over it."""
    gc.freeze()
    gc.enable()
