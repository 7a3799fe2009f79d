"""SIG-03: the protected header of what is encrypted to the enquirer holds more than was agreed."""

from dataclasses import replace

from joserfc import jwe

from harness.contract.json_binding import CIPHER, CONTENT_JWS_TYPE, KEY_AGREEMENT, bound, sign
from harness.contract.keys import PublicKeys
from harness.contract.messages import Kind, Message
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-03"
SUMMARY = "応答の JWE の保護ヘッダーに、取決めにない cty を加える"


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


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(TellingCrypto, functions.crypto))
