"""A load run as a part of the page of another run: its block, with the figures that were drawn when it was reported."""

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from harness.catalogue.findings import ConfigurationError
from harness.languages.choice import LANGUAGES
from harness.record.load_run import is_load_run, read_load_run
from reports.load.page import CAPTIONS, FILE_NAME, load_block

_LARGEST = 5_000_000  # bytes of a figure


def attached(folder: Path) -> Mapping[str, Markup]:
    """Language → block, of a run folder of `renkei load run`. Raises ConfigurationError for any other, or one without its report."""
    if not is_load_run(folder):
        raise ConfigurationError(f"--load {folder}: renkei load run の実行フォルダーではない。")
    if not (folder / FILE_NAME).exists():
        raise ConfigurationError(f"--load {folder}: 報告がない。先に renkei report {folder} を実行する。")
    try:
        run, figures = read_load_run(folder), {name: {"svg": svg} for name, svg in _drawn(folder).items()}
        return {language: load_block(run, figures, language) for language in LANGUAGES}
    except OSError as error:
        raise ConfigurationError(f"--load {folder}: 読めない（{error.strerror}）。") from error


def _drawn(folder: Path) -> dict[str, bytes]:
    paths = {name: folder / f"{name}.svg" for name in CAPTIONS}
    there = {name: path for name, path in paths.items() if path.exists() and path.stat().st_size <= _LARGEST}
    return {name: path.read_bytes() for name, path in there.items()}
