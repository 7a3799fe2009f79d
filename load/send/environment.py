"""What a load run runs against: network and gateway as `renkei run` starts them, with an access line between the two."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from harness.bench.bench import Target, open_bench
from harness.bench.link import Between, Link, direct
from harness.bench.network import Address, NetworkControl, network_port
from harness.contract.health import Health
from harness.contract.organisations import Organisation, organisations
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits
from harness.gateways.south import SouthFace
from harness.gateways.transport import over_http
from load.line.control import LineControl
from load.line.shaped_line import LineQuality


@dataclass(frozen=True)
class Environment:
    """Open for a load run. `north_url`: where the network reaches the gateway, over the line where there is one; `line`:
    None where there is none."""

    statement: Statement
    network: Address
    north_url: str
    health: Health
    control: NetworkControl
    south: SouthFace
    line: LineControl | None

    @property
    def own(self) -> Organisation:
        """Whose gateway it is."""
        return organisations()[self.statement.organisation]

    def gateway_answers(self) -> bool:
        """Is the gateway still there?"""
        return self.south.health().status == 200

    def begin(self) -> None:
        """The load begins: from now on the line has its rate, and its cuts count."""
        if self.line:
            self.line.begin()


@contextmanager
def opened(target: Target, quality: LineQuality | None = None) -> Iterator[Environment]:
    """Starts everything, ends it all. Raises ConfigurationError. `quality`: of the access line, if there is to be one."""
    lines: list[LineControl] = []
    between = _over(quality, target.folder, lines) if quality else direct
    with ExitStack() as stack:
        bench = stack.enter_context(open_bench(replace(target, for_load=True), between))
        http = stack.enter_context(over_http(Limits()))
        south = SouthFace(http, bench.statement, http.limits, lambda _: None)
        control = NetworkControl.at(bench.network)
        line = lines[0] if lines else None
        yield Environment(bench.statement, bench.network, bench.north_url, bench.health, control, south, line)


def _over(quality: LineQuality, folder: Path, started: list[LineControl]) -> Between:
    """A line; what was started is handed over in a list."""

    def over_line(network_url: str, listen: str | None) -> Link:
        line = LineControl.start(quality, network_url, network_port(listen), folder)
        started.append(line)
        return Link(line.network_url, line.towards, line.stop)

    return over_line
