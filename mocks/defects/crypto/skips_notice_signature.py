"""NTC-10: the content of a 連絡 is believed without its signature."""

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.messages import Header, Kind
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class NoticeTrusting(Crypto):
    """Takes news from anybody."""

    def open_content(self, header: Header, body: str, sender: PublicKeys) -> dict[str, object]:
        """Unverified where it is a 連絡."""
        if header.kind != Kind.NOTICE:
            return super().open_content(header, body, sender)
        content: dict[str, object] = json_binding.peek(self.decrypt(body))["content"]
        return content


DEFECT = breaks("NTC-10", "連絡の本文の署名を確かめない", crypto=NoticeTrusting)
