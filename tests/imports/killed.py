"""Applies a batch in a process of its own and kills it at a given block, as a power cut would.

Its words: DATABASE_URL WORKSPACE BATCH PATH BLOCKS
"""

import os
import signal
import sys
from pathlib import Path

from bot.clock import FixedClock
from bot.core.import_report import ImportReport
from bot.services.imports import batches
from bot.services.imports.applying import Applying
from bot.services.imports.opening import open_file
from bot.store.base import IdSource
from bot.store.engine import build_engine
from bot.store.unit import Store
from tests.imports.office import MORNING, TODAY


def main() -> None:
    """Die when block number BLOCKS has just been committed."""
    url, workspace_id, batch_id, path = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    left = int(sys.argv[5])
    store = Store(build_engine(url), FixedClock(MORNING))
    with store.reading(workspace_id) as unit:
        report = ImportReport.from_json(batches.get_batch(unit, batch_id).report)
    opened = open_file(store, workspace_id, Path(path), {}, TODAY)
    told = [0]

    def tell(done: int, total: int) -> None:
        told[0] += 1
        if told[0] >= left:
            os.kill(os.getpid(), signal.SIGKILL)

    Applying(store, workspace_id, batch_id, opened, TODAY, tell, IdSource()).run(report)
