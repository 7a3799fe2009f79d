"""The file in which options stand that need not be typed: renkei.toml, or [tool.renkei] of pyproject.toml."""

from collections.abc import Mapping
from pathlib import Path

from harness.catalogue.findings import ConfigurationError
from harness.contract.user_files import parsed, text_of

FILE, PROJECT = "renkei.toml", "pyproject.toml"


def rows_in(folder: Path) -> tuple[Mapping[str, object], str]:
    """The options of a folder and where they stand; of renkei.toml alone where there is one. Raises ConfigurationError in one sentence."""
    own, project = folder / FILE, folder / PROJECT
    if own.is_file():
        return _document(own), FILE
    source = f"{PROJECT} [tool.renkei]"
    tool = _document(project).get("tool") if project.is_file() else None
    rows = tool.get("renkei", {}) if isinstance(tool, dict) else {}
    if not isinstance(rows, dict):
        raise ConfigurationError(f"{source}: 表で書く（オプション = 値）。")
    return rows, source


def _document(path: Path) -> dict[str, object]:
    return parsed(text_of(path, ConfigurationError), path.name, ConfigurationError)
