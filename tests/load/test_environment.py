"""A load run reaches gateways of every kind, over a line or not, and ends with a sentence where it cannot begin."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.bench.bench import Target
from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Verdict
from harness.contract.statement import Statement
from load import LOOPBACK
from load.line.shaped_line import LineQuality
from load.send.environment import opened
from load.send.generator import free_port
from tests.bench.bench_statements import document
from tests.load.load_scene import Load, run_load

pytestmark = pytest.mark.slow
COUNT = 20
FAST = LineQuality(10_000_000, 0.001)


def tokens(known: dict[str, Any]) -> list[str]:
    """The tokens of a statement, as the gateway takes them."""
    return [part for kind, text in known["south"]["tokens"].items() for part in (f"--{kind}-token", text)]


@contextmanager
def vendor(port: int) -> Iterator[tuple[Statement, "subprocess.Popen[bytes]"]]:
    """Somebody's gateway that runs already, and expects the network at a port."""
    known = document()
    command = [sys.executable, "-m", "mocks.gateway", "--network", f"http://127.0.0.1:{port}", *tokens(known)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout
        said = json.loads(process.stdout.readline())
        statement = Statement.from_document(
            document(said["south"].removesuffix("/south"), network={"listen": f"127.0.0.1:{port}"})
        )
        yield statement, process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("line", [None, FAST], ids=["direct", "line"])
def test_a_gateway_that_runs_already_is_loaded(tmp_path: Path, line: LineQuality | None) -> None:
    with vendor(free_port(LOOPBACK)) as (statement, _):
        outcome = run_load("http:", tmp_path, Load(COUNT, line=line), statement)
    assert outcome.verdict == (Verdict.PASS, ""), outcome.conclusion.judgement
    assert bool(outcome.state) == bool(line)
    if line:
        assert min(outcome.line[side]["carried"] for side in ("up", "down")) > COUNT * 1_500


def test_a_gateway_that_the_bench_starts_with_a_command_is_loaded_over_a_line(tmp_path: Path) -> None:
    south = free_port(LOOPBACK)
    known = document(f"http://127.0.0.1:{south}")
    start = [sys.executable, "-m", "mocks.gateway", "--port", str(south), *tokens(known)]
    script = tmp_path / "start.sh"
    script.write_text(f'exec {" ".join(start)} --network "$RENKEI_NETWORK_URL"\n', encoding="utf-8")
    load = Load(COUNT, line=FAST)
    outcome = run_load(f"command:sh {script}", tmp_path, load, Statement.from_document(known))
    assert outcome.verdict == (Verdict.PASS, ""), outcome.conclusion.judgement
    assert outcome.line["up"]["carried"] > COUNT * 1_500


def test_a_gateway_that_dies_is_convicted_by_what_was_seen_until_then(tmp_path: Path) -> None:
    with vendor(free_port(LOOPBACK)) as (statement, process):
        outcome = run_load("http:", tmp_path, Load(300), statement, process.kill)
    assert outcome.verdict == (Verdict.FAIL, "NO_ANSWER")
    found = outcome.entries[-1]
    assert found["type"] == "reconciliation"
    assert found["sent"] == found["accepted"] == 300
    assert found["counts"]["lost"] == 300 - found["answered"] > 0


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        vendor(listener.getsockname()[1]) as (statement, _),
    ):
        for line in (None, FAST):
            with (
                pytest.raises(ConfigurationError, match=r"network\.listen"),
                opened(Target("http:", statement, tmp_path), line),
            ):
                pytest.fail("it must not open")


def test_a_line_to_another_machine_is_refused(tmp_path: Path) -> None:
    with vendor(free_port(LOOPBACK)) as (statement, _):
        elsewhere = replace(statement, north_url="http://192.0.2.1:9101/north")
        target = Target("http:", elsewhere, tmp_path, ("192.0.2.1",))
        with pytest.raises(ConfigurationError, match="この計算機の中だけ"), opened(target, FAST):
            pytest.fail("it must not open")
