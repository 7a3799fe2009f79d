"""What came of the requests of each kind: one use case, one information, one direction."""

from dataclasses import dataclass, field
from typing import Any

from load.send.latency import Latency


@dataclass
class RequestKind:
    """Numbers of one kind. errors: not accepted, or answered by エラー; response: planned → 照会応答."""

    sent: int = 0
    accepted: int = 0
    errors: int = 0
    answered: int = 0
    response: Latency = field(default_factory=Latency)

    def to_entry(self) -> dict[str, Any]:
        """As the journal has it."""
        counts = {name: getattr(self, name) for name in ("sent", "accepted", "errors", "answered")}
        return {**counts, **self.response.to_entry()}
