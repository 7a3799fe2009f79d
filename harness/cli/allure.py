"""The HTML of npm's allure, where it is installed: the results are ours, the page is theirs."""

import shutil
import subprocess
from pathlib import Path

from harness.catalogue.findings import ConfigurationError
from reports.run.allure import FOLDER_NAME as RESULTS

FOLDER_NAME = "allure-report"
_LONGEST_SECONDS = 300.0


def allure_html(run_folder: Path) -> Path:
    """Writes the page into the run folder; its path. Raises ConfigurationError where allure is not there or fails."""
    command = shutil.which("allure")
    if command is None:
        raise ConfigurationError(
            "allure がない。npm install -g allure で入れるか、--allure-html を付けない（allure-results/ は書き出した）。"
        )
    target = run_folder / FOLDER_NAME
    shutil.rmtree(target, ignore_errors=True)
    arguments = [
        "awesome",
        "--single-file",
        "--lang",
        "ja",
        "--output",
        str(target),
        str(run_folder / RESULTS),
    ]
    try:
        done = subprocess.run(
            [command, *arguments], capture_output=True, timeout=_LONGEST_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigurationError(f"allure を実行できない（{type(error).__name__}）。") from error
    if done.returncode or not target.exists():
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        raise ConfigurationError(f"allure が終了コード {done.returncode} で終わった（{said}）。")
    return target
