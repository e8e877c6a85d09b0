"""Writes the sample company: python -m sandbox.company OUT_DIR [--seed N] …"""

import argparse
from datetime import date
from pathlib import Path

from sandbox.company.plan import Plan
from sandbox.company.writing import write_company


def main(arguments: list[str] | None = None) -> None:
    """Reads the command line and writes the files; what is wrong with it is said and exits 2."""
    defaults = Plan()
    parser = argparse.ArgumentParser(prog="python -m sandbox.company", description=__doc__)
    parser.add_argument("folder", type=Path, help="an empty or new folder")
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--accounts", type=int, default=defaults.account_count)
    parser.add_argument("--until", type=date.fromisoformat, default=defaults.until)
    parser.add_argument("--future-days", type=int, default=defaults.future_days)
    asked = parser.parse_args(arguments)
    try:
        plan = Plan(asked.seed, asked.accounts, asked.until, asked.future_days)
        write_company(asked.folder, plan)
    except (ValueError, FileExistsError) as problem:
        parser.error(str(problem))


if __name__ == "__main__":
    main()
