"""NTC-08: the role of whoever sends a 連絡 is not checked."""

from dataclasses import replace

from harness.contract.messages import Header, Kind
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "NTC-08"
SUMMARY = "職責を確かめずに連絡を送る"


class AnyRoleNotices(Authorisation):
    """Checks who asks, not who tells."""

    def check_outward_role(self, header: Header) -> None:
        """Of enquiries only."""
        if header.kind != Kind.NOTICE:
            super().check_outward_role(header)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(AnyRoleNotices, functions.authorisation))
