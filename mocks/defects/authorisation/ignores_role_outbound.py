"""AUTH-03: the role of our own staff is not checked."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-03"
SUMMARY = "自団体の職員の職責を確かめずに照会依頼を送る"


class AnyRoleOutward(Authorisation):
    """Trusts the business system to have checked its staff."""

    def check_outward_role(self, header: Header) -> None:
        """Every role will do."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(AnyRoleOutward, functions.authorisation))
