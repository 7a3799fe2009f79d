"""The folder of a run: a new one each time, for its owner's eyes only, as it holds residents' data and tokens."""

import json
import os
import secrets
from datetime import datetime
from pathlib import Path

from harness.catalogue.findings import ConfigurationError

# The gateway as it was given, with the passwords that its command line may hold: neither shown nor bundled nor published.
# Reports and journal have harness.gateways.kinds.shown of it.
GATEWAY = "gateway.command"


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


def keep_gateway(folder: Path, gateway: str) -> None:
    """Keeps what --gateway was, for its owner only, so that the run can be taken up again."""
    descriptor = os.open(folder / GATEWAY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    # A name of a program may have bytes that are no UTF-8.
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
        json.dump({"gateway": gateway}, file, ensure_ascii=False)


def kept_gateway(folder: Path) -> str | None:
    """What --gateway was in that run; None where that is not kept."""
    try:
        kept = (folder / GATEWAY).read_text(encoding="utf-8", errors="surrogateescape")
        return str(json.loads(kept)["gateway"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
