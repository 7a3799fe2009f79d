"""DEC-02: enquiries are answered though 応答側 is not declared."""

from harness.contract.messages import Header, Kind
from mocks.defects.defect import breaks
from mocks.gateway.offers import Offers


class AnsweringAnyway(Offers):
    """Has more doors than its statement names."""

    def must_take(self, header: Header) -> None:
        """Enquiries too."""
        if header.kind != Kind.ENQUIRY:
            super().must_take(header)


DEFECT = breaks(
    "DEC-02", "応答側を宣言しないのに照会依頼に応じる", profile="requester-only", offers=AnsweringAnyway
)
