"""AUTH-02: the role of an incoming enquiry is not checked."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-02"
SUMMARY = "受信した照会依頼の職責を確かめない"


class AnyRoleInward(Authorisation):
    """Trusts the partner to have checked its staff."""

    def check_inward_role(self, header: Header) -> None:
        """Every role will do."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(AnyRoleInward, functions.authorisation))
