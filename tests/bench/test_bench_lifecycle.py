"""Whatever a run started is gone when the run is gone: Ctrl-C, SIGTERM, kill -9; and never another process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from harness.gateways import leash
from harness.gateways.processes import Process
from harness.spec.findings import ConfigurationError
from tests.bench.bench_run import INTERRUPTIBLE, RENKEI
from tests.bench.waiting import LONGEST_SECONDS, gone, until

SLEEPS = "import subprocess,sys,time; subprocess.Popen([sys.executable,'-c','import time; time.sleep(600)']); time.sleep(600)"


def start_run(folder: Path) -> tuple[subprocess.Popen[bytes], list[psutil.Process]]:
    """A run that waits on a gateway that does nothing, and everything that it started."""
    command = [*INTERRUPTIBLE, RENKEI, "run", "--gateway", "null", "--run-folder", str(folder), "-n", "2"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    assert until(lambda: checks(folder) > 0)
    return run, psutil.Process(run.pid).children(recursive=True)


def checks(folder: Path) -> int:
    """How many checks the journal holds."""
    journal = folder / "journal.jsonl"
    return journal.read_bytes().count(b'"type":"check"') if journal.exists() else 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_process_and_says_that_it_is_incomplete(
    number: int, tmp_path: Path
) -> None:
    run, children = start_run(tmp_path / "run")
    assert len(children) >= 6  # two leashes, network, gateway, two workers
    run.send_signal(number)
    assert run.wait(LONGEST_SECONDS) in {1, 4}
    assert until(lambda: gone(children))
    end = json.loads((tmp_path / "run" / "journal.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (end["type"], end["complete"]) == ("end", False)
    assert (tmp_path / "run" / "results.json").exists()


def test_a_killed_run_leaves_no_process(tmp_path: Path) -> None:
    run, children = start_run(tmp_path / "run")
    run.kill()
    run.wait(LONGEST_SECONDS)
    assert until(lambda: gone(children))


@pytest.mark.parametrize(
    ("module", "code", "finding"), [("network", 4, "NETWORK_FAILED"), ("gateway", 1, "NO_CONNECTION")]
)
def test_whose_fault_it_is_when_a_process_dies_in_mid_run(
    module: str, code: int, finding: str, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    run = subprocess.Popen([RENKEI, "run", "--run-folder", str(folder)], stdout=subprocess.DEVNULL)
    assert until(lambda: checks(folder) > 5)
    for child in psutil.Process(run.pid).children(recursive=True):
        if f"mocks.{module}" in child.cmdline() and leash.__file__ not in child.cmdline():
            child.kill()
    assert run.wait(LONGEST_SECONDS) == code
    last = [
        e for e in map(json.loads, (folder / "journal.jsonl").open(encoding="utf-8")) if e["type"] == "check"
    ][-1]
    assert last["code"] == finding


def leashed(*command: str) -> subprocess.Popen[bytes]:
    """A command on a leash whose end is this process."""
    return subprocess.Popen([sys.executable, "-I", "-S", leash.__file__, *command], stdin=subprocess.PIPE)


def test_a_leash_ends_what_its_command_left_behind_and_nothing_else() -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    held = leashed(sys.executable, "-c", SLEEPS)
    assert until(lambda: len(psutil.Process(held.pid).children(recursive=True)) == 2)
    family = psutil.Process(held.pid).children(recursive=True)
    assert held.stdin
    held.stdin.close()
    held.wait(LONGEST_SECONDS)
    assert until(lambda: gone(family))
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_a_leash_gives_the_exit_code_of_its_command() -> None:
    assert leashed(sys.executable, "-c", "raise SystemExit(7)").wait(LONGEST_SECONDS) == 7


def test_a_command_that_does_not_exist_is_said() -> None:
    assert leashed("/no/such/command").wait(LONGEST_SECONDS) == 127


def test_a_command_that_ignores_sigterm_is_killed() -> None:
    code = "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('x', flush=True); time.sleep(600)"
    held = leashed(sys.executable, "-c", code)
    assert until(lambda: bool(psutil.Process(held.pid).children()))
    child = psutil.Process(held.pid).children()
    assert held.stdin
    held.stdin.close()
    held.wait(LONGEST_SECONDS)
    assert until(lambda: gone(child))


@pytest.mark.parametrize("code", ["raise SystemExit('鍵がない')", "print('ready')"])
def test_a_process_that_does_not_announce_itself_is_a_sentence(code: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", code]
    with pytest.raises(ConfigurationError, match="試験 を起動できない"):
        Process.start("試験", command, tmp_path / "log", {}, announces=True)
    assert not [p for p in psutil.Process(os.getpid()).children() if code in " ".join(p.cmdline())]
