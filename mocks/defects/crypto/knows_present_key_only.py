"""SIG-16: during rollover only the present key is known."""

from joserfc.jwk import ECKey

from harness.contract.keys import PublicKeys
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class OneKeyEach(Crypto):
    """Reads one key a partner from the directory."""

    def signature_key(self, token: str, sender: PublicKeys) -> ECKey:
        """The present one."""
        return sender.signature


DEFECT = breaks("SIG-16", "鍵の切替えの間、今の鍵のほかを認めない", crypto=OneKeyEach)
