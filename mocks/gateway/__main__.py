"""`python -m mocks.gateway --network URL`: the reference gateway as a process."""

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path

from harness.contract.versions import FIRST
from mocks.gateway.app import FACES, application
from mocks.gateway.calls import recorded
from mocks.gateway.functions import TABLES, Functions, assemble
from mocks.gateway.profiles import PROFILES
from mocks.gateway.settings import Settings, SettingsError
from mocks.gateway.storage import Storage
from mocks.web.serving import PortTakenError, bind, serve

DEFECTS = "mocks.defects"  # a plug-in by name: that room stands above this one and knows it, not the reverse
CONFIGURATION = 2  # exit code: configuration (guide §10)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 after SIGTERM, 2 where it cannot start, with one sentence on stderr."""
    try:
        settings = Settings.from_arguments("mocks.gateway", arguments)
        if settings.database is not None:
            _run(settings, settings.database)
            return 0
        with tempfile.TemporaryDirectory(prefix="renkei-gateway-") as folder:
            _run(settings, Path(folder) / "gateway.sqlite")
    except (SettingsError, PortTakenError) as error:
        return _refuse(str(error))
    except sqlite3.Error as error:
        return _refuse(f"--database {settings.database}: データベースを開けない（{error}）。")
    return 0


def _run(settings: Settings, database: Path) -> None:
    alter, profile, contract = _alteration(settings.defect)
    contract = max(contract, settings.contract)
    settings = replace(settings, profile=profile or settings.profile, contract=contract)
    listener = bind(settings.port)
    functions = alter(assemble(settings, Storage.open(database, TABLES)))
    app = application(recorded(functions, settings.calls) if settings.calls else functions)
    about = {"declares": asdict(PROFILES[settings.profile]), "contract": settings.contract}
    serve(app, [listener], FACES, about)


def _alteration(defect: str | None) -> tuple[Callable[[Functions], Functions], str, str]:
    """What --defect does to the functions, the profile in which it shows, and the version that forbids it. Raises SettingsError
    naming the defects that there are."""
    if defect is None:
        return (lambda functions: functions), "", FIRST
    found = import_module(DEFECTS).defect(defect)
    return found.break_it, found.profile, found.contract


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return CONFIGURATION


if __name__ == "__main__":
    sys.exit(main())
