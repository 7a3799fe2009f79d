"""A gateway that loses one answer in 10,000, and the clean one, under 20,000 messages: `python tests/benchmarks/load_conformance.py`.
Asserts nothing."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.load.load_scene import Load, run_load  # noqa: E402

LOAD = Load(20_000, people=500, share=0.02, quiet=5.0)


def main() -> None:
    """Prints the figures side by side; names of gateways on the command line."""
    gateways = sys.argv[1:] or ["reference", "reference+loses-one-in-10000"]
    for gateway in gateways:
        started = time.perf_counter()
        with TemporaryDirectory() as folder:
            outcome = run_load(gateway, Path(folder), LOAD)
        judgement, found = outcome.conclusion.judgement, outcome.conclusion.reconciliation
        print(
            f"{gateway:30} {found.sent:,} sent at {found.sent / outcome.seconds:,.0f} /s, {found.answered:,} answered, "
            f"{len(found.lost)} lost, {len(outcome.conclusion.checked)} checked → {judgement.verdict} {judgement.code} "
            f"in {time.perf_counter() - started:,.0f} s ({judgement.observed})"
        )


if __name__ == "__main__":
    main()
