"""The wheel: built, installed into an empty environment with what it depends on and nothing else, and used there as users do."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.kit.conftest import EXAMPLE
from tests.kit.installed import ROOT

UV = shutil.which("uv") or "uv"  # README installs it
PACKAGES = ("renkei", "renkei_door", "harness", "features", "mocks", "load", "reports")
_LONGEST_SECONDS = 600
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def done(*command: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """A command in an environment that says nothing of ours."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"},
        timeout=_LONGEST_SECONDS,
        check=False,
    )


def uv(*arguments: str) -> None:
    """Without a network: what README's first command installed is in its cache."""
    subprocess.run([UV, *arguments, "--offline", "-q"], cwd=ROOT, check=True, timeout=_LONGEST_SECONDS)


def needed(name: str, extras: frozenset[str] = frozenset()) -> Iterator[str]:
    """Names of what a distribution depends on here, each once for each set of extras."""
    for text in requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or any(
            requirement.marker.evaluate({"extra": e}) for e in ("", *extras)
        ):
            yield canonicalize_name(requirement.name)
            yield from needed(requirement.name, frozenset(requirement.extras))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv("build", "--wheel", "-o", str(folder))
    return next(folder.glob("*.whl"))


def test_it_has_everything_of_the_rooms_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name and ".data/" not in name}
        scripts = [name for name in archive.namelist() if ".data/scripts/" in name]
    there = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == there
    assert {name.split("/")[0] for name in names} == set(PACKAGES)
    assert [Path(name).name for name in scripts] == ["renkei"]


def test_in_an_empty_environment_it_does_what_users_are_told(wheel: Path, tmp_path: Path) -> None:
    home, place = tmp_path / "venv", tmp_path / "place"
    place.mkdir()
    names = set(needed("renkei"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = [pin for pin in _PIN.finditer(lock) if canonicalize_name(pin[1]) in names]
    assert {canonicalize_name(pin[1]) for pin in pins} == names  # some twice, by version of Python
    (tmp_path / "lock").write_text("".join(pin[0] for pin in pins), encoding="utf-8")
    uv("venv", "-p", sys.executable, str(home))
    uv("pip", "sync", "-p", str(home / "bin" / "python"), str(tmp_path / "lock"))
    uv("pip", "install", "--no-deps", "-p", str(home / "bin" / "python"), str(wheel))
    for arguments in (
        ("--version",),
        ("init", "vendor"),
        ("run", "--requirement", "STO-01", "--brief"),
    ):
        ended = done(str(home / "bin" / "renkei"), *arguments, cwd=place, home=tmp_path)
        assert (ended.returncode, ended.stderr.strip()) == (0, ""), (arguments, ended.stdout, ended.stderr)
    project = shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__"))
    ended = done(str(home / "bin" / "pytest"), "-q", "-p", "no:cacheprovider", cwd=project, home=tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "4 passed" in ended.stdout


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_the_wheel_is_called_as_the_readme_says(wheel: Path, page: str) -> None:
    named = set(re.findall(r"dist/(\S+\.whl)", (ROOT / page).read_text(encoding="utf-8")))
    assert named == {wheel.name}
