"""Writes every view of a run into its folder, each at once and whole: a reader never sees half of one."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.contract.journal_entries import Said
from harness.contract.sides import Side
from harness.languages.choice import language, speaking
from harness.record.run import read_runs
from harness.record.values import Run
from reports.run import allure, badge, ctrf, html_report, json_view, junit, sarif
from reports.run.interconnection import halves_of


@dataclass(frozen=True)
class Written:
    """The run that was read, or both halves of one with two gateways, and the files and folders that were written from it."""

    runs: tuple[Run, ...]
    paths: tuple[Path, ...]

    @property
    def run(self) -> Run:
        """About the gateway under test."""
        return self.runs[0]


def write_views(
    run_folder: Path, matrix: Said | None = None, load: html_report.Blocks | None = None
) -> Written:
    """Reads the journal of a run folder and writes all views beside it, replacing what was there; of two gateways those about the
    partner into a folder of their own. The same journal gives the same bytes. The page shows `matrix`, the kill matrix, and `load`,
    the block of a load run by language, where
    they are given. Raises OSError where the folder cannot be read or written."""
    runs = read_runs(run_folder)
    folders = (run_folder, run_folder / Side.PARTNER)
    halves, paths = halves_of(runs), list[Path]()
    for run, folder in zip(runs, folders, strict=False):
        folder.mkdir(mode=0o700, exist_ok=True)
        pages = html_report.html_reports(run, matrix, load, halves)
        paths += _write(run, folder, {json_view.FILE_NAME: json_view.results(run, halves), **pages})
    return Written(runs, tuple(paths))


def _write(run: Run, folder: Path, of_pair: Mapping[str, bytes]) -> Iterator[Path]:
    """The views about one gateway; `of_pair`: by name those that may say something of the other, too."""
    tell = speaking(language())
    files = {
        junit.FILE_NAME: junit.junit(run, tell),
        sarif.FILE_NAME: sarif.sarif(run, tell),
        ctrf.FILE_NAME: ctrf.ctrf(run, tell),
        badge.FILE_NAME: badge.badge(run, tell),
        **of_pair,
    }
    for name, content in files.items():
        write_file(folder / name, content)
        yield folder / name
    _write_folder(folder / allure.FOLDER_NAME, allure.allure(run, tell))
    yield folder / allure.FOLDER_NAME


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
