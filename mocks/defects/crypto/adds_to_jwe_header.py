"""SIG-03: the protected header of what is encrypted to the enquirer holds more than was agreed."""

from joserfc import jwe

from harness.contract.json_binding import CIPHER, CONTENT_JWS_TYPE, KEY_AGREEMENT, bound, sign
from harness.contract.keys import PublicKeys
from harness.contract.messages import Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class TellingCrypto(Crypto):
    """Says what is inside."""

    def encrypt(self, message: Message, recipient: PublicKeys) -> str:
        """An answer with one member more, as many libraries add by themselves."""
        if message.header.kind != Kind.ANSWER:
            return super().encrypt(message, recipient)
        inner = {**bound(message.header), "content": message.content}
        token = sign(inner, self.keys.signature, CONTENT_JWS_TYPE)
        key = recipient.encryption
        protected = {"alg": KEY_AGREEMENT, "enc": CIPHER, "kid": key.kid, "cty": CONTENT_JWS_TYPE}
        return jwe.encrypt_compact(protected, token.encode(), key, algorithms=[KEY_AGREEMENT, CIPHER])


DEFECT = breaks("SIG-03", "応答の JWE の保護ヘッダーに、取決めにない cty を加える", crypto=TellingCrypto)
