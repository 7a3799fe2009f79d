"""Now and then a proper enquiry is refused (NET-03)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.contract.keys import PublicKeys
from harness.contract.refusals import RefusedError
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a


@dataclass(frozen=True)
class RejectingCrypto(Crypto):
    """Does not believe the signature that is due."""

    due: Callable[[], bool] = lambda: False

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, object]:
        """Every signature but the one that is due."""
        if self.due():
            raise RefusedError("SIGNATURE_INVALID")
        return super().verify_outer(token, network)


def break_it(functions: Functions, due: Callable[[], bool]) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(RejectingCrypto, functions.crypto, due=due))
