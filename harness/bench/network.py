"""The mocked national network as the bench uses it: its control API, as a client."""

import json
import secrets
import socket
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypedDict, cast

import httpx

from harness.bench.channel import Channel, ControlAnswer, HttpChannel, Instruction, NoteInstruction
from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.contract.journal import FILE_NAME
from harness.contract.journal_carried import Collected
from harness.contract.journal_entries import Said
from harness.contract.journal_heads import Head
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.statement import Statement
from harness.gateways.cookies import no_cookies
from harness.processes.process import Process

DELIVERY_SECONDS = 15.0  # the network gives a gateway 5 s; this is for ourselves
_KEPT_SECONDS = 30.0  # an idle connection; the network keeps its own longer
LOOPBACK = "127.0.0.1"
_FREE_PORT = f"{LOOPBACK}:0"
_HIGHEST_PORT = 65_535


class Enrolled(TypedDict):
    """A person whom the network knows: by organisation, the token to enrol with, and the link code."""

    person: str
    enrolment_tokens: dict[str, str]
    link_codes: dict[str, str]


@dataclass(frozen=True)
class Address:
    """Where the network is, how to control it, and what its keys are made of; `partner_url`: where the second of two gateways reaches
    it, empty where there is one."""

    url: str
    token: str
    keys: KeyRing = PUBLISHED
    partner_url: str = ""


@dataclass(frozen=True)
class Listening:
    """Where a gateway expects the network (host:port), None for any port; `partner`: the same of a second gateway, if `two`."""

    gateway: str | None = None
    partner: str | None = None
    two: bool = False

    def to_arguments(self) -> list[str]:
        """As the network is told. Raises ConfigurationError for another machine."""
        one = ["--port", str(network_port(self.gateway))]
        return [*one, "--partner-port", str(network_port(self.partner))] if self.two else one


def start_network(
    folder: Path,
    listening: Listening,
    allowed: tuple[str, ...] = (),
    *,
    for_load: bool = False,
    keys: KeyRing = PUBLISHED,
) -> tuple[Process, Address]:
    """Starts `python -m mocks.network`. `keys`: of itself and of the counterparts. Under load it keeps its record until that is
    collected, and not in the journal: a message is 6 kB there. Raises ConfigurationError, also when the port is occupied."""
    token = secrets.token_urlsafe(16)
    command = [sys.executable, "-I", "-m", "mocks.network", *listening.to_arguments()]
    command += ["--for-load"] if for_load else []
    command += [part for host in allowed for part in ("--allow-host", host)]
    journal = None if for_load else str(folder / FILE_NAME)
    line = json.dumps({"token": token, "journal": journal, "keys": keys.secret})
    process = Process.start("ネットワーク", command, folder / "network.log", {}, announces=True, line=line)
    ports = cast(list[int], process.ready["ports"])
    partner_url = f"http://{LOOPBACK}:{ports[1]}" if listening.two else ""
    return process, Address(str(process.ready["url"]), token, keys, partner_url)


def network_port(listen: str | None) -> int:
    """The port where a gateway expects the network, 0 for any. Raises ConfigurationError for another machine."""
    host, _, port = (listen or _FREE_PORT).rpartition(":")
    if host not in {"127.0.0.1", "localhost"}:
        raise ConfigurationError(f"network.listen {listen}: ネットワークは 127.0.0.1 でだけ待ち受ける。")
    if int(port) > _HIGHEST_PORT:
        raise ConfigurationError(f"network.listen {listen}: ポートは {_HIGHEST_PORT} まで。")
    return int(port)


