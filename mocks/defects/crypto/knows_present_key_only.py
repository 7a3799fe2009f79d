"""SIG-16: during rollover only the present key is known."""

from harness.contract.keys import PublicKeys, SignatureKey
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class OneKeyEach(Crypto):
    """Reads one key a partner from the directory."""

    def further_key(self, token: str, signer: PublicKeys) -> SignatureKey | None:
        """None."""
        return None


DEFECT = breaks("SIG-16", "鍵の切替えの間、今の鍵のほかを認めない", crypto=OneKeyEach)
