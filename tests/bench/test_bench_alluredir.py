"""`pytest --gateway … --alluredir DIR`: allure-pytest and our view of the record say the same of the same run."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from harness.languages.choice import ENGLISH, VARIABLE
from harness.plugin.alluredir import SCENARIO_LABEL
from tests.bench.bench_run import LONGEST_SECONDS, ROOT

# What allure-pytest says by itself, kept where nothing of ours looks.
WITNESS = """\
from allure_commons import plugin_manager
from allure_commons.logger import AllureFileLogger

plugin_manager.register(AllureFileLogger({folder!r}))
"""
ASKED = ("--gateway", "reference+discloses-all-items", "--brief", "--requirement", "STO-01")
ALSO = ("--requirement", "NET-03", "-n", "1")


def results(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in folder.glob("*-result.json")]


def labels(result: dict[str, Any], name: str) -> list[str]:
    return [label["value"] for label in result["labels"] if label["name"] == name]


def test_allure_pytest_and_our_view_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "witness.py").write_text(WITNESS.format(folder=str(tmp_path / "theirs")), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "witness", *ASKED, *ALSO]
    command += ["--run-folder", str(tmp_path / "run"), "--alluredir", str(tmp_path / "asked")]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(tmp_path),
            VARIABLE: ENGLISH,
        },  # Japanese is what nobody asks for
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    theirs, asked, ours = (
        {r["uuid"]: r for r in results(tmp_path / name)} for name in ("theirs", "asked", "run/allure-results")
    )
    assert {"failed", "passed"} <= {result["status"] for result in theirs.values()}
    # Each scenario once, under their uuid, with the status that they saw; more only of the whole record.
    assert {uuid: asked[uuid]["status"] for uuid in theirs} == {u: r["status"] for u, r in theirs.items()}
    assert all(len(labels(result, SCENARIO_LABEL)) == 1 for result in theirs.values())
    assert [r["fullName"] for u, r in asked.items() if u not in theirs] == [
        r["fullName"] for r in ours.values() if "全記録" in r["name"]
    ]
    varying = ("uuid", "attachments")
    told = [[{k: v for k, v in r.items() if k not in varying} for r in f.values()] for f in (asked, ours)]
    assert sorted(told[0], key=json.dumps) == sorted(told[1], key=json.dumps)
    assert all((tmp_path / "asked" / a["source"]).exists() for r in asked.values() for a in r["attachments"])
