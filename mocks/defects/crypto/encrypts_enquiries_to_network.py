"""SIG-13: enquiries are encrypted to the network, which must not read them."""

from harness.contract.keys import PublicKeys
from harness.contract.messages import Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto
from mocks.gateway.directory import Directory


class NextHop(Crypto):
    """Encrypts to whom it hands an enquiry."""

    def recipient_keys(self, message: Message, directory: Directory) -> PublicKeys:
        """The network's key for an enquiry."""
        if message.header.kind == Kind.ENQUIRY:
            return directory.network.keys
        return super().recipient_keys(message, directory)


DEFECT = breaks("SIG-13", "照会依頼の本文を、照会先でなくネットワークに宛てて暗号化する", crypto=NextHop)
