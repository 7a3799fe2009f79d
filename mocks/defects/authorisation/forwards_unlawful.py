"""AUTH-05: the legal basis of our own enquiry is not checked."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class AnyBasisOutward(Authorisation):
    """Leaves the law to the network."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Every basis will do."""


DEFECT = breaks("AUTH-05", "別表第二にない照会依頼をネットワークに送る", authorisation=AnyBasisOutward)
