"""AUTH-19: answers for somebody else are accepted."""

from harness.contract.messages import Header, Kind
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation


class EnquiriesForUs(Authorisation):
    """Checks what is asked of it."""

    def check_addressee(self, header: Header) -> None:
        """Of enquiries only."""
        if header.kind == Kind.ENQUIRY:
            super().check_addressee(header)


DEFECT = breaks("AUTH-19", "自団体宛てでない照会応答を受け付ける", authorisation=EnquiriesForUs)
