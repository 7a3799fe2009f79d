"""AUTH-19: answers for somebody else are accepted."""

from dataclasses import replace

from harness.contract.messages import Header, Kind
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-19"
SUMMARY = "自団体宛てでない照会応答を受け付ける"


class EnquiriesForUs(Authorisation):
    """Checks what is asked of it."""

    def check_addressee(self, header: Header) -> None:
        """Of enquiries only."""
        if header.kind == Kind.ENQUIRY:
            super().check_addressee(header)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(EnquiriesForUs, functions.authorisation))
