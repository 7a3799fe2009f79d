"""What a gateway says reaches a terminal and the log of a build server as text, and acts on neither."""

import io
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console

from harness.bench.bench import Bench, Introduced
from harness.catalogue.findings import ConfigurationError, InconclusiveError, NonconformityError
from harness.catalogue.verdicts import Verdict
from harness.cli.progress import Progress
from harness.cli.streams import harmless
from harness.plugin.entry import BENCH, OPTIONS
from tests.bench.bench_run import RENKEI
from tests.bench.waiting import LONGEST_SECONDS
from tests.reports.hostile import TEXTS
from tests.reports.journal_book import Book

HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202e[red]x[/red]\n::error::owned\r::stop-commands::x ##[command]x ##vso[task.x]y"
ORDERS = ("##[", "##vso[", "##teamcity[")


def acts(shown: str) -> list[str]:
    """The lines of what was shown that a terminal or a build server would obey."""
    bad = [line for line in shown.splitlines() if line.strip().startswith("::")]
    bad += [order for order in ORDERS if order in shown]
    return bad + [c for c in shown if c in "\x1b\x07\r\x9b\u202e\u2066\u2028"]


def test_what_a_gateway_calls_itself_is_shown_as_text_before_the_first_scenario() -> None:
    out = io.StringIO()
    progress = Progress(Console(file=out, width=60, force_terminal=True, color_system=None), Console())
    health, nothing = cast(Any, {"product": HOSTILE}), cast(Any, None)
    bench = Bench(nothing, nothing, Introduced(nothing, health, nothing))
    stash = {OPTIONS: SimpleNamespace(gateway="http:x", seed=1), BENCH: bench}
    progress.pytest_sessionstart(cast(Any, SimpleNamespace(config=SimpleNamespace(stash=stash))))
    progress.bar.stop()
    first = out.getvalue().split("種 1")[0]
    assert "[red]x" in first
    assert acts(harmless(first)) == []


@pytest.mark.parametrize("text", [HOSTILE, "長い観測" * 20 + "::error::owned" * 40, *TEXTS])
def test_a_report_on_a_terminal_acts_on_nobody(text: str, tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None}, product=text, gateway=text)
    book.checked(1, ("SIG-01",), Verdict.FAIL, observed=text, expected=text, see=text)
    book.end()
    done = subprocess.run(
        [RENKEI, "report", str(book.folder)], capture_output=True, timeout=LONGEST_SECONDS, check=False
    )
    assert done.returncode == 0
    assert acts(done.stdout.decode()) == []


def test_what_pytest_shows_of_a_finding_holds_no_order_either() -> None:
    for error in (
        NonconformityError("NO_ANSWER", HOSTILE, HOSTILE),
        InconclusiveError("NETWORK_FAILED", HOSTILE),
        ConfigurationError(HOSTILE),
    ):
        assert [order for order in ORDERS if order in str(error)] == []
        assert acts(str(error).replace("\n", "\nE  ")) == []  # as pytest begins the lines of an error


@pytest.mark.parametrize(
    ("begun", "text", "shown"),
    [
        ("", "::error::x", "：：error::x"),
        ("  ", "::error::x", "：：error::x"),
        ("", "a::b\n \t::x\r::y\n\n::z", "a::b\n \t：：x\r：：y\n\n：：z"),
        ("a ", "::1 is an address\n::x", "::1 is an address\n：：x"),
        (":", ":error::x\n::y", "：error::x\n：：y"),
        ("", "a ##[error]b ##vso[c]d ##teamcity[e]", "a ＃#[error]b ＃#vso[c]d ＃#teamcity[e]"),
        ("", "## heading :: http://[::1]:9/", "## heading :: http://[::1]:9/"),
        ("", "", ""),
    ],
)
def test_orders_to_a_build_server_are_made_visible(begun: str, text: str, shown: str) -> None:
    assert harmless(text, begun) == shown


def test_it_does_not_matter_in_how_many_pieces_an_order_comes() -> None:
    script = "from harness.cli import streams; streams.prepare(); import sys\nfor c in '\\n ::error::x\\na::b': sys.stdout.write(c)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, timeout=LONGEST_SECONDS, check=True
    )
    assert acts(done.stdout.decode()) == []
    assert done.stdout.decode().endswith("\na::b")
