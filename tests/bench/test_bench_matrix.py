"""The command `renkei matrix` from end to end, on few requirements."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from mocks.defects.registry import defects
from tests.bench.bench_run import INTERRUPTIBLE, LONGEST_SECONDS, RENKEI
from tests.bench.waiting import gone, until


def matrix(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`renkei matrix ARGUMENTS`."""
    return subprocess.run(
        [RENKEI, "matrix", "--out", str(folder), *arguments],
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )


def document(folder: Path) -> dict[str, Any]:
    """matrix.json."""
    found: dict[str, Any] = json.loads((folder / "matrix.json").read_text(encoding="utf-8"))
    return found


def test_defects_convicted_by_their_requirements(tmp_path: Path) -> None:
    out = tmp_path / "m"
    named = ("--defect", "accepts-replay", "--defect", "accepts-expired")
    done = matrix(out, *named, "--requirement", "NET-01", "--requirement", "NET-02", "-n", "2", "--seed", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "自らの要件で不合格になった欠陥: 2/2" in done.stdout
    found = document(out)
    rows = [(d["name"], d["own_convicts"], [c["id"] for c in d["convicting"]]) for d in found["defects"]]
    assert rows == [("accepts-expired", True, ["NET-01"]), ("accepts-replay", True, ["NET-02"])]
    assert sorted(c["gateway"] for c in found["controls"]) == [
        "null",
        "reference",
        "reference:prefecture",
        "reference:provider-only",
        "reference:requester-only",
        "reference:table-only",
        "refuses-everything",
    ]
    assert sorted(p.name for p in out.iterdir()) == ["matrix.en.html", "matrix.html", "matrix.json"]


def test_a_defect_that_its_requirement_does_not_convict_is_named_and_its_run_kept(tmp_path: Path) -> None:
    out = tmp_path / "m"
    done = matrix(out, "--defect", "accepts-replay", "--requirement", "NET-01")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "自らの要件で不合格にならない欠陥（1件）\n  accepts-replay（NET-02）" in done.stdout
    assert [p.name for p in (out / "runs").iterdir()] == ["accepts-replay"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--defect", "no-such-defect"),
        ("--requirement", "NO-00"),
        ("--part", "0/3"),
        ("--part", "4/3"),
        ("--part", "一/三"),
        ("--part", "9998/9999"),
    ],
)
def test_bad_input_is_one_sentence(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = matrix(tmp_path / "m", *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.endswith("。\n") or "、" in done.stderr
    assert not (tmp_path / "m").exists()


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    done = matrix(tmp_path, "--defect", "accepts-replay")
    assert (done.returncode, done.stderr) == (2, f"{tmp_path}: もうある。別の --out を指定する。\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_matrix_leaves_no_process_and_says_that_it_is_incomplete(
    number: int, tmp_path: Path
) -> None:
    out = tmp_path / "m"
    command = [*INTERRUPTIBLE, RENKEI, "matrix", "--out", str(out), "-n", "1"]
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    assert until((out / "runs" / "reference" / "gateway-calls.txt").exists)
    children = psutil.Process(running.pid).children(recursive=True)
    assert len(children) >= 6  # of the clean gateway: leash, run, and what it started, each on a leash
    running.send_signal(number)
    assert running.wait(LONGEST_SECONDS) == 4
    assert until(lambda: gone(children))
    assert document(out)["complete"] is False
    assert "中断された" in (out / "matrix.html").read_text(encoding="utf-8")


def test_the_list_of_defects_is_the_registry() -> None:
    command = [sys.executable, "-P", "-m", "mocks.defects"]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [(d["name"], d["requirement"], d["summary"]) for d in listed] == [
        (name, d.requirement, d.summary) for name, d in defects().items()
    ]
