"""The hash of the suite covers whatever asks, plays or decides, and nothing that only shows."""

import shutil
import subprocess
from pathlib import Path

import grimp
import pytest

from harness.record.suite import _KINDS, hash_of_suite, suite_hash

ROOT = Path(__file__).parents[2]
PACKAGES = ("harness", "mocks", "load", "features", "reports")
TEMPLATES = "harness/cli/templates/"  # what users begin with: nothing of it asks, plays or decides
ONE_A_ROOM = (
    "harness/bench/patience.py",
    "harness/use_cases/{any}/rules.toml",
    "harness/certificate/derived.py",
    "harness/gateways/exchange.py",
    "harness/matrix/running.py",
    "harness/plugin/recorder.py",
    "harness/plugin/suite.ini",
    "harness/residents/build.py",
    "harness/catalogue/findings.toml",
    "harness/steps/verbs/refusing.py",
    "load/judge/conformance.py",
    "load/profiles/{any}.toml",
    "mocks/defects/network/accepts_replay.py",
    "mocks/gateway/__main__.py",
    "mocks/miniatures/face.py",
    "mocks/network/delivery.py",
    "mocks/organisations/counterpart.py",
    "mocks/web/serving.py",
    "features/{any}/{any}.feature",
    "harness/record/conclusion.py",
    "harness/contract/messages.py",
    "harness/model/judge.py",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages elsewhere."""
    place = tmp_path_factory.mktemp("suite")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def test_the_same_files_elsewhere_are_the_same_suite(copy: Path) -> None:
    assert hash_of_suite(copy) == suite_hash()


@pytest.mark.parametrize("name", ONE_A_ROOM)
def test_one_file_of_each_room_makes_another_suite(copy: Path, name: str) -> None:
    path = next(iter(sorted(copy.glob(name.replace("{any}", "*")))))
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    try:
        assert hash_of_suite(copy) != suite_hash()
    finally:
        path.write_bytes(before)


def test_a_file_that_was_not_there_makes_another_suite(copy: Path) -> None:
    path = copy / "mocks" / "network" / "another.py"
    path.write_text("")
    try:
        assert hash_of_suite(copy) != suite_hash()
    finally:
        path.unlink()


def test_what_shows_is_no_other_suite(copy: Path) -> None:
    (copy / "reports" / "run" / "html_report.py").write_text("")
    (copy / "harness" / "contract" / "__pycache__").mkdir(exist_ok=True)
    (copy / "harness" / "contract" / "__pycache__" / "suite.pyc").write_bytes(b"x")
    assert hash_of_suite(copy) == suite_hash()


def test_what_judges_uses_nothing_of_the_reports() -> None:
    graph = grimp.build_graph("harness", "reports")
    assert not graph.find_descendants("reports") & graph.find_upstream_modules(
        "harness.record", as_package=True
    )


def test_no_kind_of_file_is_left_out() -> None:
    command = ["git", "-C", str(ROOT), "ls-files", "--", *PACKAGES[:4]]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert listed
    asking = (name for name in listed if not name.startswith(TEMPLATES))
    assert [name for name in asking if not name.rstrip('"').endswith(_KINDS)] == []
