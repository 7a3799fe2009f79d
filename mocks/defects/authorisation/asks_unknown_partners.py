"""AUTH-08: an enquiry to somebody outside of the directory is accepted."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class Hopeful(Authorisation):
    """Leaves unknown partners to the network."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Known partners only are checked."""
        if header.recipient in directory.parties:
            super().check_outward_basis(header, directory)


DEFECT = breaks("AUTH-08", "団体一覧にない団体への照会を受け付ける", authorisation=Hopeful)
