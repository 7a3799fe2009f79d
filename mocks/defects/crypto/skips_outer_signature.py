"""SIG-01: the outer signature is not verified."""

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class TrustingCrypto(Crypto):
    """Believes whoever hands a message over."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, object]:
        """The payload, unverified."""
        return json_binding.peek(token)


DEFECT = breaks("SIG-01", "外側の署名を検証せず、署名のない電文も受け付ける", crypto=TrustingCrypto)
