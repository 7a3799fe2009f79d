"""The defects that there are after a restart: what is done to the database before the gateway begins its work."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from mocks.gateway.functions import Functions

_END: Final = "-at-restart"


@dataclass(frozen=True)
class RestartDefect:
    """`summary`: what is lost, for users; `watches`: SQL that notes what has to be known then; `at_start`: SQL that loses it."""

    name: str
    summary: str
    at_start: str
    watches: str = ""

    def break_it(self, functions: Functions) -> Functions:
        """The gateway, which has lost it now: it is put together once a process."""
        functions.storage.connection.executescript(self.watches + self.at_start)
        return functions


def restart_names() -> tuple[str, ...]:
    """All names, in commands' spelling."""
    return tuple(_defects())


def restart_defect(name: str) -> RestartDefect | None:
    """One by its name, e.g. loses-pending-at-restart; None where it is none of these."""
    return _defects().get(name)


@cache
def _defects() -> dict[str, RestartDefect]:
    rows = tomllib.loads((files(__package__) / "defects.toml").read_text(encoding="utf-8"))["defect"]
    return {f"{row['name']}{_END}": RestartDefect(**row) for row in rows}
