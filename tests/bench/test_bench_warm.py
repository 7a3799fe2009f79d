"""What a warm process forks is as a fresh process: what it is given, how it ends, and that nothing of it is left."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from harness.matrix.running import MODULES, Job, running
from harness.processes import leash
from harness.processes.asked import ADDRESS, PYTHON
from harness.processes.held import Held, start
from harness.processes.process import Process
from harness.processes.warming import warmed
from tests.bench.waiting import LONGEST_SECONDS, gone, until

PROBE = "tests.bench.asked_of_warm"
HOLDER = f"""
import sys
from pathlib import Path
from harness.processes.held import start
from harness.processes.warming import warmed
with warmed(Path(sys.argv[1]), []) as address:
    held = start([sys.executable, "-I", "-m", "{PROBE}", "sleep"], [], {{}}, stdout=-3, stderr=-3, warm=address)
    print(flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a warm process that has loaded nothing."""
    with warmed(tmp_path_factory.mktemp("warm") / "log", []) as found:
        assert found
        yield found


def forked(address: str, *words: str, options: tuple[str, ...] = ()) -> Held:
    """The probe by the warm process."""
    pipe = subprocess.PIPE
    environment = {"ONLY": "this", ADDRESS: address}
    held = start([*PYTHON, PROBE, *words], options, environment, stdout=pipe, stderr=pipe, warm=address)
    assert not isinstance(held, subprocess.Popen)
    return held


def said(held: Held) -> dict[str, Any]:
    """What the probe found."""
    assert held.stdout
    found: dict[str, Any] = json.loads(held.stdout.read())
    assert held.wait(LONGEST_SECONDS) == 0
    return found


def complaint(held: Held) -> str:
    """The last line on standard error."""
    assert held.stderr
    return held.stderr.read().decode().splitlines()[-1]


def test_it_is_given_what_was_asked_for_and_nothing_of_another(address: str) -> None:
    beside = forked(address, "sleep")
    held = forked(address, "a b", "--c", options=(leash.FIRST_LINE,))
    assert held.stdin
    held.stdin.write('{"token": "鍵"}\nmore\n'.encode())
    found = said(held)
    assert found["arguments"] == ["a b", "--c"]
    assert found["line"] == '{"token": "鍵"}\n'
    assert found["folder"] == os.getcwd()
    assert found["environment"] == {"ONLY": "this"}
    assert found["open"] == [0, 1, 2]
    assert found["leader"]
    assert found["name"] == PROBE[:15]
    assert beside.poll() is None
    assert beside.stdin
    beside.stdin.close()
    assert beside.wait(LONGEST_SECONDS) == -signal.SIGTERM


def test_two_of_them_draw_otherwise(address: str) -> None:
    assert said(forked(address))["random"] != said(forked(address))["random"]


def test_it_ends_as_python_does(address: str) -> None:
    assert forked(address, "exit", "7").wait(LONGEST_SECONDS) == 7
    assert forked(address, "killed").wait(LONGEST_SECONDS) == -signal.SIGKILL
    raised, sentence = forked(address, "raise"), forked(address, "sentence")
    assert (complaint(raised), raised.wait(LONGEST_SECONDS)) == ("RuntimeError: 試験", 1)
    assert (complaint(sentence), sentence.wait(LONGEST_SECONDS)) == ("一文", 1)
    unknown = start(
        [*PYTHON, "no.such"], [], {}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, warm=address
    )
    assert "no.such" in complaint(unknown) or "'no'" in complaint(unknown)
    assert unknown.wait(LONGEST_SECONDS) == 1


def test_a_leash_that_was_killed_is_known_to_be_gone(address: str) -> None:
    held = forked(address, "sleep")
    held.kill()
    assert held.wait(LONGEST_SECONDS) == -signal.SIGKILL


def test_what_is_no_python_or_has_no_warm_process_starts_by_itself(address: str) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for command, warm in (
        (["true"], address),
        ([*PYTHON, PROBE, "exit", "0"], f"{address}-gone"),
        ([*PYTHON, PROBE, "exit", "0"], None),
    ):
        held = start(command, [], {}, warm=warm, **quiet)
        assert isinstance(held, subprocess.Popen)
        assert held.wait(LONGEST_SECONDS) == 0


def test_a_command_of_somebody_else_is_not_told_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, "/no/such/socket")
    process = Process.start("試験", ["env"], tmp_path / "log", {}, announces=False)
    assert process.leash.wait(LONGEST_SECONDS) == 0
    process.stop()
    assert ADDRESS not in (tmp_path / "log").read_text(encoding="utf-8")


def test_whoever_holds_it_is_killed_and_nothing_is_left(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "log")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout
    assert holder.stdout.readline()
    assert until(lambda: named(PROBE[:15], holder.pid))
    family = psutil.Process(holder.pid).children(recursive=True)
    assert len(family) == 4  # the warm process and its leash, what it forked and the leash of that
    holder.kill()
    holder.wait()
    assert until(lambda: gone(family))


def named(name: str, above: int) -> bool:
    """Is there a process of this name below?"""
    return name in [child.name() for child in psutil.Process(above).children(recursive=True)]


def test_a_run_that_it_forks_judges_as_any_other_and_leaves_nothing(tmp_path: Path) -> None:
    few = ("--requirement", "NET-02", "--brief", "--seed", "3")
    with running(tmp_path) as runner:
        assert runner.warm
        ran = runner.do(Job("replay", "reference+accepts-replay", few))
        assert ran
        assert ran.exit_code == 1
        assert ran.results
        assert [r["verdict"] for r in ran.results["requirements"] if r["id"] == "NET-02"] == ["不合格"]
        assert not [n for n in ("mocks.network", "mocks.gateway") if named(n, os.getpid())]
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]


def test_what_every_run_loads_is_there() -> None:
    code = f"import threading\nfrom harness.processes.warm import load\nload({MODULES!r})\nassert threading.active_count() == 1"
    assert subprocess.run([sys.executable, "-I", "-c", code], check=False).returncode == 0
