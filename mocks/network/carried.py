"""What the network carries, and to whom."""

from dataclasses import dataclass

from harness.contract.framing import Framing
from harness.contract.json_binding import peek
from harness.contract.messages import Header
from harness.contract.refusals import RefusedError
from mocks.network.odd_answers import OddAnswer
from mocks.network.under_test import GatewayUnderTest


@dataclass(frozen=True)
class Received:
    """A message that was taken in; `odd`: how that is answered, None for as the contract says."""

    message_id: str
    odd: OddAnswer | None = None


@dataclass(frozen=True)
class Sending:
    """One message on its way to a gateway (`to`); `header` is the proper one, whatever the alteration did; `inner`: what is encrypted
    to the gateway in it, None where nobody here can open it; `framing`: how its bytes travel."""

    to: GatewayUnderTest
    header: Header
    token: str
    content: dict[str, object] | None
    person: str
    alteration: str | None = None
    inner: str | None = None
    framing: Framing = Framing.WHOLE

    def said_header(self) -> dict[str, object]:
        """What the message itself says, as an alteration may have changed it; else what it should have said."""
        try:
            header = peek(self.token).get("header")
        except RefusedError:
            header = None
        return header if isinstance(header, dict) else self.header.to_wire()
