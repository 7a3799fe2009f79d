"""Network and gateway stay open for as long as somebody replays a script by hand."""

import os
import shlex
import subprocess
from pathlib import Path

import httpx

from tests.bench.bench_run import RENKEI


def test_it_tells_what_a_script_needs_and_ends_with_its_input(tmp_path: Path) -> None:
    command = [RENKEI, "network", "--run-folder", str(tmp_path / "run")]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=dict(os.environ))
    assert process.stdin
    assert process.stdout
    told: dict[str, str] = {}
    for _ in range(6):
        name, _, value = process.stdout.readline().partition("=")
        (told[name],) = shlex.split(value)
    assert list(told) == ["SOUTH", "BUSINESS", "STAFF", "AUDIT", "CONTROL", "CONTROL_TOKEN"]
    headers = {"Authorization": f"Bearer {told['CONTROL_TOKEN']}"}
    health = httpx.get(f"{told['CONTROL']}/control/v1/health", headers=headers).json()
    assert (health["status"], health["gateway"]) == ("ok", "221007")
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline() == "再起動した。\n"
    process.stdin.close()
    process.stdout.close()
    assert process.wait() == 0
