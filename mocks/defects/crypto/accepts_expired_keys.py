"""SIG-14: the validity of a key is not looked at."""

from harness.contract.keys import SignatureKey
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class Timeless(Crypto):
    """Asks whether a key was revoked, and nothing else."""

    def check_validity(self, key: SignatureKey) -> None:
        """Only whether it was revoked."""
        if key.revoked:
            raise RefusedError("KEY_NOT_VALID")


DEFECT = breaks("SIG-14", "有効期間の過ぎた鍵の署名を認める", crypto=Timeless)
