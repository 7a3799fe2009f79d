"""SIG-07: the typ of a signature is not looked at."""

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class TypeBlind(Crypto):
    """Cares for keys only."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, object]:
        """Any type that the network signs."""
        try:
            return super().verify_outer(token, network)
        except RefusedError:
            return json_binding.verify(token, network.signature, json_binding.LINK_CODE_TYPE)


DEFECT = breaks("SIG-07", "別の用途の署名を電文の署名と認める", crypto=TypeBlind)
