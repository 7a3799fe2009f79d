"""A gateway that is down, hangs, answers garbage: each check fails with a clear reason, and the run ends."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.catalogue.findings import ConfigurationError, NonconformityError
from harness.contract.keys import bench_keys
from harness.record.run import read_run
from tests.bench.bench_run import renkei
from tests.bench.bench_statements import OWN, document, write

FINDINGS = {
    "hangs": "TIMED_OUT",
    "drips": "TIMED_OUT",
    "garbage": "BROKEN_RESPONSE",
    "html": "NOT_JSON",
    "half": "BROKEN_RESPONSE",
    "huge": "TOO_LARGE",
}


@pytest.fixture
def bad_gateway(request: pytest.FixtureRequest) -> Iterator[str]:
    """The base URL of a gateway that misbehaves as the parameter says."""
    keys = bench_keys(OWN)
    script = Path(__file__).with_name("bad_gateway.py")
    command = [
        sys.executable,
        str(script),
        request.param,
        keys.signature.kid or "",
        keys.encryption.kid or "",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        yield json.loads(process.stdout.readline())["url"]
        process.kill()


@pytest.mark.parametrize(
    ("bad_gateway", "finding"), FINDINGS.items(), indirect=["bad_gateway"], ids=list(FINDINGS)
)
def test_each_check_fails_with_its_reason_and_the_run_ends(
    bad_gateway: str, finding: str, tmp_path: Path
) -> None:
    statement = write(tmp_path / "gateway.toml", document(bad_gateway))
    wanted = ["--requirement", "NET-03", "--requirement", "JF-02"]
    ended = renkei(tmp_path, "--gateway", "http:", "--statement", str(statement), *wanted)
    assert (ended.code, ended.codes()) == (1, {finding}), ended.err
    assert ended.verdicts() == {"NET-03": "不合格", "JF-02": "不合格"}
    assert {check["scenario"] for check in ended.checks()} == set(read_run(ended.folder).plan)
    assert all(check["seconds"] < 12 for check in ended.checks())
    assert "\x1b[31m" not in ended.out


def test_a_gateway_that_is_down_is_said_before_any_verdict(tmp_path: Path) -> None:
    statement = write(tmp_path / "gateway.toml", document("http://127.0.0.1:9"))
    ended = renkei(tmp_path, "--gateway", "http:", "--statement", str(statement))
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "接続できない" in ended.err
    assert not (ended.folder / "results.json").exists()


def test_what_a_gateway_says_in_preflight_cannot_act_on_the_terminal() -> None:
    error = ConfigurationError("health: \x1b[2J\x9b31m<b>\n\u202e応答")
    assert str(error) == "health: \u241b[2J\ufffd31m<b> \ufffd応答"
    assert "\x1b" not in str(NonconformityError("LEAK", "\x1b[2J", "x"))
