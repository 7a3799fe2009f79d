"""A copy of the project in which something is added, with an interpreter that finds it and nothing of the original."""

import os
import shutil
import subprocess
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bench_run import LONGEST_SECONDS, ROOT, Ended

PACKAGES = ("renkei", "harness", "features", "mocks", "load", "reports", "renkei_door")


@dataclass(frozen=True)
class Copy:
    """The folder of the copy, and its interpreter."""

    root: Path
    python: str

    def publish(self) -> None:
        """Derives the published files from what the copy has now."""
        self._python("harness.contract.publish").check_returncode()

    def renkei(self, folder: Path, *arguments: str) -> Ended:
        """`renkei run ARGUMENTS` of the copy."""
        done = self._python("harness.cli", "run", "--run-folder", str(folder / "run"), *arguments)
        return Ended(done.returncode, done.stdout, done.stderr, folder / "run")

    def _python(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python, "-I", "-m", module, *arguments],
            capture_output=True,
            text=True,
            cwd=self.root,
            timeout=LONGEST_SECONDS,
            env={**os.environ, "COLUMNS": "100"},
            check=False,
        )


def copy_into(folder: Path) -> Copy:
    """Copies the packages; what they need is taken from where it is installed."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    home = folder / "venv"
    venv.create(home, symlinks=True)
    here = sysconfig.get_path("purelib")
    there = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    # A path file that it names is not read in turn: the original stays unseen, though it is installed as editable.
    Path(there, "copy.pth").write_text(f"{folder}\n{here}\n", encoding="utf-8")
    return Copy(folder, str(home / "bin" / "python"))
