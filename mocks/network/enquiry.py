"""What the control API may ask a counterpart to send: an enquiry, a notice or its acknowledgement."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Self

from harness.contract.framing import Framing
from harness.contract.law import Basis
from harness.contract.messages import Header, Items, Kind, Mode, timestamp
from harness.contract.refusals import RefusedError
from mocks.network.alterations.recipes import Recipe

DEFAULT_EXPIRY_SECONDS = 60


@dataclass(frozen=True)
class Ask:
    """A message of a counterpart, possibly altered on its way. `sender` is `as` on the wire; a correlation id makes
    it belong to an earlier one; `side`: to which of two gateways it is sent."""

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
    kind: str = Kind.ENQUIRY
    items: Items = field(default_factory=dict)
    correlation_id: str | None = None
    recipe: Recipe | None = None
    side: str = ""
    framing: Framing = Framing.WHOLE

    @classmethod
    def from_wire(cls, wire: dict[str, Any]) -> Self:
        """From a body that meets its shape; what is null there is as if absent."""
        values = {k: v for k, v in wire.items() if v is not None}
        basis = values.pop("basis")
        if "recipe" in values:
            values["recipe"] = Recipe.from_wire(values["recipe"])
        values["framing"] = Framing(values.get("framing", Framing.WHOLE))
        return cls(sender=values.pop("as"), basis=Basis(basis["table"], basis["item"]), **values)

    def header(self, recipient: str, link_code: str) -> Header:
        """A new header, with the recipient's link code as the network would have put it."""
        opening = Header.opening(
            Kind(self.kind),
            sender=self.sender,
            recipient=self.to or recipient,
            basis=self.basis,
            affair=self.affair,
            information=self.information,
            role=self.role,
            mode=self.mode,
            link_code=link_code,
            expires_at=timestamp(timedelta(seconds=self.expires_in_seconds)),
        )
        return replace(opening, correlation_id=self.correlation_id or opening.correlation_id)

    def content(self) -> dict[str, object]:
        """The content of a message of this kind (schema `content`)."""
        said: dict[str, dict[str, object]] = {
            Kind.ENQUIRY: {"key": self.key},
            Kind.NOTICE: {"items": self.items},
            Kind.ANSWER: {"items": self.items},
            Kind.ERROR: {**RefusedError("RECORD_NOT_FOUND", "該当する情報がない").content()},
        }
        return said.get(self.kind, {})
