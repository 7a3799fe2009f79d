"""Whose gateways are real: that of one organisation, or of two that are tested against each other."""

from dataclasses import dataclass, field

from joserfc.jwk import ECKey

from harness.contract.json_binding import open_body
from harness.contract.keys import PublicKeys, published_opener
from harness.contract.keys.ring import KeyRing
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import RefusedError
from mocks.network.delivery import Deliver


@dataclass(frozen=True)
class GatewayUnderTest:
    """One organisation whose gateway is real. `side`: which of two it is, empty for the only one."""

    code: str
    keys: PublicKeys
    deliver: Deliver
    side: str = ""


@dataclass
class UnderTest:
    """By side; every other organisation is played here, with keys of the `ring`."""

    ring: KeyRing
    gateways: dict[str, GatewayUnderTest] = field(default_factory=dict)

    def put(self, gateway: GatewayUnderTest) -> None:
        """From now on, in place of the one before of its side."""
        self.gateways[gateway.side] = gateway

    def at(self, code: str) -> GatewayUnderTest | None:
        """The real gateway of an organisation."""
        return next((gateway for gateway in self.gateways.values() if gateway.code == code), None)

    def of(self, side: str) -> GatewayUnderTest:
        """Raises RefusedError INVALID_REQUEST where nobody registered it."""
        if side not in self.gateways:
            raise RefusedError("INVALID_REQUEST", "検証するゲートウェイが登録されていない")
        return self.gateways[side]

    def keys_of(self, code: str) -> PublicKeys:
        """Public keys of a party. Raises RefusedError PARTNER_UNKNOWN, for the network itself too."""
        if gateway := self.at(code):
            return gateway.keys
        if code not in organisations() or code == network_organisation().code:
            raise RefusedError("PARTNER_UNKNOWN", "送信元又は宛先の団体")
        return self.ring.public(code)

    def opener(self, code: str) -> ECKey | None:
        """The private key for bodies that are sent to an organisation; None where only its own gateway has it."""
        gateway = self.at(code)
        if gateway is None:
            return self.ring.of(code).encryption
        return published_opener(code, gateway.keys) if gateway.side else None

    def inner_of(self, code: str, body: str) -> str | None:
        """What is encrypted to an organisation; None where it cannot be opened here."""
        key = self.opener(code)
        try:
            return open_body(body, key) if key else None
        except (RefusedError, TypeError):  # TypeError: joserfc, of a protected header with odd types
            return None
