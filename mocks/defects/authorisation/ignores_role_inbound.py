"""AUTH-02: the role of an incoming enquiry is not checked."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation


class AnyRoleInward(Authorisation):
    """Trusts the partner to have checked its staff."""

    def check_inward_role(self, header: Header) -> None:
        """Every role will do."""


DEFECT = breaks("AUTH-02", "受信した照会依頼の職責を確かめない", authorisation=AnyRoleInward)
