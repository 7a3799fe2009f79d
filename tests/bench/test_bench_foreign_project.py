"""renkei beside a project whose packages are called like its own: neither breaks the other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from renkei_door.pytest_plugin import PLUGIN
from renkei_door.rooms import ROOMS, in_the_way
from tests.bench.bench_run import LONGEST_SECONDS, RENKEI, renkei, without_progress

USE_CASE = "児童扶養手当"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A project that has all five names, each of which says so where it is taken for ours."""
    place = tmp_path / "foreign"
    for room in ROOMS:
        (place / room).mkdir(parents=True)
        (place / room / "__init__.py").write_text(f"OWNER = 'foreign {room}'\n", encoding="utf-8")
    names = ", ".join(ROOMS)
    (place / "conftest.py").write_text(
        f"import {names}\n\ndef pytest_addoption(parser):\n    parser.addoption('--seed')\n", encoding="utf-8"
    )
    own = [f"    assert {room}.OWNER == 'foreign {room}'\n" for room in ROOMS]
    strangers = f"    assert {PLUGIN!r} not in sys.modules\n"
    test = f"import sys\nimport {names}\n\ndef test_own():\n{''.join(own)}{strangers}"
    (place / "test_own.py").write_text(test, encoding="utf-8")
    return place


def ended(foreign: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command in the foreign project, which is on Python's path besides."""
    environment = {**os.environ, "PYTHONPATH": str(foreign), "COLUMNS": "100"}
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=foreign,
        env=environment,
        timeout=LONGEST_SECONDS,
        check=False,
    )


def test_the_command_finds_its_own_rooms(foreign: Path) -> None:
    done = ended(foreign, RENKEI, "--help")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_run_in_the_foreign_project_conforms(foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(foreign))
    run = renkei(foreign, "--brief", "--use-case", USE_CASE, cwd=foreign)
    assert (run.code, without_progress(run.err)) == (0, [])
    assert "合格" in run.verdicts().values()


@pytest.mark.parametrize(
    "begin", [(sys.executable, "-m", "pytest"), (str(Path(RENKEI).with_name("pytest")),)]
)
def test_its_own_pytest_has_the_plugin_and_does_not_notice(foreign: Path, begin: tuple[str, ...]) -> None:
    """An option of its own may be called like one of ours, too."""
    done = ended(foreign, *begin, "-p", "no:cacheprovider", "--seed", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "renkei" in done.stdout  # among the plugins that are loaded


def test_asked_for_a_run_it_says_which_package_is_in_the_way(foreign: Path) -> None:
    (foreign / "conftest.py").unlink()
    done = ended(foreign, sys.executable, "-m", "pytest", "--gateway", "reference")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"{foreign / 'harness'}: renkei の harness と同じ名前のパッケージが先に見つかる" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_room_that_is_not_ours_is_named(foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_the_way() is None
    for room in ROOMS:
        monkeypatch.delitem(sys.modules, room, raising=False)
    monkeypatch.syspath_prepend(str(foreign))
    assert [(in_the_way([room]) or "").partition(":")[0] for room in ROOMS] == [
        str(foreign / room) for room in ROOMS
    ]
