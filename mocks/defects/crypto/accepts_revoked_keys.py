"""SIG-15: the revocation of a key is not looked at."""

from dataclasses import replace

from harness.contract.keys import SignatureKey
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class Unforgetting(Crypto):
    """Asks for the dates of a key, and nothing else."""

    def check_validity(self, key: SignatureKey) -> None:
        """Only its dates."""
        super().check_validity(replace(key, revoked=False))


DEFECT = breaks("SIG-15", "失効した鍵の署名を認める", crypto=Unforgetting)
