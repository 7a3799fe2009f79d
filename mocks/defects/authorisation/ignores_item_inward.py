"""AUTH-15: the cited item is not compared with the affair."""

from dataclasses import replace

from harness.contract.law import table, versions
from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-15"
SUMMARY = "引用した項が違っても、事務が合えば応じる"


class ItemBlind(Authorisation):
    """Looks for affair and information."""

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Any item that would do."""
        rows = table(header.basis.table) if header.basis.table in versions() else ()
        if not any(row.affair == header.affair and header.information in row.information for row in rows):
            super().check_inward_basis(header, directory)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(ItemBlind, functions.authorisation))
