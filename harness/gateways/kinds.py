"""One registry of `kind:params`: what `--gateway` accepts. Third parties add kinds by entry points."""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from harness.catalogue.findings import ConfigurationError
from harness.contract.names import empty, unknown
from harness.contract.statement import Statement

GROUP = "renkei.gateways"
_NAME = re.compile(r"^([A-Za-z0-9-]+)(?:([:+])(.*))?$", re.DOTALL)
# What nothing behind the colon means is theirs: the URL of the statement, and a sentence about the command that is missing.
_MAY_BE_BARE = frozenset({"http", "command"})
_COMMAND = "command"
_SHORT = re.compile(r"…（\d+）")  # a command line that was shortened already
_CREDENTIALS = re.compile(r"//[^/@\s]*@")
_SECRET = re.compile(r"(?i)((?:pass\w*|token|secret|key|auth\w*)[=:])[^\s&]+")


@dataclass(frozen=True)
class Setting:
    """What a kind needs to start a gateway: the network's URL, the user's statement, the run folder for logs."""

    network_url: str
    statement: Statement | None
    folder: Path


@dataclass(frozen=True)
class Running:
    """A gateway that can be reached as its statement says, and how to end what was started for it. `ended`: how that
    ended by itself; `stranger`: who answers in its place. None as long as there is no such thing, or nobody can know. `restart`:
    kills it and starts it again in the same way; None for one that the bench did not start. Raises ConfigurationError."""

    statement: Statement
    stop: Callable[[], None]
    ended: Callable[[], str | None] = lambda: None
    stranger: Callable[[], str | None] = lambda: None
    restart: Callable[[], None] | None = None


class GatewayKind(Protocol):
    """A kind of gateway. `network_listen` is asked before the network starts, `start` after."""

    def network_listen(self, params: str, statement: Statement | None) -> str | None:
        """host:port where the gateway expects the network, None for any. Raises ConfigurationError."""
        ...

    def start(self, params: str, setting: Setting) -> Running:
        """Starts or finds the gateway. Raises ConfigurationError."""
        ...


def find(text: str) -> tuple[GatewayKind, str]:
    """The kind and the params of e.g. `http:URL` or `reference+DEFECT`. Raises ConfigurationError."""
    match = _NAME.match(text)
    registered = {e.name: e for e in entry_points(group=GROUP)}
    if not match or match[1] not in registered:
        raise ConfigurationError(
            f"{unknown('--gateway', shown(text), sorted(registered))}例: http:http://127.0.0.1:9101/south"
        )
    if match[2] and not match[3].strip() and match[1] not in _MAY_BE_BARE:
        raise ConfigurationError(empty(f"--gateway {match[1]}{match[2]}"))
    kind = registered[match[1]].load()
    return cast(GatewayKind, kind()), match[3] or ""


def shown(gateway: str) -> str:
    """A gateway as anybody may read it: of a command line the program and how many arguments it has, as a password may
    be among them; of anything else what is no credential."""
    kind, colon, params = gateway.partition(":")
    if not colon or _SHORT.search(params):
        return gateway
    words = _words(params)
    if words and (kind == _COMMAND or len(words) > 1):
        name, assigned, _ = words[0].partition("=")
        params = f"{name}=…" if assigned else name
        params += f" …（{len(words) - 1}）" if words[1:] else ""
    return kind + colon + _SECRET.sub(r"\1…", _CREDENTIALS.sub("//…@", params))


def shortened(gateway: str) -> bool:
    """Is it what `shown` made of a command line?"""
    return bool(_SHORT.search(gateway))


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
