"""The folder of a run: a new one each time, for its owner's eyes only, as it holds residents' data and tokens."""

import secrets
from datetime import datetime
from pathlib import Path

from harness.spec.findings import ConfigurationError


def new_folder(given: str | Path | None) -> Path:
    """The one that was asked for, or runs/<moment>: two runs in the same second get folders of their own."""
    name = f"runs/{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    return Path(given or name).absolute()


def make(folder: Path) -> None:
    """Raises ConfigurationError where there is one already, or none can be made."""
    try:
        folder.mkdir(parents=True, mode=0o700)
    except FileExistsError as error:
        raise ConfigurationError(
            f"{folder}: 実行フォルダーがもうある。別の --run-folder を指定する。"
        ) from error
    except OSError as error:
        raise ConfigurationError(f"{folder}: 実行フォルダーを作れない（{error.strerror}）。") from error
