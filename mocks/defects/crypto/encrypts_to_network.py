"""SIG-03: answers are encrypted to whoever they are handed to, not to whom they are for."""

from harness.contract.keys import PublicKeys
from harness.contract.messages import Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto
from mocks.gateway.directory import Directory


class NextHopCrypto(Crypto):
    """Takes the next hop for the recipient."""

    def recipient_keys(self, message: Message, directory: Directory) -> PublicKeys:
        """The network's keys for an answer."""
        if message.header.kind == Kind.ANSWER:
            return directory.network.keys
        return super().recipient_keys(message, directory)


DEFECT = breaks(
    "SIG-03", "照会応答を、照会した団体ではなくネットワークの鍵で暗号化する", crypto=NextHopCrypto
)
