"""DEC-02: enquiries are answered though 応答側 is not declared."""

from dataclasses import replace

from harness.contract.messages import Header, Kind
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.offers import Offers

REQUIREMENT = "DEC-02"
SUMMARY = "応答側を宣言しないのに照会依頼に応じる"
PROFILE = "requester-only"


class AnsweringAnyway(Offers):
    """Has more doors than its statement names."""

    def must_take(self, header: Header) -> None:
        """Enquiries too."""
        if header.kind != Kind.ENQUIRY:
            super().must_take(header)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, offers=as_a(AnsweringAnyway, functions.offers))
