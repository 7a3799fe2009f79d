"""Writes every view of a run into its folder, each at once and whole: a reader never sees half of one."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.contract.journal_entries import Said
from harness.languages.choice import language, speaking
from harness.record.run import read_run
from harness.record.values import Run
from reports.run import allure, badge, ctrf, html_report, json_view, junit, sarif


@dataclass(frozen=True)
class Written:
    """The run that was read, and the files and folders that were written from it."""

    run: Run
    paths: tuple[Path, ...]


def write_views(
    run_folder: Path, matrix: Said | None = None, load: html_report.Blocks | None = None
) -> Written:
    """Reads the journal of a run folder and writes all views beside it, replacing what was there. The same
    journal gives the same bytes. The page shows `matrix`, the kill matrix, and `load`, the block of a load run by language, where
    they are given. Raises OSError where the folder cannot be read or written."""
    run, tell = read_run(run_folder), speaking(language())
    files = [
        (run_folder / junit.FILE_NAME, junit.junit(run, tell)),
        (run_folder / json_view.FILE_NAME, json_view.results(run)),
        (run_folder / sarif.FILE_NAME, sarif.sarif(run, tell)),
        (run_folder / ctrf.FILE_NAME, ctrf.ctrf(run, tell)),
        (run_folder / badge.FILE_NAME, badge.badge(run, tell)),
    ]
    pages = html_report.html_reports(run, matrix, load)
    files += [(run_folder / name, content) for name, content in pages.items()]
    for path, content in files:
        write_file(path, content)
    folder = run_folder / allure.FOLDER_NAME
    _write_folder(folder, allure.allure(run, tell))
    return Written(run, (*(path for path, _ in files), folder))


def write_file(path: Path, content: bytes) -> None:
    """Writes a file at once and whole, replacing what was there. Raises OSError."""
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write_folder(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Old and new swap places by two renames; what was left out is gone, so no result of before stays behind."""
    workshop = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        new, old = workshop / "new", workshop / "old"
        new.mkdir()
        for name, content in files:
            (new / name).write_bytes(content)
        if path.exists() or path.is_symlink():
            path.rename(old)
        new.rename(path)
    finally:
        shutil.rmtree(workshop)