def check_listen(listen: str | None) -> None:
    """Raises ConfigurationError where the network cannot listen as a statement says."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((LOOPBACK, network_port(listen)))
        except OSError as error:
            raise ConfigurationError(
                f"network.listen {listen}: そのポートを使えない（{error.strerror}）。使っているプロセスを止めるか、"
                "gateway.toml の network.listen（とゲートウェイに設定したネットワークの URL）のポートを変える。"
            ) from error


def _unrecorded(instruction: Instruction, answer: ControlAnswer | None, failure: str) -> None:
    """What the bench itself asks before and after the scenarios."""


@dataclass(frozen=True)
class NetworkControl:
    """The control API. Every call raises InconclusiveError when the network itself fails. `side`: to which of two gateways counterparts
    send, and which one is registered; `real`: codes of both, whom nobody plays."""

    channel: Channel
    record: NoteInstruction = _unrecorded
    side: str = ""
    real: frozenset[str] = frozenset()

    @classmethod
    def at(cls, address: Address) -> Self:
        """A client of its own, as each worker needs one."""
        headers = {"Authorization": f"Bearer {address.token}"}
        client = httpx.Client(
            base_url=f"{address.url}/control/v1",
            headers=headers,
            timeout=DELIVERY_SECONDS,
            limits=httpx.Limits(keepalive_expiry=_KEPT_SECONDS),
            trust_env=False,
            cookies=no_cookies(),
            # It is http on loopback: reading the certificates of the world would cost every worker 35 ms.
            verify=False,  # noqa: S501
        )
        return cls(HttpChannel(client))

    def recording(self, record: NoteInstruction) -> Self:
        """The same network, telling somebody of every instruction and its answer, or why there was none."""
        return replace(self, record=record)

    def register_gateway(self, statement: Statement, north_url: str | None = None) -> None:
        """Tells the network whose gateway is under test and where its inbox is: as declared, or behind a line."""
        keys = statement.keys.to_jwk()
        self._call(
            "PUT",
            "/gateway",
            self._sided(
                {"code": statement.organisation, "north_url": north_url or statement.north_url, "keys": keys}
            ),
        )

    def must_be_there(self) -> None:
        """Is the network still there? What a gateway does without one says nothing about the gateway."""
        self._call("GET", "/health")

    def has_heard(self) -> bool:
        """Has a message of the gateway ever come?"""
        return bool(self._call("GET", "/health")["heard"])

    def add_person(self, person: str) -> Enrolled:
        """Makes a person known; enrolment tokens and link codes by organisation."""
        return cast(Enrolled, self._call("POST", "/people", {"person": person}))

    def put_record(self, organisation: str, person: str, information: str, key: Any, items: Any) -> None:
        """Gives a counterpart organisation a record."""
        body = {"organisation": organisation, "person": person, "information": information}
        self._call("PUT", "/records", {**body, "key": key, "items": items})

    def set_behaviour(
        self, organisation: str, person: str, information: str, behaviour: str, **how: Any
    ) -> None:
        """How a counterpart answers about a person; `how`: alteration, delay_seconds."""
        body = {"organisation": organisation, "person": person, "information": information}
        self._call("PUT", "/behaviours", {**body, "behaviour": behaviour, **how})

    def disturb(self, person: str, **disturbance: Any) -> None:
        """Disturbs what the gateway sends about a person: unavailable, refusal, slow_seconds; nothing ends it."""
        self._call("PUT", "/disturbances", {"person": person, **disturbance})

    def tell_directory(self, **how: Any) -> None:
        """Tells another directory from now on: `answer`, an odd answer in its place; `validity`, of further keys. Without either the
        usual one."""
        self._call("PUT", "/directory", how)

    def enquire(self, enquiry: Said) -> dict[str, Any]:
        """Makes a counterpart enquire at the gateway; message id, correlation id and what the gateway said."""
        return self._call("POST", "/enquiries", self._sided(enquiry))

    def notify(self, notice: Said) -> dict[str, Any]:
        """Makes a counterpart send a 連絡 or a 受領; as enquire."""
        return self._call("POST", "/notices", self._sided(notice))

    def exchanges(self, at_least: int = 0, seconds: float = 0.0, **filters: str) -> list[dict[str, Any]]:
        """North exchanges that match, waiting until there are enough or the time is over."""
        query = {**filters, "at_least": str(at_least), "timeout": f"{seconds:g}"}
        found: list[dict[str, Any]] = self._call("GET", "/exchanges", query=query)["exchanges"]
        return found

    def collect(self, after: int, limit: int) -> list[Collected]:
        """The next exchanges after a sequence number, oldest first; the network lets go of those up to it."""
        body = {"after": after, "limit": limit}
        found: list[Collected] = self._call("POST", "/collection", body)["exchanges"]
        return found

    def provisions(self, **filters: str) -> list[dict[str, Any]]:
        """The network's own record (番号法23条)."""
        found: list[dict[str, Any]] = self._call("GET", "/provisions", query=filters)["provisions"]
        return found

    def end_journal(self) -> Head | None:
        """Ends the network's part of the journal; what it has written there, None where it writes none."""
        head = self._call("POST", "/journal-end", {})["head"]
        return Head.from_document(head) if head else None

    def _sided(self, body: Said) -> Said:
        return {**body, "side": self.side} if self.side else body

    def _call(
        self, method: str, path: str, body: object = None, query: dict[str, str] | None = None
    ) -> ControlAnswer:
        instruction = Instruction(method, path, body, query)
        try:
            answer = self.channel.send(instruction)
        except InconclusiveError as failure:
            self.record(instruction, None, failure.observed)
            raise
        self.record(instruction, answer, "")
        return answer
