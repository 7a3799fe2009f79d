"""`reference`, `reference+DEFECT`, `null`, `refuses-everything`: our own gateways, as separate processes that are
reached over HTTP like any other. This room names their modules and imports none of them."""

import json
import re
import secrets
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from typing import cast
from urllib.parse import urlsplit

from harness.catalogue.findings import ConfigurationError
from harness.contract.keys import bench_keys
from harness.contract.statement import Declares, Statement, Tokens
from harness.contract.texts import one_line
from harness.gateways.kinds import Running, Setting
from harness.gateways.started import Started
from harness.processes.process import Process

ORGANISATION = "221007"
PROFILES = ("requester-only", "provider-only", "table-only")  # what it declares; without one, everything
PREFECTURE, PREFECTURE_CODE = "prefecture", "220001"  # the same gateway, run by 静岡県
_REFERENCE = "mocks.gateway"  # a miniature forgets
CONTRACT_2 = "contract-2"  # the same gateway, declared to be judged by contract 2
_KNOWS = "knows-"  # does as it should only where it knows by something that the suite asks (reference:knows-programs)
_CLOCK = re.compile(r"clock[+-].+")  # seconds that its clock is ahead of the bench's (reference:clock-4.5)
CALLS, CALLS_FILE = (
    "calls",
    "gateway-calls.txt",
)  # writes into the run folder which of its functions were called


class ReferenceKind:
    """The reference gateway: clean, with one defect, declaring less (reference:provider-only), run by a prefecture
    (reference:prefecture), by a clock that is off (reference:clock+4.5), by contract 2 (reference:contract-2), or by somebody who
    behaves only before whom they take for the suite (reference:knows-programs)."""

    def network_listen(self, params: str, statement: Statement | None) -> str | None:
        """Any free port."""
        return None

    def start(self, params: str, setting: Setting) -> Running:
        """Starts `python -m mocks.gateway` on free ports. Raises ConfigurationError (unknown defect, too)."""
        if params == CALLS:
            return _start(["mocks.gateway", "--calls", str(setting.folder / CALLS_FILE)], setting)
        if params == PREFECTURE:
            arguments = ["mocks.gateway", "--organisation", PREFECTURE_CODE]
            return _start(arguments, setting, PREFECTURE_CODE)
        if params == CONTRACT_2:
            return _start(["mocks.gateway", "--contract", "2"], setting)
        if _CLOCK.fullmatch(params) or params.startswith(_KNOWS):
            return _start(["mocks.miniatures", params], setting)
        flag = "--profile" if params in PROFILES else "--defect"
        return _start(["mocks.gateway", *([flag, params] if params else [])], setting)


class NullKind(ReferenceKind):
    """Accepts everything, does nothing."""

    def start(self, params: str, setting: Setting) -> Running:
        """Starts `python -m mocks.miniatures null`. Raises ConfigurationError."""
        return _miniature("null", params, setting)


class RefusesEverythingKind(ReferenceKind):
    """Refuses everything."""

    def start(self, params: str, setting: Setting) -> Running:
        """Starts `python -m mocks.miniatures refuses-everything`. Raises ConfigurationError."""
        return _miniature("refuses-everything", params, setting)


def _miniature(name: str, params: str, setting: Setting) -> Running:
    """What is asked of it beside its name is nothing that it could be, and no other gateway is tested in its place."""
    if params:
        raise ConfigurationError(f"--gateway {name}: その後に書けるものはない（{one_line(params, 100)}）。")
    return _start(["mocks.miniatures", name], setting)


def _start(arguments: list[str], setting: Setting, organisation: str = ORGANISATION) -> Running:
    if setting.statement is not None:
        raise ConfigurationError(
            "--statement は、--gateway http:URL か command:命令 とともに使う（参照ゲートウェイは自らの宣言を持つ）。"
        )
    tokens = Tokens(*(secrets.token_urlsafe(16) for _ in range(3)))
    # Its database survives it, as that of any gateway must.
    data = tempfile.TemporaryDirectory(prefix="renkei-gateway-")
    keeps = ["--database", f"{data.name}/gateway.sqlite"] if arguments[0] == _REFERENCE else []

    def start(port: str) -> Process:
        command = [sys.executable, "-I", "-m", *arguments, *keeps, "--network", setting.network_url]
        process = Process.start(
            "参照ゲートウェイ",
            [*command, "--port", port, "--tokens-on-stdin"],
            setting.folder / "gateway.log",
            {},
            announces=True,
            line=json.dumps(asdict(tokens)),
        )
        process.note_end(setting.folder)
        return process

    process = start("0")
    statement = _statement(organisation, tokens, process.ready)
    port = str(urlsplit(statement.south_url).port)
    started = Started(lambda: start(port), process)

    def stop() -> None:
        started.stop()
        data.cleanup()

    return Running(statement, stop, started.ended, restart=started.restart if keeps else None)


def _statement(organisation: str, tokens: Tokens, ready: Mapping[str, object]) -> Statement:
    """What a gateway of ours declares, as it said when it was ready."""
    declares = cast(dict[str, list[str]], ready["declares"])
    return Statement(
        organisation=organisation,
        south_url=str(ready["south"]),
        north_url=str(ready["north"]),
        network_listen=None,
        tokens=tokens,
        keys=bench_keys(organisation).public(),
        declares=Declares(**{name: tuple(words) for name, words in declares.items()}),
        contract=str(ready["contract"]),
    )
