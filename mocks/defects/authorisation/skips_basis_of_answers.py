"""AUTH-18: the basis of answers is not checked."""

from dataclasses import replace

from harness.contract.messages import Header, Kind
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-18"
SUMMARY = "照会応答の根拠法令を確かめない"


class EnquiriesOnly(Authorisation):
    """Checks who asks."""

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Of enquiries only."""
        if header.kind == Kind.ENQUIRY:
            super().check_inward_basis(header, directory)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(EnquiriesOnly, functions.authorisation))
