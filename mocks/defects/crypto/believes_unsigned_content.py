"""SIG-09: content that claims to need no signature is believed."""

from joserfc import jws

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class InnerNone(Crypto):
    """Trusts what came encrypted."""

    def verify_inner(self, token: str, sender: PublicKeys) -> dict[str, object]:
        """Verified unless it says that it is not signed."""
        if jws.extract_compact(token.encode()).headers().get("alg") == "none":
            return json_binding.peek(token)
        return super().verify_inner(token, sender)


DEFECT = breaks("SIG-09", "署名のない本文を信じる", crypto=InnerNone)
