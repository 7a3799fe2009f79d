"""The proof of a line: what is measured, what is written, and what is said of a line that is not what it says."""

import json
import subprocess
from pathlib import Path

from jsonschema_rs import Draft202012Validator

import load.line.calibration as module
from load.line.calibration import LIMIT, Measured, document, listening, measure
from tests.bench.bench_run import RENKEI

SCHEMA = Path(module.__file__).with_name("calibration.schema.json")
EXACT = Measured(128, 128, 0.0, 0.001, 48_000, 3.0)


def test_all_of_it_arrives_and_is_measured() -> None:
    """A path that is not shaped at all: far faster than what was asked for."""
    with listening() as listener:
        address: tuple[str, int] = listener.getsockname()
        found = measure(address, listener, 128)
    assert (found.kbps, found.bytes) == (128, 48_000)
    assert not found.good


def test_the_limit_is_one_percent() -> None:
    assert LIMIT == 0.01
    assert Measured(128, 129, 0.0099, 0, 1, 1).good
    assert not Measured(128, 126, -0.0101, 0, 1, 1).good


def test_the_record_meets_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for kernel, why in ((None, "tc がない"), ([EXACT], "")):
        Draft202012Validator(schema).validate(document([EXACT], kernel, why))
    assert not document([EXACT, Measured(1, 2, 1.0, 0, 1, 1)], None, "")["good"]


def test_the_command_writes_the_proof(tmp_path: Path) -> None:
    """Whether the line is good is for an idle machine to say: here 0 and 3 are both an answer."""
    out = tmp_path / "calibration.json"
    command = [RENKEI, "load", "calibrate", "--line", "1M", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert done.returncode == (0 if written["good"] else 3), done.stderr
    assert [one["kbps"] for one in written["lines"]] == [1000]
    assert "1,000" in done.stdout


def test_no_line_is_one_sentence(tmp_path: Path) -> None:
    command = [RENKEI, "load", "calibrate", "--line", "0", "--out", str(tmp_path / "x")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.count("\n"), (tmp_path / "x").exists()) == (2, 1, False)
