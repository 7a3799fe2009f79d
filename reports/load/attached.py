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
        run = read_load_run(folder)
        return {language: load_block(run, _drawn(folder, language), language) for language in LANGUAGES}
    except OSError as error:
        raise ConfigurationError(f"--load {folder}: 読めない（{error.strerror}）。") from error


def in_language(name: str, language: str) -> str:
    """A figure in a language that is not the one in which the views speak; in that one it has its name alone."""
    return f"{name}.{language}"


def _drawn(folder: Path, language: str) -> dict[str, dict[str, bytes]]:
    """Name → kind → content. What has no file of its language speaks it already."""
    found = {}
    for name in CAPTIONS:
        paths = (folder / f"{each}.svg" for each in (in_language(name, language), name))
        path = next((path for path in paths if path.exists()), None)
        if path and path.stat().st_size <= _LARGEST:
            found[name] = {"svg": path.read_bytes()}
    return found
