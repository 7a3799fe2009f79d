"""SIG-12: an answer that does not decrypt is taken for an empty one."""

from harness.contract.keys import PublicKeys
from harness.contract.messages import Header, Kind
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class EasilySatisfied(Crypto):
    """Is content with an answer of any kind."""

    def open_content(self, header: Header, body: str, sender: PublicKeys) -> dict[str, object]:
        """No items where there is nothing to read."""
        try:
            return super().open_content(header, body, sender)
        except RefusedError as refused:
            if header.kind == Kind.ANSWER and refused.refusal.code == "DECRYPTION_FAILED":
                return {"items": {}}
            raise


DEFECT = breaks("SIG-12", "復号できない照会応答を、項目のない照会応答とみなす", crypto=EasilySatisfied)
