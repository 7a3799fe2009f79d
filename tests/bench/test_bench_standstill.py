"""No run stands still for ever: it says where it stands, ends with 3, keeps what there is and leaves no process."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from harness.catalogue.features import FEATURE_FOLDER
from harness.contract import whereabouts
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.plugin import stacks
from harness.plugin.standing import standing
from harness.plugin.standstill import Watch
from harness.processes import leash
from tests.bench.bench_run import RENKEI
from tests.bench.test_bench_lifecycle import checks
from tests.bench.waiting import LONGEST_SECONDS, gone, until

SOME = ("--requirement", "NET-03", "--requirement", "AUTH-05", "--requirement", "NET-04")
# Longer than a step of the reference gateway takes on a crowded machine; that much is waited for here.
STANDSTILL = ("--standstill-seconds", "15")
FILE = "00_機能/01_ネットワーク接続_応答側.feature"


def entries(folder: Path) -> list[dict[str, Any]]:
    """The journal."""
    return [json.loads(line) for line in (folder / FILE_NAME).read_bytes().splitlines()]


def workers(run: psutil.Process) -> list[psutil.Process]:
    """The workers of a run: its children that are no leash."""
    return [child for child in run.children() if leash.__file__ not in child.cmdline()]


# A worker that stops itself in the middle of a step, once one of them has: nobody from outside hits a step for certain.
STOPS = """
import os, pathlib, signal
def pytest_bdd_before_step_call(step):
    if step.line_number <= 8:
        return
    try:
        with pathlib.Path({mark!r}).open("x") as mark:
            mark.write(str(os.getpid()))
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGSTOP)
"""


@contextmanager
def network(folder: Path) -> Iterator[psutil.Process]:
    """A network whose journal is in this folder."""
    command = [sys.executable, "-m", "mocks.network"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"token": "t", "journal": str(folder / FILE_NAME), "keys": ""}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["ready"]
        try:
            yield psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            assert process.wait(LONGEST_SECONDS) == 0


def test_who_is_asked_goes_on_and_says_where_it_stands(tmp_path: Path) -> None:
    """A signal that asked a busy process ended one in two of them, and every network, which had not been told what it means."""
    with whereabouts.answering(tmp_path, "bench"), network(tmp_path) as asked:
        for _ in range(2):
            assert stacks.ask_all(tmp_path) == {}
        written = (tmp_path / whereabouts.FOLDER / f"network.{asked.pid}.txt").read_text(encoding="utf-8")
        assert written.count("uvicorn") >= 2
        asked.suspend()
        assert stacks.ask_all(tmp_path) == {f"network（{asked.pid}）": "止められている"}


def test_nothing_is_left_of_who_was_not_asked(tmp_path: Path) -> None:
    with whereabouts.answering(tmp_path, "bench"), network(tmp_path):
        assert len(whereabouts.answers(tmp_path)) == 2
    assert not (tmp_path / whereabouts.FOLDER).exists()


def _stands(mark: Path) -> bool:
    return mark.exists() and bool(mark.read_text(encoding="utf-8"))


def test_a_run_whose_worker_stands_still_says_where_and_ends(tmp_path: Path) -> None:
    folder, mark = tmp_path / "run", tmp_path / "stopped"
    (tmp_path / "stops.py").write_text(STOPS.format(mark=str(mark)), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "stops", "--gateway", "reference", "-n", "1", *SOME]
    command += [*STANDSTILL, "--run-folder", str(folder), "--pyargs", "features"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
    ) as run:
        assert until(lambda: _stands(mark) or run.poll() is not None)
        family = psutil.Process(run.pid).children(recursive=True) if _stands(mark) else []
        out, err = run.communicate(timeout=LONGEST_SECONDS)
    assert _stands(mark), out + err
    stopped = mark.read_text(encoding="utf-8")
    assert run.returncode == 3, err
    assert f"（{stopped}）は止められている" in err
    assert "検証台が 15 秒、何も記録しない" in err
    assert ".feature:" in err
    assert "の手順「" in err
    assert "何も記録しない" in (folder / "report.html").read_text(encoding="utf-8")
    assert until(lambda: gone(family))
    end = entries(folder)[-1]
    assert (end["type"], end["exit_code"], end["complete"]) == ("end", 3, False)
    assert json.loads((folder / "results.json").read_text(encoding="utf-8"))["exit_code"] == 3
    written = [
        path
        for path in (folder / whereabouts.FOLDER).iterdir()
        if "File " in path.read_text(encoding="utf-8")
    ]
    assert "bench" in {path.name.partition(".")[0] for path in written}


def test_a_worker_that_dies_is_said_and_the_others_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    command = [RENKEI, "run", "--run-folder", str(folder), "-n", "1", *SOME]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert until(lambda: bool(folder.exists() and len(workers(psutil.Process(run.pid))) == 3))
        assert until(lambda: b'"type":"scenario"' in (folder / FILE_NAME).read_bytes())
        workers(psutil.Process(run.pid))[0].kill()
        out, err = run.communicate(timeout=LONGEST_SECONDS)
    assert run.returncode == 3, err
    assert "のワーカー gw" in err
    assert "途中で死んだ" in out
    end = entries(folder)[-1]
    assert (end["type"], end["exit_code"]) == ("end", 3)
    assert checks(folder) >= 1


def test_a_step_that_does_not_return_is_named(tmp_path: Path) -> None:
    (tmp_path / "stands.py").write_text(
        "import time\ndef pytest_bdd_before_step_call(step):\n    if step.line_number > 8: time.sleep(3600)\n",
        encoding="utf-8",
    )
    folder = tmp_path / "run"
    command = [sys.executable, "-m", "pytest", "-p", "stands", "--gateway", "reference", *STANDSTILL]
    command += ["--run-folder", str(folder), "--requirement", "NET-05"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 3, done.stdout
    assert f"待っているのは {FILE}:" in done.stderr
    assert "の手順「もし 本文に第三者が署名した照会依頼が" in done.stderr
    assert "time.sleep" not in done.stderr
    text = "".join(path.read_text(encoding="utf-8") for path in (folder / whereabouts.FOLDER).iterdir())
    assert "stands.py" in text  # the place in the code


STUBBORN = """
import sys, time
from pathlib import Path
from harness.plugin.standstill import watching
with watching(Path(sys.argv[1]), 1.0, 1.0) as watch:
    watch.armed.set()
    while True:
        try:
            time.sleep(3600)
        except KeyboardInterrupt:
            pass
