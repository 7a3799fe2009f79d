"""A virtual environment in which a package of ours, or of somebody else, lies beside renkei: found by its entry points."""

import os
import subprocess
import sysconfig
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LONGEST_SECONDS = 600


@dataclass(frozen=True)
class Environment:
    """Its interpreter."""

    python: str

    def renkei(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command `renkei`, in a folder."""
        return subprocess.run(
            [self.python, "-I", "-m", "harness.cli", *arguments],
            capture_output=True,
            text=True,
            cwd=folder,
            timeout=_LONGEST_SECONDS,
            env={**os.environ, "COLUMNS": "100"},
            check=False,
        )


def beside(project: Path, folder: Path) -> Environment:
    """renkei as it is here, and the project: nothing is built, which would cost more than the tests themselves."""
    home = folder / "venv"
    venv.create(home, symlinks=True)
    here = sysconfig.get_path("purelib")
    there = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    (there / "here.pth").write_text(f"{project}\n{ROOT}\n{here}\n", encoding="utf-8")
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = there / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {about['name']}\nVersion: {about['version']}\n", encoding="utf-8")
    groups = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in about["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(groups), encoding="utf-8")
    return Environment(str(home / "bin" / "python"))
