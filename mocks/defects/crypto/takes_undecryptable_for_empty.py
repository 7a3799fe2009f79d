"""SIG-10: an enquiry that does not decrypt is taken for one without a key."""

from harness.contract.keys import PublicKeys
from harness.contract.messages import Header, Kind
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class Guessing(Crypto):
    """Makes do with the header."""

    def open_content(self, header: Header, body: str, sender: PublicKeys) -> dict[str, object]:
        """An empty key where there is nothing to read."""
        try:
            return super().open_content(header, body, sender)
        except RefusedError as refused:
            if header.kind == Kind.ENQUIRY and refused.refusal.code == "DECRYPTION_FAILED":
                return {"key": {}}
            raise


DEFECT = breaks("SIG-10", "復号できない照会依頼を、照会キーのない照会依頼とみなす", crypto=Guessing)
