"""What came of the requests of each kind: one use case, one information, one direction."""

from dataclasses import dataclass, field

from load.send.latency import Latency, LatencyEntry


class KindEntry(LatencyEntry):
    """Of one kind, its name apart."""

    sent: int
    accepted: int
    errors: int
    answered: int


@dataclass
class RequestKind:
    """Numbers of one kind. errors: not answered as is right (an enquiry by 202, a request of exploration as the contract has it), or answered
    by エラー; response: planned → 照会応答."""

    sent: int = 0
    accepted: int = 0
    errors: int = 0
    answered: int = 0
    response: Latency = field(default_factory=Latency)

    def to_entry(self) -> KindEntry:
        """As the journal has it."""
        return {
            "sent": self.sent,
            "accepted": self.accepted,
            "errors": self.errors,
            "answered": self.answered,
            **self.response.to_entry(),
        }
