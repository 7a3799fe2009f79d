"""--resume: a run that was killed goes on in its folder, with the same residents, until everything was checked."""

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.record.mending import DAMAGED, mend
from harness.record.run import read_run
from tests.bench.bench_run import LONGEST_SECONDS, RENKEI, renkei
from tests.bench.test_bench_lifecycle import checks
from tests.bench.waiting import until

CHOSEN = [
    part for id_ in ("SIG-02", "SIG-04", "STO-05", "AUTH-02", "CON-08") for part in ("--requirement", id_)
]


def resume(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """`renkei run --resume`."""
    command = [RENKEI, "run", "--resume", str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)


def entries(folder: Path, kind: Entry) -> list[dict[str, Any]]:
    """The entries of a kind."""
    lines = (folder / FILE_NAME).read_bytes().splitlines()  # of text they would end at U+2028 as well
    return [entry for entry in map(json.loads, lines) if entry["type"] == kind]


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """The folder of a run that kill -9 ended after some checks."""
    folder = tmp_path / "run"
    command = [RENKEI, "run", "--run-folder", str(folder), "-n", "1", *CHOSEN]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    assert until(lambda: checks(folder) >= 2)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    return folder


def test_a_killed_run_goes_on_until_everything_was_checked_once(killed: Path) -> None:
    before = read_run(killed)
    done = resume(killed, "-n", "1")
    assert done.returncode == 0, done.stderr
    after = read_run(killed)
    assert (after.complete, after.unchecked) == (True, ())
    assert after.meta.seed == before.meta.seed
    failed = [check for check in entries(killed, Entry.CHECK) if check["verdict"] == "不合格"]
    assert ({s.scenario.id for s in after.scenarios}, failed) == (set(after.plan), [])
    assert len(entries(killed, Entry.RUN)) == 2
    again = resume(killed)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "残っているシナリオはない" in again.stderr


def test_a_half_line_is_put_aside_and_the_run_goes_on(killed: Path) -> None:
    assert until(lambda: nobody_writes(killed / FILE_NAME))
    with (killed / FILE_NAME).open("ab") as journal:
        journal.write(b'{"v":1,"type":"step","te')
    assert resume(killed).returncode == 0
    assert (killed / DAMAGED).read_text(encoding="utf-8") == '{"v":1,"type":"step","te'
    assert read_run(killed).complete


def nobody_writes(path: Path) -> bool:
    """Have all processes of the run ended?"""
    try:
        mend(path)
    except BlockingIOError:
        return False
    return True


def test_a_record_to_which_somebody_writes_is_not_mended(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    writing = Journal.open(path, "gw0")
    with pytest.raises(BlockingIOError):
        mend(path)
    writing.close()
    mend(path)
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    ("prepare", "more", "said"),
    [
        (lambda folder: None, (), "記録を読めない"),
        (lambda folder: (folder / FILE_NAME).write_text(""), (), "予定したかの記録がない"),
        (lambda folder: None, ("--seed", "1"), "他の指定と合わせられない"),
    ],
)
def test_what_cannot_be_taken_up_is_one_sentence(tmp_path: Path, prepare: Any, more: Any, said: str) -> None:
    prepare(tmp_path)
    done = resume(tmp_path, *more)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr


def test_another_suite_does_not_go_on(tmp_path: Path) -> None:
    folder = renkei(tmp_path, "--requirement", "STO-05").folder
    path = folder / FILE_NAME
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    first = json.loads(next(line for line in lines if '"type":"run"' in line))
    rest = [
        line
        for line in lines
        if not line.startswith("{") or json.loads(line)["type"] not in {"run", "check", "end"}
    ]
    path.write_text("\n".join([json.dumps({**first, "suite": "0" * 64}), *rest]) + "\n", encoding="utf-8")
    done = resume(folder)
    assert done.returncode == 2
    assert "検証の内容がその実行の時と違う" in done.stderr
