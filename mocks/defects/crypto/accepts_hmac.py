"""SIG-05: the message chooses the algorithm, and the public key serves as a secret (RFC 8725 §2.1)."""

import base64
import hmac

from joserfc import jws

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class AnyAlgorithm(Crypto):
    """Lets the message choose the algorithm."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, object]:
        """Verifies as the header says."""
        if jws.extract_compact(token.encode()).headers().get("alg") != "HS256":
            return super().verify_outer(token, network)
        signed, _, signature = token.rpartition(".")
        expected = hmac.digest(network.signature.as_pem(private=False), signed.encode(), "sha256")
        if base64.urlsafe_b64encode(expected).decode().rstrip("=") != signature:
            raise RefusedError("SIGNATURE_INVALID")
        return json_binding.peek(token)


DEFECT = breaks("SIG-05", "公開鍵を秘密とする HS256 の署名を認める", crypto=AnyAlgorithm)
