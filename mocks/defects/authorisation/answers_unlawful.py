"""AUTH-04: the legal basis of an incoming enquiry is not checked."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class AnyBasisInward(Authorisation):
    """Leaves the law to the network."""

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Every basis will do."""


DEFECT = breaks("AUTH-04", "別表第二にない照会依頼に応答する", authorisation=AnyBasisInward)
