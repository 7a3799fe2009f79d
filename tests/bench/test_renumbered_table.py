"""A version of 別表第二 that renumbers its items is data alone: one file more, and 児童扶養手当 is checked by it."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.bench.bench_run import LONGEST_SECONDS, ROOT

PACKAGES = ("harness", "features", "mocks", "load", "reports")
OLD, NEW = "2015-09-09", "2016-01-01"
SOME = ("--use-case", "児童扶養手当", "--requirement", "AUTH-05", "--requirement", "AUTH-06", "--brief")


def renumbered(table: str) -> str:
    """The table with an item more before the 26th, so that each from there on has the next number."""
    rows = list(csv.DictReader(io.StringIO(table), delimiter="\t"))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**r, "item": str(int(r["item"]) + (int(r["item"]) >= 26))} for r in rows)
    return out.getvalue()


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter that finds a copy of the project, to which the table was added."""
    folder = tmp_path_factory.mktemp("renumbered")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    law = folder / "harness" / "contract" / "law"
    table = (law / f"table2_{OLD}.tsv").read_text(encoding="utf-8")
    (law / f"table2_{NEW}.tsv").write_text(renumbered(table), encoding="utf-8")
    venv.create(folder / "venv", symlinks=True)
    base = {"base": str(folder / "venv"), "platbase": str(folder / "venv")}
    here, there = (sysconfig.get_path("purelib", vars=vars_) for vars_ in (None, base))
    Path(there, "copy.pth").write_text(f"{folder}\n{here}\n", encoding="utf-8")
    own = str(folder / "venv" / "bin" / "python")
    subprocess.run([own, "-I", "-m", "harness.contract.publish"], check=True, timeout=LONGEST_SECONDS)
    return own


@pytest.mark.slow
def test_a_table_that_renumbers_items_is_cited_by_its_own_numbers(python: str, tmp_path: Path) -> None:
    assert sys.executable != python
    run = tmp_path / "run"
    command = [python, "-I", "-m", "harness.cli", "run", "--run-folder", str(run), *SOME]
    environment = {**os.environ, "COLUMNS": "100"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=LONGEST_SECONDS, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (run / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    sent = [entry["header"]["basis"] for entry in map(json.loads, lines) if entry.get("header")]
    assert {"table": NEW, "item": "58"} in sent
    assert {"table": NEW, "item": "57"} not in sent
