"""`reference`, `reference+DEFECT`, `null`, `refuses-everything`: our own gateways, as separate processes that are
reached over HTTP like any other. This room names their modules and imports none of them."""

import json
import re
import secrets
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Final, cast
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
# The same gateway, run by another organisation: the affairs that it is competent for are others.
ORGANISATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prefecture": "220001",  # 静岡県
        "designated-city": ORGANISATION,  # 静岡市, a 指定都市
        "core-city": "232025",  # 岡崎市, a 中核市
        "city": "222062",  # 三島市, neither
        "welfare-town": "273015",  # 島本町, a town with 福祉事務所
        "town": "223417",  # 清水町, a town without
    }
)
_REFERENCE = "mocks.gateway"  # a miniature forgets
AND = ","  # reference:core-city,contract-2
CONTRACT_2 = "contract-2"  # the same gateway, declared to be judged by contract 2
_KNOWS = "knows-"  # does as it should only where it knows by something that the suite asks (reference:knows-programs)
_CLOCK = re.compile(r"clock[+-].+")  # seconds that its clock is ahead of the bench's (reference:clock-4.5)
CALLS, CALLS_FILE = (
    "calls",
    "gateway-calls.txt",
)  # writes into the run folder which of its functions were called


class ReferenceKind:
    """The reference gateway: clean, with one defect, declaring less (reference:provider-only), run by another organisation
    (reference:prefecture, reference:town), by a clock that is off (reference:clock+4.5), by contract 2 (reference:contract-2), or by
    somebody who behaves only before whom they take for the suite (reference:knows-programs). Several with commas:
    reference:core-city,contract-2."""

    def network_listen(self, params: str, statement: Statement | None) -> str | None:
        """Any free port."""
        return None

    def start(self, params: str, setting: Setting) -> Running:
        """Starts `python -m mocks.gateway` on free ports. Raises ConfigurationError (unknown defect, too)."""
        if params == CALLS:
            return _start(["mocks.gateway", "--calls", str(setting.folder / CALLS_FILE)], setting)
        if _CLOCK.fullmatch(params) or params.startswith(_KNOWS):
            return _start(["mocks.miniatures", params], setting)
        arguments, organisation = ["mocks.gateway"], ORGANISATION
        for word in params.split(AND) if params else ():
            if word in ORGANISATIONS:
                organisation = ORGANISATIONS[word]
                arguments += ["--organisation", organisation]
            elif word == CONTRACT_2:
                arguments += ["--contract", "2"]
            else:
                arguments += ["--profile" if word in PROFILES else "--defect", word]
        return _start(arguments, setting, organisation)


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
