"""A file that fails at the same place is tried once more, then no further by itself.

Not counted is what says nothing of the file: a process that was stopped or killed from outside.
"""

from bot.store.inbox import once, was_done
from bot.store.tables import ImportBatch
from bot.store.unit import Unit

MOST = 2


def strike(unit: Unit, batch: ImportBatch) -> bool:
    """Count a failure where the batch stands now; whether it may be tried again."""
    place = f"import_strike:{batch.id}:{batch.state}:{batch.applied_rows}"
    for number in range(1, MOST + 1):
        if not was_done(unit, f"{place}:{number}"):
            once(unit, f"{place}:{number}")
            return number < MOST
    return False
