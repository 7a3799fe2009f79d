"""AUTH-05: the legal basis of our own enquiry is not checked."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-05"
SUMMARY = "別表第二にない照会依頼をネットワークに送る"


class AnyBasisOutward(Authorisation):
    """Leaves the law to the network."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Every basis will do."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(AnyBasisOutward, functions.authorisation))
