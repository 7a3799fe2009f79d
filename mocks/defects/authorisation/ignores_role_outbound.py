"""AUTH-03: the role of our own staff is not checked."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation


class AnyRoleOutward(Authorisation):
    """Trusts the business system to have checked its staff."""

    def check_outward_role(self, header: Header) -> None:
        """Every role will do."""


DEFECT = breaks("AUTH-03", "自団体の職員の職責を確かめずに照会依頼を送る", authorisation=AnyRoleOutward)
