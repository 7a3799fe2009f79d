"""SIG-15: the revocation of a key is not looked at."""

from dataclasses import replace

from harness.contract.keys import SignatureKey
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-15"
SUMMARY = "失効した鍵の署名を認める"


class Unforgetting(Crypto):
    """Asks for the dates of a key, and nothing else."""

    def check_validity(self, key: SignatureKey) -> None:
        """Only its dates."""
        super().check_validity(replace(key, revoked=False))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(Unforgetting, functions.crypto))
