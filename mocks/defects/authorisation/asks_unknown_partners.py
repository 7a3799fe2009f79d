"""AUTH-08: an enquiry to somebody outside of the directory is accepted."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-08"
SUMMARY = "団体一覧にない団体への照会を受け付ける"


class Hopeful(Authorisation):
    """Leaves unknown partners to the network."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Known partners only are checked."""
        if header.recipient in directory.parties:
            super().check_outward_basis(header, directory)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(Hopeful, functions.authorisation))
