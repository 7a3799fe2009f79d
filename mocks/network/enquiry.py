"""What the control API may ask a counterpart to enquire."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

from harness.spec.law import Basis
from harness.spec.messages import Header, Kind, Mode, new_id, timestamp

DEFAULT_EXPIRY_SECONDS = 60


@dataclass(frozen=True)
class Ask:
    """An enquiry of a counterpart, possibly altered on its way. `sender` is `as` on the wire."""

    sender: str
    person: str
    basis: Basis
    affair: str
    information: str
    role: str
    key: dict[str, str] = field(default_factory=dict)
    mode: str = Mode.ONLINE
    to: str | None = None
    alteration: str | None = None
    replay_of: str | None = None
    expires_in_seconds: float = DEFAULT_EXPIRY_SECONDS

    @classmethod
    def from_wire(cls, wire: dict[str, Any]) -> Self:
        """From a body that meets its shape; what is null there is as if absent."""
        values = {k: v for k, v in wire.items() if v is not None}
        basis = values.pop("basis")
        return cls(sender=values.pop("as"), basis=Basis(basis["table"], basis["item"]), **values)

    def header(self, recipient: str, link_code: str) -> Header:
        """A new header, with the recipient's link code as the network would have put it."""
        message_id = new_id()
        return Header(
            message_id=message_id,
            correlation_id=message_id,
            kind=Kind.ENQUIRY,
            sender=self.sender,
            recipient=self.to or recipient,
            basis=self.basis,
            affair=self.affair,
            information=self.information,
            role=self.role,
            mode=self.mode,
            link_code=link_code,
            sent_at=timestamp(),
            expires_at=timestamp(timedelta(seconds=self.expires_in_seconds)),
        )
