"""One registry of `kind:params`: what `--gateway` accepts. Third parties add kinds by entry points."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from harness.spec.findings import ConfigurationError
from harness.spec.statement import Statement

GROUP = "renkei.gateways"
_NAME = re.compile(r"^([A-Za-z0-9-]+)(?:[:+](.*))?$", re.DOTALL)


@dataclass(frozen=True)
class Setting:
    """What a kind needs to start a gateway: the network's URL, the user's statement, the run folder for logs."""

    network_url: str
    statement: Statement | None
    folder: Path


@dataclass(frozen=True)
class Running:
    """A gateway that can be reached as its statement says, and how to end what was started for it."""

    statement: Statement
    stop: Callable[[], None]


class Kind(Protocol):
    """A kind of gateway. `network_listen` is asked before the network starts, `start` after."""

    def network_listen(self, params: str, statement: Statement | None) -> str | None:
        """host:port where the gateway expects the network, None for any. Raises ConfigurationError."""
        ...

    def start(self, params: str, setting: Setting) -> Running:
        """Starts or finds the gateway. Raises ConfigurationError."""
        ...


def find(text: str) -> tuple[Kind, str]:
    """The kind and the params of e.g. `http:URL` or `reference+DEFECT`. Raises ConfigurationError."""
    match = _NAME.match(text)
    registered = {e.name: e for e in entry_points(group=GROUP)}
    if not match or match[1] not in registered:
        raise ConfigurationError(
            f"--gateway {text}: その種類はない（ある種類: {'、'.join(sorted(registered))}）。例: http:http://127.0.0.1:9101/south"
        )
    kind = registered[match[1]].load()
    return cast(Kind, kind()), match[2] or ""
