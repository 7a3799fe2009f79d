"""What a gateway that is under test can find out about the run: nothing that lets it touch the record or the network."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.bench.network import Address, Listening, start_network
from harness.bench.run_folder import GATEWAY
from harness.contract.journal import FILE_NAME, Entry
from harness.record.reader import read
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_run import LONGEST_SECONDS, RENKEI
from tests.bench.bench_statements import document, write
from tests.bench.prying_gateway import opening

PASSWORD = "geheim-und-lang"
PRYING = Path(__file__).with_name("prying_gateway.py")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]], str]:
    """The folder of a run against a prying gateway, its loot, and what was printed."""
    place = tmp_path_factory.mktemp("prying")
    port, tokens = free_port(LOOPBACK), document()["south"]["tokens"]
    given = [part for kind, text in tokens.items() for part in (f"--{kind}-token", text)]
    command = [sys.executable, "-m", "mocks.gateway", "--port", str(port), *given]
    prying = [sys.executable, str(PRYING), str(place / "loot"), "/bin/sh", "-c"]
    prying += [f'exec {shlex.join(command)} --network "$RENKEI_NETWORK_URL"', PASSWORD]
    statement = write(place / "gateway.toml", document(f"http://{LOOPBACK}:{port}"))
    asked = ["--statement", str(statement), "--requirement", "NET-03", "--brief"]
    done = subprocess.run(
        [RENKEI, "run", "--gateway", f"command:{shlex.join(prying)}", *asked],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    [folder] = (place / "runs").iterdir()
    return folder, json.loads((place / "loot").read_text(encoding="utf-8")), done.stdout + done.stderr


Ran = tuple[Path, dict[str, list[str]], str]


def test_it_is_told_nothing_of_the_run_folder(run: Ran) -> None:
    folder, loot, _ = run
    assert loot["descriptors"]
    assert [path for path in loot["descriptors"] if str(folder.parent) in path] == []
    assert [text for text in loot["own"] if str(folder) in text] == []


def test_no_process_tells_in_argv_or_environment_where_the_record_is(
    run: Ran,
) -> None:
    """Root can read the environment of everybody, so that nothing must be there."""
    folder, loot, _ = run
    [secrets] = [entry for entry in read(folder / FILE_NAME) if entry["type"] == Entry.SECRETS]
    assert set(secrets["tokens"]) == set(
        document()["south"]["tokens"].values()
    )  # the gateway's own, no other
    assert any("mocks.network" in text for text in loot["everybody"])
    assert [text for text in loot["everybody"] if str(folder) in text] == []


def test_no_process_tells_in_argv_or_environment_how_to_move_the_network(run: Ran) -> None:
    _, loot, _ = run
    assert any("mocks.network" in text for text in loot["everybody"])
    assert loot["tokens"] == []


@pytest.mark.parametrize("spelling", ["{}", "RENKEI_CONTROL={}", "--token\0{}\0", '{{"token": "{}"}}'])
def test_a_token_that_were_told_would_be_found(spelling: str, control: Address) -> None:
    texts = ["PATH=/usr/bin", spelling.format(control.token)]
    assert opening(control.url, texts) == [control.token]
    assert opening(control.url, [text.replace(control.token, control.token[::-1]) for text in texts]) == []


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A network, and how to move it."""
    process, address = start_network(tmp_path_factory.mktemp("network"), Listening())
    yield address
    process.stop()


def test_a_password_of_its_command_line_is_in_one_file_only(run: Ran) -> None:
    folder, _, printed = run
    files = [path for path in folder.rglob("*") if path.is_file()]
    held = [path.name for path in files if PASSWORD.encode() in path.read_bytes()]
    assert held == [GATEWAY]
    assert PASSWORD not in printed
    first = next(entry for entry in read(folder / FILE_NAME) if entry["type"] == Entry.RUN)
    assert first["gateway"].startswith("command:")
    assert any(word.startswith("command:") for word in first["command"])


def test_a_process_of_the_bench_keeps_itself_to_itself() -> None:
    """Not against root, whose tests these may be: so what the system says of the process is asked."""
    code = (
        "import ctypes; from harness.contract.seclusion import seclude; seclude(); "
        "raise SystemExit(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    code = code.replace("seclude();", "")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 1
