"""SIG-16: during rollover only the present key is known."""

from dataclasses import replace

from joserfc.jwk import ECKey

from harness.contract.keys import PublicKeys
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-16"
SUMMARY = "鍵の切替えの間、今の鍵のほかを認めない"


class OneKeyEach(Crypto):
    """Reads one key a partner from the directory."""

    def signature_key(self, token: str, sender: PublicKeys) -> ECKey:
        """The present one."""
        return sender.signature


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(OneKeyEach, functions.crypto))
