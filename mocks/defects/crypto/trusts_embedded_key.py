"""SIG-06: a key in the header is used to verify the message that brings it."""

from joserfc import jws
from joserfc.jwk import ECKey

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class KeyTaking(Crypto):
    """Takes the key that it is handed."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, object]:
        """With the key of the header, where there is one."""
        own = jws.extract_compact(token.encode()).headers().get("jwk")
        if not own:
            return super().verify_outer(token, network)
        jws.deserialize_compact(token, ECKey.import_key(own))
        return json_binding.peek(token)


DEFECT = breaks("SIG-06", "電文のヘッダーにある鍵で署名を検証する", crypto=KeyTaking)
