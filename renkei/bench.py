"""Everything around a gateway within the process of its own tests: network, counterparts, business system, staff, and the judge.

    with bench_in_process(Gateway(my_app, "gateway.toml"), tmp_path) as bench:
        resident = bench.resident()
        bench.south.put_record({"local_id": resident.local_id, …}).expect(200)
        bench.network.enquire(…)
        bench.judge()

What is judged is what passed between the two: tests act on the gateway through `south` and `network` alone."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
from starlette.types import ASGIApp

from harness.bench.bench import Bench, Introduced, Target
from harness.bench.channel import ControlAnswer, Instruction
from harness.bench.network import Address, NetworkControl
from harness.bench.preflight import check_introduction
from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import FILE_NAME, VERSION, WHOLE_RECORD, Entry, Journal
from harness.contract.journal_entries import CheckEntry, SouthCall
from harness.contract.messages import timestamp
from harness.contract.statement import Statement
from harness.explore.session import begin
from harness.gateways.exchange import Limits
from harness.gateways.manners import Manners
from harness.gateways.south import SouthFace
from harness.model.judge import followed, looked_through, whole
from harness.model.violation import Violation
from harness.record.reader import read
from harness.residents.people import Person
from harness.stimuli.journalled import on_record, stage_on_record
from harness.stimuli.stage import Resident, Stage
from mocks.network.in_process import BASE_URL, InProcessNetwork, network_in_process
from mocks.network.in_process_gateway import InProcessGateway, to_asgi
from renkei.application import over_asgi, started

_GATEWAY: Final = "in-process"
_NAME: Final = "単体試験"
_KNOWN_ALREADY: Final = 200  # to a gateway that keeps its data between two tests


class ContractBrokenError(AssertionError):
    """What passed breaks the contract: each violation in a line of its own."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        self.violations = violations
        super().__init__("契約に反する。\n" + "\n".join(map(_told, violations)))


@dataclass(frozen=True)
class Gateway:
    """An ASGI application, and its statement (a path, or read already)."""

    app: ASGIApp
    statement: Statement | Path | str

    def declared(self) -> Statement:
        """Raises StatementError in one sentence."""
        return (
            self.statement if isinstance(self.statement, Statement) else Statement.load(Path(self.statement))
        )


@dataclass(frozen=True)
class InProcessBench:
    """`south`: the gateway as business systems, staff and auditors use it; `network`: what the network is told to do; `stage`:
    residents and staff of this bench; `record`: the journal of what passed."""

    statement: Statement
    south: SouthFace
    network: NetworkControl
    stage: Stage
    record: Path

    def resident(self) -> Resident:
        """Somebody whom the network knows and the gateway has registered. Raises NonconformityError where it did not."""
        return self._registered(self.stage.residents(1)[0])

    def register(self, person: Person) -> Resident:
        """The same of a certain person, of a household for example."""
        return self._registered(self.stage.known([person])[0])

    def violations(self) -> tuple[Violation, ...]:
        """What the model of the contract says of all that passed until now; what is still to come breaks nothing."""
        entries = [*read(self.record), self._whose()]
        found = (*looked_through(entries), *whole(entries).violations, *followed(entries))
        return tuple({violation.requirement: violation for violation in reversed(found)}.values())[::-1]

    def judge(self) -> None:
        """Raises ContractBrokenError."""
        if violations := self.violations():
            raise ContractBrokenError(violations)

    def _registered(self, resident: Resident) -> Resident:
        reply = self.stage.ask(self.stage.registration(resident))
        if reply.status != _KNOWN_ALREADY:
            reply.expect(201, "registered")
        return resident

    def _whose(self) -> CheckEntry:
        """All residents are of one scenario: their own numbers are looked for among what is said of them, too."""
        return CheckEntry(
            v=VERSION,
            at=timestamp(),
            by=_NAME,
            type=Entry.CHECK,
            scenario=WHOLE_RECORD,
            requirements=[],
            verdict=Verdict.PASS,
            code=None,
            observed=None,
            expected=None,
            see="",
            step=None,
            persons=[person.ref for person in self.stage.made],
            correlation_ids=[],
            seconds=0.0,
            waiting_seconds=0.0,
        )


@contextmanager
def bench_in_process(
    gateway: Gateway, folder: Path, seed: int = 0, network_url: str = BASE_URL
) -> Iterator[InProcessBench]:
    """Around a gateway that reaches the network at `network_url` by httpx. `folder`: where the record goes; `seed`: of residents.

    Raises StatementError, ConfigurationError for a folder that has a record, and NonconformityError or ConfigurationError where the gateway
    is not who its statement says."""
    statement, record = gateway.declared(), folder / FILE_NAME
    if record.exists():
        raise ConfigurationError(f"{record}: 前の記録がある。別のフォルダーを渡す。")
    with ExitStack() as stack:
        north, own = (Journal.open(record, by) for by in ("network", "bench"))
        stack.callback(north.close)
        stack.callback(own.close)
        inside = stack.enter_context(network_in_process(network_url, journal=north))
        there = stack.enter_context(started(gateway.app, inside.running))
        path = urlsplit(statement.north_url).path
        inside.reach(InProcessGateway(statement.organisation, statement.keys, to_asgi(there, path)))
        limits = Limits()
        transport = stack.enter_context(over_asgi(there, inside.running, limits))
        south = SouthFace(transport, statement, limits, lambda _: None, manners=Manners(seed))
        begin(_introduced(south, inside), own, Target(_GATEWAY, statement, folder), seed)
        faces = on_record(south, NetworkControl(_Channel(inside)), own)
        stage = stage_on_record(faces, own, seed, _NAME)
        yield InProcessBench(statement, faces.south, faces.control, stage, record)


def _introduced(south: SouthFace, inside: InProcessNetwork) -> Bench:
    """A bench whose gateway said who it is."""
    said: list[SouthCall] = []
    before = datetime.now(UTC)
    health = south.recording(said.append).health().expect(200, "health")
    check_introduction(south.statement, health, (before, datetime.now(UTC)), south.limits.clock_seconds)
    own = Introduced(south.statement, health, said[0])
    return Bench(south.statement, Address(inside.url, inside.token), own)


@dataclass(frozen=True)
class _Channel:
    """The control API without a socket."""

    inside: InProcessNetwork

    def send(self, instruction: Instruction) -> ControlAnswer:
        """As harness.bench.channel.Channel; raises ValueError for what the network cannot be told."""
        path = instruction.path.removeprefix("/")
        try:
            return self.inside.control(instruction.method, path, instruction.body, instruction.query)
        except httpx.HTTPStatusError as error:
            raise ValueError(
                f"{instruction.method} {instruction.path}: {error.response.json()['reason']}"
            ) from None


def _told(violation: Violation) -> str:
    said = f"観測: {violation.told}。期待: {violation.expected}"
    return f"{violation.requirement} {violation.code} {violation.where} {said}".strip()
