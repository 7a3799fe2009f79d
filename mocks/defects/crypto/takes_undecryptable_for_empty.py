"""SIG-10: an enquiry that does not decrypt is taken for one without a key."""

from dataclasses import replace
from typing import Any

from harness.contract.keys import PublicKeys
from harness.contract.messages import Header, Kind
from harness.contract.refusals import RefusedError
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-10"
SUMMARY = "復号できない照会依頼を、照会キーのない照会依頼とみなす"


class Guessing(Crypto):
    """Makes do with the header."""

    def open_content(self, header: Header, body: str, sender: PublicKeys) -> dict[str, Any]:
        """An empty key where there is nothing to read."""
        try:
            return super().open_content(header, body, sender)
        except RefusedError as refused:
            if header.kind == Kind.ENQUIRY and refused.refusal.code == "DECRYPTION_FAILED":
                return {"key": {}}
            raise


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(Guessing, functions.crypto))
