"""AUTH-18: the basis of answers is not checked."""

from harness.contract.messages import Header, Kind
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class EnquiriesOnly(Authorisation):
    """Checks who asks."""

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Of enquiries only."""
        if header.kind == Kind.ENQUIRY:
            super().check_inward_basis(header, directory)


DEFECT = breaks("AUTH-18", "照会応答の根拠法令を確かめない", authorisation=EnquiriesOnly)
