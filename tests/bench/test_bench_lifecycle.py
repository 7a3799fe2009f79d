"""Whatever a run started is gone when the run is gone: Ctrl-C, SIGTERM, kill -9; and never another process."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from harness.catalogue.findings import ConfigurationError
from harness.processes import leash
from harness.processes.process import Process
from tests.bench.bench_run import INTERRUPTIBLE, RENKEI
from tests.bench.waiting import LONGEST_SECONDS, gone, until

SLEEPS = "import subprocess,sys,time; subprocess.Popen([sys.executable,'-c','import time; time.sleep(600)']); time.sleep(600)"


DAEMON = "sleep 599"


def daemons(held: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Below a leash, those of a session of their own."""
    found = []
    for child in psutil.Process(held.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            found += [child] if child.cmdline() == DAEMON.split() else []
    return found


def start_run(folder: Path) -> tuple[subprocess.Popen[bytes], list[psutil.Process]]:
    """A run that waits on a gateway that does nothing, and everything that it started."""
    command = [
        *INTERRUPTIBLE,
        RENKEI,
        "run",
        "--gateway",
        "null",
        "--brief",
        "--run-folder",
        str(folder),
        "-n",
        "2",
    ]
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
    end = json.loads((tmp_path / "run" / "journal.jsonl").read_bytes().splitlines()[-1])
    assert (end["type"], end["complete"]) == ("end", False)
    assert (tmp_path / "run" / "results.json").exists()


def test_a_killed_run_leaves_no_process(tmp_path: Path) -> None:
    run, children = start_run(tmp_path / "run")
    run.kill()
    run.wait(LONGEST_SECONDS)
    assert until(lambda: gone(children))


@pytest.mark.parametrize(
    ("module", "code", "finding", "more"),
    [
        ("network", 4, "NETWORK_FAILED", ()),
        ("gateway", 1, "NO_CONNECTION", ()),
        ("gateway", 1, "NO_CONNECTION", ("-n", "1")),
    ],
    ids=["network", "gateway", "gateway of three workers"],
)
def test_whose_fault_it_is_when_a_process_dies_in_mid_run(
    module: str, code: int, finding: str, more: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    command = [RENKEI, "run", "--brief", "--run-folder", str(folder), *more]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    assert until(lambda: checks(folder) > 5)
    for child in psutil.Process(run.pid).children(recursive=True):
        if f"mocks.{module}" in child.cmdline() and leash.__file__ not in child.cmdline():
            child.kill()
    assert run.wait(LONGEST_SECONDS) == code
    entries = [json.loads(line) for line in (folder / "journal.jsonl").open(encoding="utf-8")]
    found = [e for e in entries if e["type"] == "check" and e["verdict"] != "合格"]
    assert {e["code"] for e in found} == {finding}
    assert sum(e["verdict"] == "不合格" for e in found) == (module == "gateway")  # said once, not 142 times
    assert len(found) <= 3  # one of each worker
    if module == "gateway":
        assert all("シグナル 9 SIGKILL" in e["observed"] for e in found)
    assert not entries[-1]["complete"]


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


def test_a_leash_gives_the_exit_code_of_its_command_or_the_signal_that_ended_it() -> None:
    assert leashed(sys.executable, "-c", "raise SystemExit(7)").wait(LONGEST_SECONDS) == 7
    assert leashed("sh", "-c", "kill -SEGV $$").wait(LONGEST_SECONDS) == -signal.SIGSEGV


def test_a_leash_ends_who_moved_to_a_session_of_his_own_and_lost_his_parent() -> None:
    held = leashed("sh", "-c", f"(setsid {DAEMON} &); exec sleep 600")
    assert until(lambda: len(daemons(held)) == 1)
    daemon = daemons(held)
    assert held.stdin
    held.stdin.close()
    held.wait(LONGEST_SECONDS)
    assert until(lambda: gone(daemon))


def test_a_command_that_puts_itself_into_the_background_is_held_to_the_last() -> None:
    held = leashed(leash.TO_THE_LAST, "sh", "-c", f"(setsid {DAEMON} &)")
    assert until(lambda: len(daemons(held)) == 1 and len(psutil.Process(held.pid).children()) == 1)
    [daemon] = daemons(held)
    assert held.poll() is None
    daemon.kill()
    assert held.wait(LONGEST_SECONDS) == 0


def test_a_command_is_given_the_first_line_and_nothing_else() -> None:
    held = subprocess.Popen(
        [sys.executable, "-I", "-S", leash.__file__, leash.FIRST_LINE, "cat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert held.stdin
    assert held.stdout
    held.stdin.write(b"token\nmore\n")
    held.stdin.flush()
    assert held.stdout.read() == b"token\n"
    assert held.wait(LONGEST_SECONDS) == 0


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
