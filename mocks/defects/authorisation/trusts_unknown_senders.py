"""AUTH-07: a sender outside of the directory is taken for somebody of it."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory, Party


class Obliging(Authorisation):
    """Finds a partner for everybody."""

    def partner(self, header: Header, directory: Directory) -> Party:
        """Somebody, where there is nobody of this code."""
        return directory.parties.get(header.sender) or next(iter(directory.parties.values()))


DEFECT = breaks("AUTH-07", "団体一覧にない団体を別の団体とみなす", authorisation=Obliging)
