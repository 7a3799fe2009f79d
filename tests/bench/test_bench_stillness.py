"""A bench that stood still judges nothing that depends on time, and everything else as ever."""

import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.bench.stillness import STILL_SECONDS, Stillness, since_boot, watching
from harness.catalogue.findings import findings
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_run import RENKEI
from tests.bench.bench_statements import document, write
from tests.bench.waiting import LONGEST_SECONDS, until

PAUSE_SECONDS = 4.0


@dataclass
class Clocks:
    """Both clocks of a machine, set by hand."""

    boot: float = 100.0
    wall: float = 5000.0
    stillness: Stillness = field(init=False)

    def __post_init__(self) -> None:
        self.stillness = Stillness(lambda: self.boot, lambda: self.wall)

    def go(self, seconds: float, wall: float | None = None) -> None:
        """Time passes, on the wall as much unless said otherwise; then the watch looks."""
        self.boot += seconds
        self.wall += seconds if wall is None else wall
        self.stillness.look()


def test_ticks_are_no_standstill_and_nor_is_a_busy_moment() -> None:
    clocks = Clocks()
    for seconds in (0.1, 0.3, 2.0, 0.1) * 50:
        clocks.go(seconds)
    assert clocks.stillness.since(0) == 0


@pytest.mark.parametrize(
    ("passed", "wall", "lost"),
    [
        (9.1, 9.1, 9.0),
        (STILL_SECONDS + 0.2, STILL_SECONDS + 0.2, STILL_SECONDS + 0.1),
        (0.1, 3600.1, 3600.0),
        (0.1, -7.9, 8.0),
    ],
)
def test_what_passed_at_once_counts_and_a_clock_that_was_set(passed: float, wall: float, lost: float) -> None:
    clocks = Clocks()
    clocks.go(0.1)
    clocks.go(passed, wall)
    clocks.go(0.1)
    assert clocks.stillness.since(0) == pytest.approx(lost)


def test_only_what_ended_since_then_counts_and_all_of_it() -> None:
    clocks = Clocks()
    clocks.go(9.1)
    between = clocks.boot + 0.01
    for _ in range(3):
        clocks.go(0.1)
        clocks.go(9.1)
    assert clocks.stillness.since(between) == 27.0
    assert clocks.stillness.since(clocks.boot + 1) == 0


def test_whoever_asks_first_after_a_standstill_learns_of_it() -> None:
    """The thread that watches may not have been woken yet."""
    clocks = Clocks()
    clocks.boot += 9.1
    clocks.wall += 9.1
    assert clocks.stillness.since(0) == 9.0


def test_a_watch_ends_with_its_block() -> None:
    with watching() as stillness:
        assert until(lambda: stillness.last[0] > since_boot() - 0.05)
    last = stillness.last
    assert stillness.last == last


def test_what_time_cannot_change_stands() -> None:
    standing = {code for code, finding in findings().items() if finding.stands}
    assert {"LEAK", "VALUE_CHANGED", "WRONG_RECORD", "SCHEMA_MISMATCH", "NOT_JSON"} <= standing
    assert not {"TIMED_OUT", "NO_ANSWER", "STATUS_NOT_REACHED", "NOT_REFUSED", "PREREQUISITE"} & standing


def start(folder: Path, gateway: str, requirement: str) -> subprocess.Popen[bytes]:
    """A run in a process group of its own, with one requirement."""
    command = [RENKEI, "run", "--gateway", gateway, "--requirement", requirement, "--run-folder", str(folder)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def polled(folder: Path) -> bool:
    """Does it wait for the gateway, having asked more than once?"""
    journal = folder / "journal.jsonl"
    return journal.exists() and journal.read_bytes().count(b'"type":"poll"') > 2


def check(folder: Path) -> dict[str, object]:
    """The one check of a run."""
    lines = (folder / "journal.jsonl").read_bytes().splitlines()
    [found] = [entry for entry in map(json.loads, lines) if entry["type"] == "check"]
    return {name: found[name] for name in ("verdict", "code", "observed", "see")}


def paused(run: subprocess.Popen[bytes], folder: Path) -> int:
    """Stops the group of a run for a while in the middle of its waiting; its exit code."""
    assert until(lambda: polled(folder))
    pause(run)
    return run.wait(LONGEST_SECONDS)


def pause(run: subprocess.Popen[bytes]) -> None:
    """Stops its group, and lets it go on."""
    os.killpg(run.pid, signal.SIGSTOP)
    time.sleep(PAUSE_SECONDS)  # that long it is to stand still
    os.killpg(run.pid, signal.SIGCONT)


def test_a_run_that_was_stopped_does_not_judge_what_it_waited_for_and_its_record_says_the_same(
    tmp_path: Path,
) -> None:
    folder, again = tmp_path / "run", tmp_path / "again"
    assert paused(start(folder, "reference+never-expires", "CON-13"), folder) == 4
    found = check(folder)
    assert (found["verdict"], found["code"]) == ("判定不能", "BENCH_PAUSED")
    assert "STATUS_NOT_REACHED" in str(found["observed"])
    replayed = subprocess.run(
        [RENKEI, "run", "--replay", str(folder), "--run-folder", str(again)], capture_output=True, check=False
    )
    assert (replayed.returncode, check(again)) == (4, found)


def test_what_preflight_finds_while_the_bench_stands_still_is_no_fault_of_the_configuration(
    tmp_path: Path,
) -> None:
    """A gateway that takes the first question and never answers: preflight waits 5 seconds."""
    with socket.create_server(("127.0.0.1", 0)) as gateway:
        gateway.settimeout(LONGEST_SECONDS)
        url, network = f"http://127.0.0.1:{gateway.getsockname()[1]}", free_port(LOOPBACK)
        listen = {"listen": f"127.0.0.1:{network}"}
        path = write(tmp_path / "gateway.toml", document(url, network=listen))
        command = [RENKEI, "run", "--gateway", f"http:{url}/south", "--statement", str(path)]
        command += ["--run-folder", str(tmp_path / "run")]
        with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as run:
            assert run.stderr is not None
            with gateway.accept()[0]:
                pause(run)
                said = run.stderr.read().decode()
    assert (run.returncode, "BENCH_PAUSED" in said, "Traceback" in said) == (4, True, False)


def test_a_run_that_was_stopped_and_sees_what_it_waited_for_passes(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert paused(start(folder, "reference", "CON-13"), folder) == 0
    assert check(folder)["verdict"] == "合格"