"""


def test_a_run_that_does_not_let_itself_be_interrupted_ends_all_the_same(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    command = [sys.executable, "-c", STUBBORN, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    assert done.returncode == 3
    assert "報告を書かずに終わる" in done.stderr


def watched(folder: Path) -> tuple[Watch, list[str], Journal]:
    """A watch of 10 and then 5 seconds, what it does, and the journal that it watches."""
    done: list[str] = []
    journal = Journal.open(folder / FILE_NAME, "gw0")
    watch = Watch(
        folder, 10.0, done.append, lambda: done.append("interrupt"), lambda: done.append("abandon"), 5.0
    )
    return watch, done, journal


def test_whoever_writes_does_not_stand_still(tmp_path: Path) -> None:
    watch, done, journal = watched(tmp_path)
    for _ in range(5):
        watch.tick(9.0)
        journal.write(Entry.WAIT, attempts=1)
        watch.tick(9.0)
    assert done == []
    journal.close()


def test_a_long_record_may_be_judged_for_long(tmp_path: Path) -> None:
    watch, done, journal = watched(tmp_path)
    watch.judging(5_000_000)
    watch.tick(19.0)
    assert done == []
    watch.tick(1.0)
    assert done == [watch.sentence, "interrupt"]
    journal.close()


def test_what_a_gateway_sends_again_and_again_is_no_progress(tmp_path: Path) -> None:
    watch, done, journal = watched(tmp_path)
    network = Journal.open(tmp_path / FILE_NAME, "network")
    for _ in range(3):
        network.write(Entry.EXCHANGE, face="north", content='\n{"v":1,"at":"x","by":"gw0"')
        watch.tick(4.0)
    assert done == [watch.sentence, "interrupt"]
    watch.tick(5.0)
    assert done[-1] == "abandon"
    network.close()
    journal.close()


def test_where_a_run_stands(tmp_path: Path) -> None:
    one, other = (Journal.open(tmp_path / FILE_NAME, by) for by in ("gw0", "gw1"))
    lines = (FEATURE_FOLDER / FILE).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.strip() == "@要件:NET-05") + 1
    for journal in (one, other):
        journal.write(Entry.SCENARIO, scenario=f"{FILE}:{line}", file=FILE, line=line)
        journal.write(Entry.STEP, scenario=f"{FILE}:{line}", line=8, text="x")
    assert [str(each) for each in standing(tmp_path / FILE_NAME)] == [
        f"{FILE}:{line} の手順「{lines[line].strip()}」（{by}）" for by in ("gw0", "gw1")
    ]
    one.write(Entry.CHECK, scenario=f"{FILE}:{line}")
    other.write(Entry.STEP, scenario=f"{FILE}:{line}", line=line + 4, text="y")
    other.write(Entry.CONTROL, scenario=f"{FILE}:{line}", method="GET", path="/exchanges")
    assert [str(each) for each in standing(tmp_path / FILE_NAME)] == [
        f"{FILE}:{line} の手順「終わり」（gw1、最後の通信は GET /exchanges）"
    ]
    one.close()
    other.close()
