"""Seconds for reading a journal and for every view of it: `python tests/benchmarks/views.py`. Asserts nothing."""

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from harness.catalogue.requirements import requirements  # noqa: E402  # the project need not be installed to measure it
from harness.catalogue.verdicts import Verdict  # noqa: E402
from harness.record.run import read_run  # noqa: E402
from reports.run.allure import allure  # noqa: E402
from reports.run.json_view import results  # noqa: E402
from reports.run.junit import junit  # noqa: E402
from reports.run.summary import print_summary  # noqa: E402
from reports.run.views import write_views  # noqa: E402
from tests.reports.journal_book import Book  # noqa: E402

SCENARIOS = 1_000
STEPS = 8
EXCHANGES = 10  # a face
BODY = {"items": {"氏名": "福田 髙子", "総所得額": "1900000"}, "padding": "x" * 600}
FAILING = 10  # every tenth


def fill(book: Book) -> None:
    """A run of 1,000 scenarios, 8 steps and 20 exchanges each, every tenth failing."""
    ids = tuple(requirements())
    book.run()
    for line in range(1, SCENARIOS + 1):
        id_, wanted = f"c-{line}", (ids[line % len(ids)],)
        scenario = book.scenario(line, wanted)
        for _ in range(STEPS):
            book.step(scenario)
        for _ in range(EXCHANGES):
            book.south(scenario, request=BODY, response=BODY, correlation_id=id_)
            book.north(header={"correlation_id": id_}, content=BODY)
        book.check(scenario, wanted, Verdict.PASS if line % FAILING else Verdict.FAIL)
    book.end()


def measure(name: str, act: Callable[[], object]) -> None:
    """Prints the seconds that one call takes."""
    start = time.perf_counter()
    act()
    print(f"{name:<28}{time.perf_counter() - start:8.3f} s")


def main() -> None:
    """Prints one line a view, and one for all of them with reading and writing."""
    with tempfile.TemporaryDirectory() as folder:
        book = Book.open(Path(folder))
        fill(book)
        size = book.path.stat().st_size / 1_000_000
        print(f"{SCENARIOS} scenarios, {SCENARIOS * EXCHANGES * 2} exchanges, journal {size:.1f} MB")
        run = read_run(book.folder)
        measure("read", lambda: read_run(book.folder))
        measure("summary", lambda: print_summary(run, Console(file=io.StringIO(), width=100)))
        measure("junit.xml", lambda: junit(run))
        measure("results.json", lambda: results(run))
        measure("allure-results", lambda: list(allure(run)))
        measure("write_views, all and reading", lambda: write_views(book.folder))


if __name__ == "__main__":
    main()
