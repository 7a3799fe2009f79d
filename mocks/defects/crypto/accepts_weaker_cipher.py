"""SIG-11: a cipher that was not agreed is accepted."""

from joserfc import jwe

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class AnyCipher(Crypto):
    """Reads what it can."""

    def decrypt(self, body: str) -> str:
        """With whatever cipher the body names."""
        algorithms = ["ECDH-ES", "A256GCM", "A128CBC-HS256"]
        try:
            plain = jwe.decrypt_compact(body, self.keys.encryption, algorithms=algorithms).plaintext
        except Exception as error:
            raise RefusedError("DECRYPTION_FAILED") from error
        return (plain or b"").decode()


DEFECT = breaks("SIG-11", "取り決めていない暗号方式の本文を読む", crypto=AnyCipher)
