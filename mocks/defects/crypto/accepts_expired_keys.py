"""SIG-14: the validity of a key is not looked at."""

from dataclasses import replace

from harness.contract.keys import SignatureKey
from harness.contract.refusals import RefusedError
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-14"
SUMMARY = "有効期間の過ぎた鍵の署名を認める"


class Timeless(Crypto):
    """Asks whether a key was revoked, and nothing else."""

    def check_validity(self, key: SignatureKey) -> None:
        """Only whether it was revoked."""
        if key.revoked:
            raise RefusedError("KEY_NOT_VALID")


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(Timeless, functions.crypto))
