"""`python -m tests.kill --kills 200`: kills, prints what came of it, and exits 1 on a breach."""

import argparse
import secrets
import sys

from tests.kill.run import Outcome, databases, full_size, run, short_size


def main() -> int:
    """Read the options, run, print."""
    options = _parser().parse_args()
    seed = options.seed if options.seed is not None else secrets.randbelow(1_000_000)
    _say(f"seed {seed}, {options.kills} kills, {options.database}")
    size = (short_size if options.short else full_size)(options.kills)
    with databases(options.database) as (urls, folder):
        outcome = run(size, seed, urls, folder, _say)
    _say(*describe(outcome))
    return 1 if outcome.verdict.breaches else 0


def describe(outcome: Outcome) -> list[str]:
    """The result as lines."""
    verdict = outcome.verdict
    drops = ", ".join(f"{kind} {count}" for kind, count in sorted(outcome.faults.items()))
    kills = ", ".join(f"{name} {count}" for name, count in sorted(outcome.kills.items()))
    lines = [
        f"kills: {outcome.kills.total()} ({kills})",
        f"faults of Slack: {sum(outcome.faults.values())} ({drops})",
        f"digests: {verdict.expected} expected, {verdict.found} found, "
        f"{verdict.duplicates} duplicates, {verdict.missing} missing",
        f"notices to ops: {verdict.notices}",
        f"imports: {verdict.applied} applied, {len(outcome.refusals)} ended with a sentence",
        f"seconds: {outcome.seconds:.0f}",
    ]
    lines += [f"logged {count} times: {line}" for line, count in outcome.logged.most_common(8)]
    lines += [f"said: {said}" for said in outcome.refusals[:3]]
    lines += [f"BREACH (seed {outcome.seed}): {breach}" for breach in verdict.breaches]
    return [*lines, "failed" if verdict.breaches else "kept every promise"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, help="replays the same choices; printed at the start")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--short", action="store_true", help="the small form of the tests")
    return parser


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
