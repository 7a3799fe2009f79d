"""NET-04: members that the contract does not know are passed over."""

from dataclasses import fields

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto
from mocks.gateway.directory import Directory


class LenientCrypto(Crypto):
    """Reads what it knows and does not mind the rest."""

    def open_envelope(self, token: str, directory: Directory) -> tuple[Header, str]:
        """Reads what it knows of a header."""
        payload = self.verify_outer(token, directory.network.keys)
        known = {f.name for f in fields(Header)} | {"from", "to"}
        header = {name: value for name, value in payload["header"].items() if name in known}
        return Header.from_wire(header), payload["body"]


DEFECT = breaks("NET-04", "ヘッダーに余分な項目のある電文を受け付ける", crypto=LenientCrypto)
