"""SIG-04: the outer signature of answers is not verified."""

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.messages import Kind
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class HalfTrustingCrypto(Crypto):
    """Verifies what others ask, and believes what they answer."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, object]:
        """The payload of an answer, unverified."""
        payload = json_binding.peek(token)
        if payload.get("header", {}).get("kind") == Kind.ANSWER:
            return payload
        return super().verify_outer(token, network)


DEFECT = breaks("SIG-04", "照会応答の外側の署名を検証しない", crypto=HalfTrustingCrypto)
