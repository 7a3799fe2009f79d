"""How hard the bench itself works under a load: a mocked network that is late answers a gateway late, whatever the gateway is."""

from dataclasses import dataclass, field

from load.send.latency import quantile

# Own. Messages wait for the network as long as a look does; gates are seconds, and an answer passes it twice.
LATE_MS = 100.0
_OFTEN = 0.9  # of the looks: one of ten may be late


@dataclass
class Effort:
    """Looks at intervals. network_ms: until the network said that it is there; machine: part of all cores that anybody used
    since the look before."""

    network_ms: list[float] = field(default_factory=list)
    machine: list[float] = field(default_factory=list)

    def look(self, network_seconds: float, machine: float) -> None:
        """One more."""
        self.network_ms.append(network_seconds * 1000)
        self.machine.append(machine)

    @property
    def late_ms(self) -> float | None:
        """By how much the network was late at one look of ten; None where it was not, or nobody looked."""
        late = quantile(sorted(self.network_ms), _OFTEN)
        return late if late is not None and late >= LATE_MS else None

    def to_entry(self) -> dict[str, object]:
        """As the journal has it; null where nobody looked."""
        return {
            "network_p50_ms": quantile(sorted(self.network_ms), 0.5),
            "network_p90_ms": quantile(sorted(self.network_ms), _OFTEN),
            "machine": quantile(sorted(self.machine), 0.5),
        }
