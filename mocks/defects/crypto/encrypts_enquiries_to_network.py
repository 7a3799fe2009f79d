"""SIG-13: enquiries are encrypted to the network, which must not read them."""

from dataclasses import replace

from harness.contract.keys import PublicKeys
from harness.contract.messages import Kind, Message
from mocks.gateway.crypto import Crypto
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-13"
SUMMARY = "照会依頼の本文を、照会先でなくネットワークに宛てて暗号化する"


class NextHop(Crypto):
    """Encrypts to whom it hands an enquiry."""

    def recipient_keys(self, message: Message, directory: Directory) -> PublicKeys:
        """The network's key for an enquiry."""
        if message.header.kind == Kind.ENQUIRY:
            return directory.network.keys
        return super().recipient_keys(message, directory)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(NextHop, functions.crypto))
