"""SIG-01: a message chooses `alg: none` and is believed (RFC 8725 §3.1)."""

from joserfc import jws

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class NoneAcceptingCrypto(Crypto):
    """Lets the message say how it was signed."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, object]:
        """The payload; verified unless the token says that it is not signed."""
        if jws.extract_compact(token.encode()).headers().get("alg") == "none":
            return json_binding.peek(token)
        return super().verify_outer(token, network)


DEFECT = breaks("SIG-01", "署名方式を none とした電文を受け付ける", crypto=NoneAcceptingCrypto)
