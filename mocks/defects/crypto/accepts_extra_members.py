"""NET-04: members that the contract does not know are passed over."""

from dataclasses import fields, replace

from harness.contract.messages import Header
from mocks.gateway.crypto import Crypto
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "NET-04"
SUMMARY = "ヘッダーに余分な項目のある電文を受け付ける"


class LenientCrypto(Crypto):
    """Reads what it knows and does not mind the rest."""

    def open_envelope(self, token: str, directory: Directory) -> tuple[Header, str]:
        """Reads what it knows of a header."""
        payload = self.verify_outer(token, directory.network.keys)
        known = {f.name for f in fields(Header)} | {"from", "to"}
        header = {name: value for name, value in payload["header"].items() if name in known}
        return Header.from_wire(header), payload["body"]


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(LenientCrypto, functions.crypto))
